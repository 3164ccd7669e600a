package handspun.report;

import java.util.List;

/** An upright axis of {@link ParallelCoordinates}. */
public sealed interface Axis {
  /** {@return what is written above it} */
  String name();

  /** {@return where a value is, 0 at the bottom to 1 at the top} */
  double position(String value);

  /** {@return the values that are written beside it} */
  List<String> labels();

  /**
   * Numbers from one to another.
   *
   * @param from below {@code to}; above 0 if {@code log}
   * @param log whether ratios are as far apart, not differences
   */
  record Numbers(String name, double from, double to, boolean log) implements Axis {
    @Override
    public double position(String value) {
      double number = Double.parseDouble(value);
      double position =
          log ? Math.log(number / from) / Math.log(to / from) : (number - from) / (to - from);
      return Math.max(0, Math.min(1, position));
    }

    @Override
    public List<String> labels() {
      return new Ticks(from, to, log).labels();
    }
  }

  /**
   * Values that are as far apart, whatever they are. Lines through one of them are drawn beside
   * each other, best first, where they would lie upon each other.
   *
   * @param names all of them, from the bottom
   */
  record Names(String name, List<String> names) implements Axis {
    @Override
    public double position(String value) {
      return (names.indexOf(value) + 0.5) / names.size();
    }

    @Override
    public List<String> labels() {
      return names;
    }
  }
}
