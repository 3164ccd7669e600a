package handspun.bench;

import static org.assertj.core.api.Assertions.assertThat;

import handspun.bench.Machine.Vectors;
import org.junit.jupiter.api.Test;

class MachineTest {
  @Test
  void programsAreHeldToAvx2WhereJavaIs() {
    assertThat(Vectors.of("fma avx2 avx512f", "")).isEqualTo(Vectors.AVX512);
    assertThat(Vectors.of("fma avx2", "-XX:UseAVX=2")).isEqualTo(Vectors.NARROWER);
    assertThat(Vectors.of("fma avx2 avx512f", "-Xmx1g -XX:UseAVX=2"))
        .isEqualTo(Vectors.HELD_TO_AVX2);
    assertThat(machine(Vectors.AVX512).heldBack()).isEmpty();
    assertThat(machine(Vectors.HELD_TO_AVX2).heldBack())
        .containsEntry("OPENBLAS_CORETYPE", "HASWELL")
        .containsEntry("ATEN_CPU_CAPABILITY", "avx2");
  }

  @Test
  void theTableSaysWhatIsComputedWith() {
    assertThat(machine(Vectors.AVX512)).hasToString("Abacus, 2 cores, AVX-512, Wood 1, Java 17");
    assertThat(machine(Vectors.HELD_TO_AVX2))
        .hasToString("Abacus, 2 cores, held to AVX2 though it has AVX-512, Wood 1, Java 17");
    assertThat(machine(Vectors.NARROWER)).hasToString("Abacus, 2 cores, Wood 1, Java 17");
  }

  private static Machine machine(Vectors vectors) {
    return new Machine("Abacus", 2, "Wood 1", "17", vectors);
  }
}
