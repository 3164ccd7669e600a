package handspun.math;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class KernelOptionsTest {
  @Test
  void theLauncherGivesThem() throws IOException {
    assertThat(Files.readString(Path.of("bin", "handspun"))).contains(KernelOptions.ofJava());
  }
}
