package handspun.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import handspun.UsageException;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KernelChoiceTest {
  private static final String MODULE = "--add-modules=jdk.incubator.vector";

  /** Prints what it would compute with, or why it would not. */
  static final class Ask {
    private Ask() {}

    public static void main(String[] arguments) {
      try {
        System.out.println(Kernels.fastest().description());
      } catch (UsageException e) {
        System.out.println("refused: " + e.getMessage());
      }
    }
  }

  @Test
  void takesTheScalarKernelsWhereTheyAreWanted() {
    assertThat(KernelChoice.of("scalar").kernels()).isInstanceOf(ScalarKernels.class);
    assertThat(KernelChoice.of("scalar").kernels().description()).isEqualTo("scalar");
  }

  @ParameterizedTest
  @ValueSource(strings = {"64", "1024", "Scalar", "avx512", " 256"})
  void refusesWhatDoesNotExist(String wanted) {
    KernelChoice choice = KernelChoice.of(wanted);
    assertThatThrownBy(choice::kernels)
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("handspun.kernels is " + wanted + ",")
        .hasMessageContaining("scalar, 128, 256 or 512");
  }

  @Test
  void takesVectorsUnlessToldOtherwise() throws Exception {
    assertThat(answer(MODULE)).matches("Vector API, \\d+ bit");
  }

  @Test
  void tellsHowToGetVectorsWhereTheirModuleIsNotThere() throws Exception {
    assertThat(answer()).startsWith("scalar").contains("--add-modules jdk.incubator.vector");
    assertThat(answer("-Dhandspun.kernels=256"))
        .startsWith("scalar")
        .contains("--add-modules jdk.incubator.vector");
  }

  @Test
  void readsItsProperty() throws Exception {
    assertThat(answer(MODULE, "-Dhandspun.kernels=scalar")).isEqualTo("scalar");
    assertThat(answer(MODULE, "-Dhandspun.kernels=128")).isEqualTo("Vector API, 128 bit");
    assertThat(answer(MODULE, "-Dhandspun.kernels=7"))
        .startsWith("refused: handspun.kernels is 7,");
  }

  /** What a process of its own answers, started with these options. */
  private static String answer(String... options) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    String classes = Path.of("target", "classes") + File.pathSeparator;
    command.addAll(
        List.of("-cp", classes + Path.of("target", "test-classes"), Ask.class.getName()));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String printed =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(process.waitFor()).isZero();
    return printed;
  }
}
