package handspun.bench;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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
                 with as many cores, or of all rows if there is none.
      all s      all epochs, the first included; of MLlib its fit with 100 iterations, its default.
      to ...     seconds of training until the validation images were read so well, median of the
                 rounds; of MLlib the shortest of its fits that did it: first 100 iterations, then
                 from the start again 50 and 25, as it tells nothing between two iterations.
      MB         most memory that the process held; MLlib's JVM has Java's default heap.
      """;

  private final Machine machine;
  private final List<Double> targets;

  /**
   * @param machine that was measured on
   * @param targets accuracies in percent
   */
  TrainTable(Machine machine, List<Double> targets) {
    this.machine = machine;
    this.targets = targets;
  }

  /**
   * @param all what was measured, case by case
   * @return the tables, with what their columns mean
   */
  String text(List<List<Measured>> all) {
    StringBuilder text = new StringBuilder("machine    " + machine + "\n\n");
    for (List<Measured> measured : all) {
      text.append(measured.get(0).workload()).append("\n\n").append(table(measured)).append('\n');
      remarks(measured).forEach(remark -> text.append(remark).append('\n'));
      text.append('\n');
    }
    return text.append(LEGEND).toString();
  }

  private TextTable table(List<Measured> all) {
    List<String> titles =
        new ArrayList<>(
            List.of(
                "program",
                "cores",
                "epoch s",
                "least to most",
                "x NumPy",
                "x PyTorch",
                "all s",
                "x NumPy",
                "x PyTorch"));
    targets.forEach(target -> titles.add("to " + percent(target) + " %"));
    titles.add("MB");
    TextTable table = new TextTable(titles);
    for (Measured measured : all) {
      List<String> cells = new ArrayList<>();
      cells.add(measured.contender().name());
      cells.add(String.valueOf(measured.contender().cores()));
      if (measured.rounds().isEmpty()) {
        cells.add("not measured: " + measured.failure().orElse("no round is over yet") + ".");
        table.add(cells);
        continue;
      }
      Figured row = new Figured(measured, all);
      cells.add(Figures.seconds(measured.steady().median()));
      cells.add(Figures.range(measured.steady()));
      cells.add(Figures.threeDigits(row.epochTimesNumpy().median()));
      cells.add(Figures.threeDigits(row.epochTimesPytorch().median()));
      cells.add(Figures.seconds(row.allSeconds().median()));
      cells.add(Figures.threeDigits(row.allTimesNumpy().median()));
      cells.add(Figures.threeDigits(row.allTimesPytorch().median()));
      targets.forEach(target -> cells.add(Figures.seconds(row.secondsTo(target).median())));
      cells.add(Figures.threeDigits(row.peakMegabytes().max()));
      table.add(cells);
    }
    return table;
  }

  /**
   * @param all what was measured, case by case
   * @return train.csv: a row for each program of each case
   */
  String csv(List<List<Measured>> all) {
    StringBuilder csv =
        new StringBuilder(
            "case,layers,mini_batch,learning_rate,epochs,program,cores,rounds,"
                + columns("epoch_seconds")
                + columns("epoch_times_numpy")
                + columns("epoch_times_pytorch")
                + columns("all_seconds")
                + columns("all_times_numpy")
                + columns("all_times_pytorch"));
    targets.forEach(target -> csv.append(columns("seconds_to_" + percent(target))));
    csv.append("peak_megabytes,version,failure\n");
    for (List<Measured> ofCase : all) {
      for (Measured measured : ofCase) {
        Workload workload = measured.workload();
        Figured row = new Figured(measured, ofCase);
        List<String> fields = new ArrayList<>();
        fields.add(workload.name());
        fields.add(workload.plan().topology().toString());
        fields.add(String.valueOf(workload.plan().miniBatch()));
        fields.add(String.valueOf(workload.plan().learningRate()));
        fields.add(String.valueOf(workload.plan().epochs()));
        fields.add(measured.contender().id());
        fields.add(String.valueOf(measured.contender().cores()));
        fields.add(String.valueOf(measured.rounds().size()));
        fields.add(Figures.csv(measured.steady()));
        fields.add(Figures.csv(row.epochTimesNumpy()));
        fields.add(Figures.csv(row.epochTimesPytorch()));
        fields.add(Figures.csv(row.allSeconds()));
        fields.add(Figures.csv(row.allTimesNumpy()));
        fields.add(Figures.csv(row.allTimesPytorch()));
        targets.forEach(target -> fields.add(Figures.csv(row.secondsTo(target))));
        fields.add(Figures.csv(row.peakMegabytes().max()));
        fields.add(Figures.csv(measured.first().map(Measurement::version).orElse("")));
        fields.add(Figures.csv(measured.failure().orElse("")));
        csv.append(String.join(",", fields)).append('\n');
      }
    }
    return csv.toString();
  }

  private static String columns(String name) {
    return name + "," + name + "_min," + name + "_max,";
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

  /**
   * A row's figures.
   *
   * @param measured the program
   * @param all of its case
   */
  private record Figured(Measured measured, List<Measured> all) {

    Spread epochTimesNumpy() {
      return measured.timesAsFastAs(numpy(), Measurement::epochSeconds);
    }

    Spread epochTimesPytorch() {
      return measured.timesAsFastAs(pytorch(), Measurement::epochSeconds);
    }

    Spread allSeconds() {
      return measured.over(Measurement::allSeconds);
    }

    Spread allTimesNumpy() {
      return comparable(numpy());
    }

    Spread allTimesPytorch() {
      return comparable(pytorch());
    }

    /** A whole fit of another kind of training is as fast as it is only by its own measure. */
    private Spread comparable(List<Measured> others) {
      return measured.first().filter(Measurement::wholeFits).isPresent()
          ? Spread.NONE
          : measured.timesAsFastAs(others, Measurement::allSeconds);
    }

    Spread secondsTo(double percent) {
      return measured.over(measurement -> measurement.secondsTo(percent / 100));
    }

    Spread peakMegabytes() {
      return measured.over(Measurement::peakMegabytes);
    }

    private List<Measured> numpy() {
      return all.stream()
          .filter(other -> other.contender().id().equals(Program.NUMPY.toString()))
          .toList();
    }

    private List<Measured> pytorch() {
      List<Measured> pytorch =
          all.stream().filter(other -> other.contender().id().startsWith(PYTORCH)).toList();
      List<Measured> sameCores =
          pytorch.stream()
              .filter(other -> other.contender().cores() == measured.contender().cores())
              .toList();
      return sameCores.stream().allMatch(Measured::hopeless) ? pytorch : sameCores;
    }
  }
}
