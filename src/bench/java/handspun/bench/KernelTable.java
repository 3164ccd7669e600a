package handspun.bench;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

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

  private Table<KernelTime> table(List<KernelTime> times) {
    return new Table<KernelTime>()
        .word("kernel", "kernel", KernelTime::kernel)
        .word("shape", "shape", KernelTime::shape)
        .word("bits", "implementation", KernelTime::implementation)
        .range("us", "nanoseconds", 1e-3, KernelTime::nanoseconds)
        .written("flops", time -> Figures.csv(time.flops()))
        .written("bytes", time -> Figures.csv(time.bytes()))
        .figure("x scalar", "times_scalar", 1, time -> timesScalar(time, times))
        .figure("GFLOP/s", "gflops", 1, KernelTime::gigaflops)
        .figure("% of peak", "of_peak", PERCENT, this::ofPeak)
        .figure("GB/s", "gbytes_per_second", 1, KernelTime::gigabytes)
        .figure("% of bandwidth", "of_bandwidth", PERCENT, this::ofBandwidth)
        .figure("% of roof", "of_roof", PERCENT, this::ofRoof)
        .written("peak_gflops", time -> Figures.csv(peak.gigaflops()))
        .written("bandwidth_gbytes_per_second", time -> Figures.csv(bandwidth.gigabytes()));
  }

  /**
   * @param times of all kernels
   * @return the table, with what its columns mean
   */
  String text(List<KernelTime> times) {
    return String.format(
        "machine    %s%npeak       %s GFLOP/s of one core: fused multiply-adds of %d bits in"
            + " registers%nbandwidth  %s GB/s of one core: the triad a = b + f c over 201 MB%n%n%s%n%s",
        machine,
        Figures.threeDigits(peak.gigaflops()),
        peak.vectorBits(),
        Figures.threeDigits(bandwidth.gigabytes()),
        table(times).text(sorted(times), time -> Optional.empty()),
        LEGEND);
  }

  /**
   * @param times of all kernels
   * @return kernels.csv: a row for each kernel, shape and implementation
   */
  String csv(List<KernelTime> times) {
    return table(times).csv(sorted(times));
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
