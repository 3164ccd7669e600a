package handspun.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where accuracies are on an axis: by the logarithm of the error, so that 98 and 99 % are as far
 * apart as 80 and 90 %, and one bad trial does not press all others together.
 *
 * @param most the largest error, at the bottom; above {@code least}
 * @param least the smallest, at the top; above 0
 */
record AccuracyScale(double most, double least) {
  /** No smaller error is told apart; the logarithm of none is not finite. */
  private static final double SMALLEST = 1e-4;

  /** Between the label of the worst and the next one, as a part of the axis. */
  private static final double ROOM = 0.06;

  /** Where all are equal, so that the axis has a length. */
  private static final double EQUAL = 1.02;

  /** From here on, errors are marked by their ratio. */
  private static final double WIDE = 3;

  /** {@return the scale of some accuracies, 0 to 1; perhaps of none} */
  static AccuracyScale of(double[] accuracies) {
    double best = Arrays.stream(accuracies).max().orElse(1);
    double worst = Arrays.stream(accuracies).min().orElse(0);
    double least = error(best);
    double most = Math.max(error(worst), least * EQUAL);
    return new AccuracyScale(most, least);
  }

  private static double error(double accuracy) {
    return Math.max(SMALLEST, 1 - accuracy);
  }

  /** {@return where an accuracy is, 0 at the bottom to 1 at the top} */
  double position(double accuracy) {
    double position = Math.log(most / error(accuracy)) / Math.log(most / least);
    return Math.max(0, Math.min(1, position));
  }

  /** {@return the percentages that are written beside the axis: the worst, and round ones} */
  List<Double> ticks() {
    double worst = 100 - 100 * most;
    List<Double> ticks = new ArrayList<>(List.of(worst));
    List<Double> round =
        most / least >= WIDE
            ? Ticks.round(100 * least, 100 * most, true).stream().map(error -> 100 - error).toList()
            : Ticks.round(worst, 100 - 100 * least, false);
    round.stream().filter(tick -> position(tick / 100) > ROOM).forEach(ticks::add);
    return ticks;
  }
}
