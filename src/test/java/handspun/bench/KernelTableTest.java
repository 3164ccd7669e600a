package handspun.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class KernelTableTest {
  /** 100 GFLOP/s and 10 GB/s: what needs fewer than 10 operations a byte is held up by memory. */
  private static final KernelTime PEAK =
      new KernelTime("peak", "one core", "", new Spread(10, 9, 11), 1000, 0, 512);

  private static final KernelTime BANDWIDTH =
      new KernelTime("bandwidth", "one core", "", new Spread(100, 90, 110), 10, 1000, 0);

  private static final List<KernelTime> TIMES =
      List.of(
          kernel("affine", "512x128", "scalar", 4000, 80_000, 100),
          kernel("affine", "16x10", "scalar", 2000, 2000, 1000),
          kernel("add", "16x10", "scalar", 500, 1, 1),
          kernel("affine", "512x128", "512", 1000, 80_000, 100),
          kernel("affine", "512x128", "256", 1600, 80_000, 100),
          kernel("affine", "16x10", "512", 100, 2000, 1000));

  private final KernelTable table =
      new KernelTable(
          new Machine("Abacus", 1, "Wood 1", "17", Machine.Vectors.AVX512), PEAK, BANDWIDTH);

  private static KernelTime kernel(
      String name, String shape, String implementation, double ns, double flops, double bytes) {
    Spread spread = new Spread(ns, ns / 2, ns * 2);
    return new KernelTime(name, shape, implementation, spread, flops, bytes, 0);
  }

  @Test
  void comparesKernelByKernelWithScalarAndWithTheRoof() {
    List<String> lines = table.text(TIMES).lines().toList();
    assertThat(lines.get(0)).isEqualTo("machine    Abacus, 1 core, AVX-512, Wood 1, Java 17");
    assertThat(lines.get(1)).startsWith("peak       100 GFLOP/s").contains("512 bits");
    assertThat(lines.get(2)).startsWith("bandwidth  10.0 GB/s");
    assertThat(lines.get(4))
        .matches(
            "kernel +shape +bits +us +least to most +x scalar +GFLOP/s +% of peak +GB/s"
                + " +% of bandwidth +% of roof");
    assertThat(lines.subList(5, 11).stream().map(line -> line.replaceAll(" +", " ")))
        .containsExactly(
            "add 16x10 scalar 0.500 0.250 to 1.00 1.00 0.0020 0.0020 0.0020 0.0200 0.0200",
            // 2 operations a byte: the roof is 20 GFLOP/s.
            "affine 16x10 scalar 2.00 1.00 to 4.00 1.00 1.00 1.00 0.500 5.00 5.00",
            "affine 16x10 512 0.100 0.0500 to 0.200 20.0 20.0 20.0 10.0 100 100",
            // 800 operations a byte: the roof is the peak.
            "affine 512x128 scalar 4.00 2.00 to 8.00 1.00 20.0 20.0 0.0250 0.250 20.0",
            "affine 512x128 256 1.60 0.800 to 3.20 2.50 50.0 50.0 0.0625 0.625 50.0",
            "affine 512x128 512 1.00 0.500 to 2.00 4.00 80.0 80.0 0.100 1.00 80.0");
  }

  @Test
  void writesEverythingForOtherProgramsToo() {
    List<String> lines = table.csv(TIMES).lines().toList();
    assertThat(lines).hasSize(7);
    assertThat(lines.get(0)).startsWith("kernel,shape,implementation,nanoseconds,");
    assertThat(lines.get(3))
        .isEqualTo(
            "affine,16x10,512,100.000,50.0000,200.000,2000.00,1000.00,20.0000,20.0000,0.200000,"
                + "10.0000,1.00000,1.00000,100.000,10.0000");
    assertThat(lines).allMatch(line -> line.split(",").length == 16);
  }

  @Test
  void knowsNoRatioToWhatWasNotMeasured() {
    String text = table.text(List.of(TIMES.get(3)));
    assertThat(text).containsPattern("512x128 +512 +1\\.00 +0\\.500 to 2\\.00 +- +80\\.0");
  }
}
