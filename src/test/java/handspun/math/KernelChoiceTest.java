package handspun.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import handspun.OwnProcess;
import handspun.UsageException;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
    assertThat(KernelChoice.of("scalar").get()).isInstanceOf(ScalarKernels.class);
    assertThat(KernelChoice.of("scalar").get().description()).isEqualTo("scalar");
  }

  @ParameterizedTest
  @ValueSource(strings = {"64", "1024", "Scalar", "avx512", " 256"})
  void refusesWhatDoesNotExist(String wanted) {
    Supplier<Kernels> choice = KernelChoice.of(wanted);
    assertThatThrownBy(choice::get)
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("handspun.kernels is " + wanted + ",")
        .hasMessageContaining("scalar, 128, 256 or 512");
  }

  @Test
  void takesVectorsUnlessToldOtherwise() throws Exception {
    assertThat(answer(MODULE)).matches("Vector API, \\d+ bit, (16|32) registers");
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
    assertThat(answer(MODULE, "-Dhandspun.kernels=128")).startsWith("Vector API, 128 bit, ");
    assertThat(answer(MODULE, "-Dhandspun.kernels=7"))
        .startsWith("refused: handspun.kernels is 7,");
  }

  @ParameterizedTest
  @CsvSource({"amd64, 512, 32", "amd64, 256, 16", "amd64, 128, 16", "aarch64, 128, 32"})
  void knowsHowManyRegistersAProcessorHas(String architecture, int bits, int registers) {
    assertThat(KernelChoice.registers(architecture, bits)).isEqualTo(registers);
  }

  private static String answer(String... options) throws Exception {
    return OwnProcess.run(Ask.class, options);
  }
}
