package handspun.bench;

import handspun.HandspunException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Runs programs in turn, several times, so that whatever slows the machine down slows them all. */
final class Rounds {
  private final OutFolder out;
  private final Path logs;
  private final Consumer<String> progress;

  /**
   * @param out an existing folder for tables, and for what the programs print
   * @param progress is told a line for every run
   */
  Rounds(Path out, Consumer<String> progress) {
    this.out = new OutFolder(out);
    this.logs = this.out.logs();
    this.progress = progress;
  }

  /**
   * Starts with nothing measured.
   *
   * @param workload what the programs train
   * @param contenders in the order of their turns
   * @return a place for each one's figures
   */
  static List<Measured> nothingYet(Workload workload, List<Contender> contenders) {
    return contenders.stream().map(contender -> new Measured(workload, contender)).toList();
  }

  /**
   * Runs every program once. One that failed in its first round is left out of the later ones.
   *
   * @param round from 1
   * @param all what was measured so far, to which this round is added
   */
  void run(int round, List<Measured> all) {
    for (Measured measured : all) {
      if (measured.hopeless()) {
        continue;
      }
      Contender contender = measured.contender();
      String label =
          String.format(
              Locale.ROOT, "%s-%d-%s", measured.workload().name(), round, contender.label());
      try {
        Measurement measurement =
            contender.measure(measured.workload().inRound(round), logs, label);
        measured.add(round, measurement);
        progress.accept(label + ": " + summary(measurement));
      } catch (HandspunException e) {
        measured.fail(e.getMessage());
        progress.accept(label + ": " + e.getMessage());
      }
    }
  }

  /**
   * Runs every program once at all workloads. After each of these the tables are written anew: the
   * given one, and epochs.csv.
   *
   * @param round from 1
   * @param all what was measured so far, workload by workload, to which this round is added
   * @param name of the table's file
   * @param table makes its content
   */
  void run(int round, List<List<Measured>> all, String name, Supplier<String> table) {
    for (List<Measured> ofWorkload : all) {
      run(round, ofWorkload);
      out.write(name, table.get());
      out.write("epochs.csv", EpochsCsv.of(all));
    }
  }

  /**
   * @param all what was measured
   * @throws HandspunException if there is not a single measurement
   */
  void requireAnything(List<List<Measured>> all) {
    List<Measured> flat = all.stream().flatMap(List::stream).toList();
    if (flat.stream().allMatch(Measured::hopeless)) {
      String reasons =
          flat.stream()
              .map(m -> m.contender().name() + ": " + m.failure().orElse(""))
              .distinct()
              .collect(Collectors.joining("; "));
      throw new HandspunException(
          "Nothing could be measured (" + reasons + "): what was printed is in " + logs + ".");
    }
  }

  private static String summary(Measurement measurement) {
    return measurement.wholeFits()
        ? Figures.threeDigits(measurement.allSeconds()) + " s"
        : Figures.threeDigits(measurement.epochSeconds()) + " s an epoch";
  }
}
