package handspun.math;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * Whether the processor multiplies and adds in one step ("FMA": Intel since 2013, AMD since 2012,
 * all 64-bit ARM). Where it does not, or Java was told not to use it, {@link Math#fma} has the same
 * bits from {@link BigDecimal}, and all that the {@link Kernels} do takes thousands of times as
 * long.
 */
public final class FusedMultiplyAdd {
  /** With the instruction it is less than ten, without it thousands. */
  private static final double CLEARLY_SLOWER = 20;

  private static final int INPUTS = 16;
  private static final int OUTPUTS = Kernels.ROW;
  private static final int MANY_RUNS = 1_000;

  /** Long enough for Java to compile most of what is measured. */
  private static final long LIMIT_NANOS = 300_000_000;

  private FusedMultiplyAdd() {}

  /**
   * Asks Java, which takes some milliseconds, and where the processor has it not, measures for half
   * a second.
   *
   * @return what to tell a person before anything is computed; empty if there is nothing to say
   */
  public static Optional<String> warning() {
    return warning(flag(), FusedMultiplyAdd::timesSlower);
  }

  static Optional<String> warning(Optional<Boolean> used, DoubleSupplier timesSlower) {
    if (used.orElse(false)) {
      return Optional.empty();
    }
    double times = timesSlower.getAsDouble();
    if (used.isEmpty() && times < CLEARLY_SLOWER) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "This processor has no fused multiply-add (FMA), or Java was told not to use it: computing takes about %,.0f times as long as with plain multiplications and additions. The result is the same, but take a processor that has it, or leave out Java's options -XX:UseAVX and -XX:-UseFMA.",
            twoDigits(times)));
  }

  /** More would change from one measurement to the next. */
  private static double twoDigits(double times) {
    return new BigDecimal(times).round(new MathContext(2)).doubleValue();
  }

  /** What HotSpot says; empty from any other Java. */
  private static Optional<Boolean> flag() {
    try {
      HotSpotDiagnosticMXBean hotSpot =
          ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
      return Optional.of(Boolean.parseBoolean(hotSpot.getVMOption("UseFMA").getValue()));
    } catch (RuntimeException | LinkageError e) {
      return Optional.empty();
    }
  }

  private static double timesSlower() {
    Kernels kernels = Kernels.fastest();
    float[] p = new float[(1 + INPUTS) * OUTPUTS];
    float[] x = new float[INPUTS];
    float[] z = new float[OUTPUTS];
    Arrays.fill(p, 0.3f);
    Arrays.fill(x, 0.7f);
    LayerPanels layer = new LayerPanels(OUTPUTS, 0, INPUTS, OUTPUTS, OUTPUTS);
    float[] scratch = new float[kernels.scratch()];
    double fused = nanos(1, () -> kernels.affine(p, layer, x, 0, INPUTS, 1, z, 0, scratch));
    return fused / nanos(MANY_RUNS, () -> affineInTwoSteps(p, x, z));
  }

  /** {@link Kernels#affine} of one example, but for the roundings. */
  private static void affineInTwoSteps(float[] p, float[] x, float[] z) {
    System.arraycopy(p, 0, z, 0, OUTPUTS);
    for (int i = 0; i < INPUTS; i++) {
      int row = (1 + i) * OUTPUTS;
      for (int o = 0; o < OUTPUTS; o++) {
        z[o] += x[i] * p[row + o];
      }
    }
  }

  /** The least time of this thread for one run, in series of as many as a clock can tell. */
  private static double nanos(int runs, Runnable work) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    LongSupplier clock =
        threads.isCurrentThreadCpuTimeSupported()
            ? threads::getCurrentThreadCpuTime
            : System::nanoTime;
    long start = clock.getAsLong();
    long begin = start;
    long least = Long.MAX_VALUE;
    while (begin - start < LIMIT_NANOS) {
      for (int i = 0; i < runs; i++) {
        work.run();
      }
      long end = clock.getAsLong();
      least = Math.min(least, end - begin);
      begin = end;
    }
    return (double) Math.max(1, least) / runs;
  }
}
