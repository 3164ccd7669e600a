package handspun.bench;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** What {@code bench train} found, for people and for other programs. */
final class TrainTable {
  private static final String PYTORCH = Program.PYTORCH.toString();

  private static final String LEGEND =
      """
      epoch s    median of all epochs but each run's first, and the least and the most. Handspun's are
                 its own clock's, with all that a user waits for: Spark job, exchange, evaluation. The
                 oracle's hold its evaluation too; NumPy's and PyTorch's are training alone.
      x NumPy    times as fast as NumPy: median of the rounds' ratios. x PyTorch: as its fastest row
                 with as many cores or fewer, or of all rows if there is none.
      all s      all epochs, the first included; of MLlib its fit with 100 iterations, its default.
      to ...     seconds of training until the validation images were read so well, median of the
                 rounds; of MLlib the shortest of its fits that did it: first 100 iterations, then
                 from the start again 50 and 25, as it tells nothing between two iterations.
      MB         most memory that the process held; MLlib's JVM has Java's default heap.
      """;

  private final Machine machine;
  private final Table<Compared> table;

  /**
   * @param machine that was measured on
   * @param targets accuracies in percent
   */
  TrainTable(Machine machine, List<Double> targets) {
    this.machine = machine;
    table =
        new Table<Compared>()
            .written("case", row -> row.measured().workload().name())
            .written("layers", row -> row.plan().topology().toString())
            .written("mini_batch", row -> String.valueOf(row.plan().miniBatch()))
            .written("learning_rate", row -> String.valueOf(row.plan().learningRate()))
            .written("epochs", row -> String.valueOf(row.plan().epochs()))
            .shown("program", row -> row.contender().name())
            .written("program", row -> row.contender().id())
            .word("cores", "cores", row -> String.valueOf(row.contender().cores()))
            .written("rounds", row -> String.valueOf(row.measured().rounds().size()))
            .range("epoch s", "epoch_seconds", 1, row -> row.measured().steady())
            .spread("x NumPy", "epoch_times_numpy", 1, row -> epochTimes(row, numpy(row)))
            .spread("x PyTorch", "epoch_times_pytorch", 1, row -> epochTimes(row, pytorch(row)))
            .spread("all s", "all_seconds", 1, row -> over(row, Measurement::allSeconds))
            .spread("x NumPy", "all_times_numpy", 1, row -> allTimes(row, numpy(row)))
            .spread("x PyTorch", "all_times_pytorch", 1, row -> allTimes(row, pytorch(row)));
    for (double target : targets) {
      table.spread(
          "to " + percent(target) + " %",
          "seconds_to_" + percent(target),
          1,
          row -> over(row, measurement -> measurement.secondsTo(target / 100)));
    }
    table
        .figure("MB", "peak_megabytes", 1, row -> over(row, Measurement::peakMegabytes).max())
        .written("version", row -> row.measured().first().map(Measurement::version).orElse(""))
        .written("failure", row -> row.measured().failure().orElse(""));
  }

  /**
   * @param all what was measured, case by case
   * @return the tables, with what their columns mean
   */
  String text(List<List<Measured>> all) {
    StringBuilder text = new StringBuilder("machine    " + machine + "\n\n");
    for (List<Measured> measured : all) {
      text.append(measured.get(0).workload()).append("\n\n");
      text.append(table.text(Compared.of(List.of(measured)), Compared::unmeasured)).append('\n');
      remarks(measured).forEach(remark -> text.append(remark).append('\n'));
      text.append('\n');
    }
    return text.append(LEGEND).toString();
  }

  /**
   * @param all what was measured, case by case
   * @return train.csv: a row for each program of each case
   */
  String csv(List<List<Measured>> all) {
    return table.csv(Compared.of(all));
  }

  private static String percent(double target) {
    return target == Math.rint(target)
        ? String.format(Locale.ROOT, "%.0f", target)
        : String.valueOf(target);
  }

  /** What a case's table has no column for. */
  private static List<String> remarks(List<Measured> all) {
    Set<String> remarks = new LinkedHashSet<>();
    for (Measured measured : all) {
      String name = measured.contender().name();
      measured.first().ifPresent(first -> remarks.add(name + ": " + first.version()));
    }
    for (Measured measured : all) {
      if (!measured.hopeless() && measured.failure().isPresent()) {
        remarks.add(
            String.format(
                "%s, %s: only %s; another failed: %s.",
                measured.contender().name(),
                Figures.count(measured.contender().cores(), "core"),
                Figures.count(measured.rounds().size(), "round"),
                measured.failure().get()));
      }
    }
    sameBits(all).ifPresent(remarks::add);
    return List.copyOf(remarks);
  }

  /** Whether all programs that tell their parameters ended with the same ones, round by round. */
  private static Optional<String> sameBits(List<Measured> all) {
    List<Measured> telling =
        all.stream()
            .filter(m -> m.first().filter(f -> !f.parametersSha256().isEmpty()).isPresent())
            .toList();
    if (telling.size() < 2) {
      return Optional.empty();
    }
    String who =
        telling.stream()
            .map(m -> m.contender().name() + " (" + m.contender().cores() + ")")
            .collect(Collectors.joining(", "));
    for (int round : rounds(telling)) {
      Set<String> sums = new TreeSet<>();
      telling.forEach(
          m -> {
            Measurement measurement = m.rounds().get(round);
            if (measurement != null) {
              sums.add(measurement.parametersSha256());
            }
          });
      if (sums.size() > 1) {
        return Optional.of("NOT the same bits in round " + round + ": " + who + ": " + sums);
      }
    }
    return Optional.of("Same bits in every round: " + who);
  }

  private static Set<Integer> rounds(List<Measured> all) {
    Set<Integer> rounds = new TreeSet<>();
    all.forEach(measured -> rounds.addAll(measured.rounds().keySet()));
    return rounds;
  }

  private static Spread over(Compared row, ToDoubleFunction<Measurement> figure) {
    return row.measured().over(figure);
  }

  private static Spread epochTimes(Compared row, List<Measured> others) {
    return row.measured().timesAsFastAs(others, Measurement::epochSeconds);
  }

  /** A whole fit of another kind of training is as fast as it is only by its own measure. */
  private static Spread allTimes(Compared row, List<Measured> others) {
    return row.measured().first().filter(Measurement::wholeFits).isPresent()
        ? Spread.NONE
        : row.measured().timesAsFastAs(others, Measurement::allSeconds);
  }

  private static List<Measured> numpy(Compared row) {
    return row.all().stream()
        .filter(other -> other.contender().id().equals(Program.NUMPY.toString()))
        .toList();
  }

  private static List<Measured> pytorch(Compared row) {
    List<Measured> pytorch =
        row.all().stream().filter(other -> other.contender().id().startsWith(PYTORCH)).toList();
    List<Measured> noMoreCores =
        pytorch.stream()
            .filter(other -> other.contender().cores() <= row.contender().cores())
            .toList();
    return noMoreCores.stream().allMatch(Measured::hopeless) ? pytorch : noMoreCores;
  }
}
