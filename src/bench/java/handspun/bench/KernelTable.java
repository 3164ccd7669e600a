package handspun.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What {@code bench kernels} found, for people and for other programs. */
final class KernelTable {
  private static final double PERCENT = 100;

  private static final String LEGEND =
      """
      16x10, 512x128  units of a layer x examples of a mini-batch, from the first layer's 784 pixels
                  or between two such layers; networks: one image from its bytes.
      us          microseconds of a call: median of its iterations, and the least and the most.
      x scalar    times as fast as without vectors.
      GFLOP/s     of units and inked pixels; padding is not counted, a fused multiply-add is two,
                  a sigmoid 24.
      GB/s        every number that is read or written counted once (twice, if it is both): what
                  would have to come from memory if no cache held it.
      % of roof   of what the roofline allows: the peak, or as many operations as memory of that
                  bandwidth could feed, if that is less. More than 100 % comes from the caches.
      """;

  private final Machine machine;
  private final KernelTime peak;
  private final KernelTime bandwidth;

  /**
   * @param machine that was measured on
   * @param peak of its arithmetic
   * @param bandwidth of its memory
   */
  KernelTable(Machine machine, KernelTime peak, KernelTime bandwidth) {
    this.machine = machine;
    this.peak = peak;
    this.bandwidth = bandwidth;
  }

  /**
   * @param times of all kernels
   * @return the table, with what its columns mean
   */
  String text(List<KernelTime> times) {
    TextTable table =
        new TextTable(
            List.of(
                "kernel",
                "shape",
                "bits",
                "us",
                "least to most",
                "x scalar",
                "GFLOP/s",
                "% of peak",
                "GB/s",
                "% of bandwidth",
                "% of roof"));
    for (KernelTime time : sorted(times)) {
      table.add(
          List.of(
              time.kernel(),
              time.shape(),
              time.implementation(),
              Figures.threeDigits(time.nanoseconds().median() / 1e3),
              Figures.threeDigits(time.nanoseconds().min() / 1e3)
                  + " to "
                  + Figures.threeDigits(time.nanoseconds().max() / 1e3),
              Figures.threeDigits(timesScalar(time, times)),
              Figures.threeDigits(time.gigaflops()),
              Figures.threeDigits(PERCENT * ofPeak(time)),
              Figures.threeDigits(time.gigabytes()),
              Figures.threeDigits(PERCENT * ofBandwidth(time)),
              Figures.threeDigits(PERCENT * ofRoof(time))));
    }
    return String.format(
        "machine    %s%npeak       %s GFLOP/s of one core: fused multiply-adds of %d bits in"
            + " registers%nbandwidth  %s GB/s of one core: the triad a = b + f c over 201 MB%n%n%s%n%s",
        machine,
        Figures.threeDigits(peak.gigaflops()),
        peak.vectorBits(),
        Figures.threeDigits(bandwidth.gigabytes()),
        table,
        LEGEND);
  }

  /**
   * @param times of all kernels
   * @return kernels.csv: a row for each kernel, shape and implementation
   */
  String csv(List<KernelTime> times) {
    StringBuilder csv =
        new StringBuilder(
            "kernel,shape,implementation,nanoseconds,nanoseconds_min,nanoseconds_max,flops,bytes,"
                + "times_scalar,gflops,of_peak,gbytes_per_second,of_bandwidth,of_roof,"
                + "peak_gflops,bandwidth_gbytes_per_second\n");
    for (KernelTime time : sorted(times)) {
      List<String> fields = new ArrayList<>();
      fields.add(Figures.csv(time.kernel()));
      fields.add(Figures.csv(time.shape()));
      fields.add(Figures.csv(time.implementation()));
      fields.add(Figures.csv(time.nanoseconds()));
      fields.add(Figures.csv(time.flops()));
      fields.add(Figures.csv(time.bytes()));
      fields.add(Figures.csv(timesScalar(time, times)));
      fields.add(Figures.csv(time.gigaflops()));
      fields.add(Figures.csv(ofPeak(time)));
      fields.add(Figures.csv(time.gigabytes()));
      fields.add(Figures.csv(ofBandwidth(time)));
      fields.add(Figures.csv(ofRoof(time)));
      fields.add(Figures.csv(peak.gigaflops()));
      fields.add(Figures.csv(bandwidth.gigabytes()));
      csv.append(String.join(",", fields)).append('\n');
    }
    return csv.toString();
  }

  /** Kernel by kernel, in each the narrow shape first and the scalar implementation. */
  private static List<KernelTime> sorted(List<KernelTime> times) {
    return times.stream()
        .sorted(
            Comparator.comparing(KernelTime::kernel)
                .thenComparing(KernelTime::shape)
                .thenComparing(time -> time.implementation().equals("scalar") ? 0 : 1)
                .thenComparing(KernelTime::implementation))
        .toList();
  }

  private static double timesScalar(KernelTime time, List<KernelTime> times) {
    return times.stream()
        .filter(other -> other.isOfTheSame(time) && other.implementation().equals("scalar"))
        .mapToDouble(scalar -> scalar.nanoseconds().median() / time.nanoseconds().median())
        .findFirst()
        .orElse(Double.NaN);
  }

  private double ofPeak(KernelTime time) {
    return time.gigaflops() / peak.gigaflops();
  }

  private double ofBandwidth(KernelTime time) {
    return time.gigabytes() / bandwidth.gigabytes();
  }

  private double ofRoof(KernelTime time) {
    double fed = time.flops() / time.bytes() * bandwidth.gigabytes();
    return time.gigaflops() / Math.min(peak.gigaflops(), fed);
  }
}
