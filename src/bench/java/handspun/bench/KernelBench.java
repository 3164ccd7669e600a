package handspun.bench;

import handspun.HandspunException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * {@code bench kernels}: each kernel without vectors and with vectors of every width that the
 * machine has, beside what its arithmetic and its memory can do at most.
 */
final class KernelBench {
  private static final String MACHINE = "MachineBenchmarks";
  private static final String KERNELS = "(Kernel|Column|Prediction)Benchmarks";
  private static final List<Integer> WIDTHS = List.of(128, 256, 512);

  private final Project project;
  private final Machine machine;
  private final Consumer<String> progress;

  /**
   * @param project whose kernels are measured
   * @param machine that this runs on
   * @param progress is told what is being measured
   */
  KernelBench(Project project, Machine machine, Consumer<String> progress) {
    this.project = project;
    this.machine = machine;
    this.progress = progress;
  }

  /**
   * Measures all kernels.
   *
   * @param folder receives kernels.csv and logs
   * @param quick whether only to see that they run: the figures mean nothing then
   * @return the table
   * @throws HandspunException if anything fails
   */
  String run(Path folder, boolean quick) {
    OutFolder out = new OutFolder(folder);
    JmhRun jmh = new JmhRun(project, out.logs(), quick);
    progress.accept("Measuring the machine ...");
    List<KernelTime> best = jmh.run(MACHINE, "");
    KernelTime peak = named("peak", best);
    KernelTable table = new KernelTable(machine, peak, named("bandwidth", best));
    List<KernelTime> times = new ArrayList<>();
    for (String implementation : implementations(peak.vectorBits())) {
      progress.accept(
          "Measuring the kernels "
              + (implementation.equals("scalar")
                  ? "without vectors"
                  : "with vectors of " + implementation + " bits")
              + " ...");
      times.addAll(jmh.run(KERNELS, implementation));
      out.write("kernels.csv", table.csv(times));
    }
    return (quick
            ? "--quick: these figures mean nothing, it only shows that all benchmarks run.\n"
            : "")
        + table.text(times);
  }

  private static KernelTime named(String name, List<KernelTime> times) {
    return times.stream()
        .filter(time -> time.kernel().equals(name))
        .findFirst()
        .orElseThrow(() -> new HandspunException("JMH did not measure the " + name + "."));
  }

  /** Wider vectors than the machine's are a hundred times slower, and nobody uses them. */
  private static List<String> implementations(int widest) {
    List<String> implementations = new ArrayList<>();
    implementations.add("scalar");
    WIDTHS.stream()
        .filter(width -> width <= widest)
        .map(String::valueOf)
        .forEach(implementations::add);
    return implementations;
  }
}
