package handspun.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import handspun.HandspunException;
import handspun.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewFolderTest {
  @TempDir Path folder;

  @Test
  void isMadeUnlessItIsThereAndEmpty() {
    Location made = Location.of(folder.resolve("new/inner"));
    NewFolder.make(made);
    NewFolder.make(made);
    assertThat(folder.resolve("new/inner")).isEmptyDirectory();
  }

  @Test
  void overwritesNothing() throws IOException {
    Files.writeString(folder.resolve("mine"), "precious");
    assertThatThrownBy(() -> NewFolder.make(Location.of(folder)))
        .isInstanceOf(UsageException.class)
        .hasMessageContainingAll(folder.toString(), "is not empty", "--out");
    assertThatThrownBy(() -> NewFolder.make(Location.of(folder.resolve("mine"))))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("is a file");
    assertThatThrownBy(() -> NewFolder.make(Location.of(folder.resolve("mine/inner"))))
        .isExactlyInstanceOf(HandspunException.class)
        .hasMessageContaining("Could not make the folder");
  }
}
