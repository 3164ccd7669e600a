package handspun.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/**
 * The numbers that are written beside an axis: both ends, and round ones between them.
 *
 * @param from below {@code to}; above 0 if {@code log}
 * @param log whether ratios are as far apart, not differences
 */
record Ticks(double from, double to, boolean log) {
  /** Between labels, as a part of the axis. */
  private static final double ROOM = 0.06;

  private static final int MOST = 8;

  /** {@return the numbers, in order, as people write them} */
  List<String> labels() {
    List<Double> ticks = new ArrayList<>(List.of(from));
    for (double round : round(from, to, log)) {
      if (position(round) - position(ticks.get(ticks.size() - 1)) >= ROOM
          && 1 - position(round) >= ROOM) {
        ticks.add(round);
      }
    }
    ticks.add(to);
    return ticks.stream().map(Ticks::plain).toList();
  }

  private double position(double number) {
    return log ? Math.log(number / from) / Math.log(to / from) : (number - from) / (to - from);
  }

  private static String plain(double number) {
    return new BigDecimal(number).round(new MathContext(4)).stripTrailingZeros().toPlainString();
  }

  /** {@return round numbers from one to another, in order} */
  static List<Double> round(double from, double to, boolean log) {
    return log ? ofDecades(from, to) : ofSteps(from, to);
  }

  private static List<Double> ofDecades(double from, double to) {
    boolean few = Math.log10(to / from) <= 3;
    List<Double> numbers = new ArrayList<>();
    for (int power = (int) Math.floor(Math.log10(from)); Math.pow(10, power) <= to; power++) {
      for (int digit : few ? new int[] {1, 2, 5} : new int[] {1}) {
        double number = new BigDecimal(digit).scaleByPowerOfTen(power).doubleValue();
        if (number >= from && number <= to) {
          numbers.add(number);
        }
      }
    }
    return numbers;
  }

  private static List<Double> ofSteps(double from, double to) {
    BigDecimal step = step(to - from);
    List<Double> numbers = new ArrayList<>();
    BigDecimal first = new BigDecimal(Math.ceil(from / step.doubleValue() - 1e-9)).multiply(step);
    for (BigDecimal number = first;
        number.doubleValue() <= to + 1e-9 * (to - from);
        number = number.add(step)) {
      numbers.add(number.doubleValue());
    }
    return numbers;
  }

  /** The smallest of 1, 2, 5, 10, ... times a power of ten that is not too small. */
  private static BigDecimal step(double length) {
    int power = (int) Math.floor(Math.log10(length / MOST));
    for (int digit : new int[] {1, 2, 5}) {
      BigDecimal step = new BigDecimal(digit).scaleByPowerOfTen(power);
      if (length / step.doubleValue() <= MOST) {
        return step;
      }
    }
    return BigDecimal.ONE.scaleByPowerOfTen(power + 1);
  }
}
