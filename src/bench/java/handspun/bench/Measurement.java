package handspun.bench;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What one run of one program showed.
 *
 * @param steps in order, at least one
 * @param wholeFits whether every step was a whole fit from the start, and not one more epoch
 * @param peakMegabytes the most memory that the process held; NaN if unknown
 * @param version of the program and what it uses
 * @param parametersSha256 of the trained network; empty if the program does not tell
 * @param partitions that shared a mini-batch; 0 if the program knows none
 */
record Measurement(
    List<Step> steps,
    boolean wholeFits,
    double peakMegabytes,
    String version,
    String parametersSha256,
    int partitions) {

  /**
   * An epoch, or a whole fit.
   *
   * @param number of the epoch, from 1, or of the fit's iterations
   * @param seconds that it took
   * @param evaluationSeconds beside them, for the accuracy; NaN if that is among them or unknown
   * @param accuracy after it on the validation images, 0..1; NaN if unknown
   */
  record Step(int number, double seconds, double evaluationSeconds, double accuracy) {}

  Measurement {
    steps = List.copyOf(steps);
  }

  /**
   * {@return seconds of the steady epochs: all but the first, unless there is but one; none of a
   * program that has no epochs}
   */
  List<Double> steadySeconds() {
    if (wholeFits) {
      return List.of();
    }
    return steps.stream().skip(steps.size() > 1 ? 1 : 0).map(Step::seconds).toList();
  }

  /** {@return median of the steady epochs' seconds; NaN of a program that has no epochs} */
  double epochSeconds() {
    return Spread.of(steadySeconds()).median();
  }

  /** {@return seconds of the whole training: all epochs, or the longest fit} */
  double allSeconds() {
    return wholeFits
        ? Collections.max(steps, Comparator.comparingInt(Step::number)).seconds()
        : steps.stream().mapToDouble(Step::seconds).sum();
  }

  /**
   * @param accuracy on the validation images, 0..1
   * @return seconds of training until it was reached; infinity if it was not
   */
  double secondsTo(double accuracy) {
    if (wholeFits) {
      OptionalDouble least =
          steps.stream()
              .filter(step -> step.accuracy() >= accuracy)
              .mapToDouble(Step::seconds)
              .min();
      return least.orElse(Double.POSITIVE_INFINITY);
    }
    double seconds = 0;
    for (Step step : steps) {
      seconds += step.seconds();
      if (step.accuracy() >= accuracy) {
        return seconds;
      }
    }
    return Double.POSITIVE_INFINITY;
  }
}
