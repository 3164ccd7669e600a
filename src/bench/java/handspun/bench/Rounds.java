package handspun.bench;

import handspun.HandspunException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Runs programs in turn, several times, so that whatever slows the machine down slows them all. */
final class Rounds {
  private final Path logs;
  private final Consumer<String> progress;

  /**
   * @param logs an existing folder for what the programs print
   * @param progress is told a line for every run
   */
  Rounds(Path logs, Consumer<String> progress) {
    this.logs = logs;
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

  private static String summary(Measurement measurement) {
    return measurement.wholeFits()
        ? Figures.seconds(measurement.allSeconds()) + " s"
        : Figures.seconds(measurement.epochSeconds()) + " s an epoch";
  }
}
