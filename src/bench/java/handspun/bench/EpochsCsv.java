package handspun.bench;

import handspun.bench.Measurement.Step;
import java.util.ArrayList;
import java.util.List;

/** Every epoch of every run as a table for other programs: what all medians are made of. */
final class EpochsCsv {
  private record Epoch(Measured measured, int round, Step step) {}

  private EpochsCsv() {}

  /**
   * @param all what was measured, case by case
   * @return the whole file
   */
  static String of(List<List<Measured>> all) {
    List<Epoch> epochs = new ArrayList<>();
    for (Compared compared : Compared.of(all)) {
      Measured measured = compared.measured();
      measured
          .rounds()
          .forEach((round, m) -> m.steps().forEach(s -> epochs.add(new Epoch(measured, round, s))));
    }
    return new Table<Epoch>()
        .written("case", epoch -> epoch.measured().workload().name())
        .written("round", epoch -> String.valueOf(epoch.round()))
        .written("run", epoch -> epoch.measured().contender().label())
        .written("program", epoch -> epoch.measured().contender().id())
        .written("cores", epoch -> String.valueOf(epoch.measured().contender().cores()))
        .written("epoch", epoch -> String.valueOf(epoch.step().number()))
        .written("seconds", epoch -> Figures.csv(epoch.step().seconds()))
        .written("evaluation_seconds", epoch -> Figures.csv(epoch.step().evaluationSeconds()))
        .written("validation_accuracy", epoch -> Figures.csv(epoch.step().accuracy()))
        .csv(epochs);
  }
}
