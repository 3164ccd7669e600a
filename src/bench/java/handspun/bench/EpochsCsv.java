package handspun.bench;

import handspun.bench.Measurement.Step;
import java.util.List;

/** Every epoch of every run as a table for other programs: what all medians are made of. */
final class EpochsCsv {
  private static final String HEADER =
      "case,round,run,program,cores,epoch,seconds,evaluation_seconds,validation_accuracy\n";

  private EpochsCsv() {}

  /**
   * @param all what was measured, case by case
   * @return the whole file
   */
  static String of(List<List<Measured>> all) {
    StringBuilder csv = new StringBuilder(HEADER);
    for (List<Measured> ofCase : all) {
      for (Measured measured : ofCase) {
        measured
            .rounds()
            .forEach(
                (round, measurement) -> {
                  for (Step step : measurement.steps()) {
                    csv.append(measured.workload().name()).append(',').append(round).append(',');
                    csv.append(measured.contender().label()).append(',');
                    csv.append(measured.contender().id()).append(',');
                    csv.append(measured.contender().cores()).append(',');
                    csv.append(step.number()).append(',');
                    csv.append(Figures.csv(step.seconds())).append(',');
                    csv.append(Figures.csv(step.evaluationSeconds())).append(',');
                    csv.append(Figures.csv(step.accuracy())).append('\n');
                  }
                });
      }
    }
    return csv.toString();
  }
}
