package handspun.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * A table whose columns are told once: title for people, name for other programs, and value. They
 * stand in the order in which they are added; for people, words come before figures.
 *
 * @param <R> what a row is about
 */
final class Table<R> {
  private record Column<R>(String head, Function<R, String> value) {}

  private final List<Column<R>> words = new ArrayList<>();
  private final List<Column<R>> figures = new ArrayList<>();
  private final List<Column<R>> fields = new ArrayList<>();

  /** Adds a column of words, or of numbers that were not measured. */
  Table<R> word(String title, String name, Function<R, String> value) {
    return shown(title, value).written(name, value);
  }

  /** Adds words that only people see. */
  Table<R> shown(String title, Function<R, String> value) {
    words.add(new Column<>(title, value));
    return this;
  }

  /** Adds a field that only other programs see. */
  Table<R> written(String name, Function<R, String> value) {
    fields.add(new Column<>(name, row -> Figures.csv(value.apply(row))));
    return this;
  }

  /**
   * Adds a figure.
   *
   * @param title for people
   * @param name for other programs
   * @param scale what people see it times
   * @param value the figure of a row; NaN if it is unknown
   */
  Table<R> figure(String title, String name, double scale, ToDoubleFunction<R> value) {
    figures.add(new Column<>(title, row -> Figures.threeDigits(value.applyAsDouble(row) * scale)));
    return written(name, row -> Figures.csv(value.applyAsDouble(row)));
  }

  /**
   * Adds a figure that was measured several times: people see its median, other programs also the
   * least and the greatest.
   *
   * @param title for people
   * @param name for other programs
   * @param scale what people see it times
   * @param value the figure of a row
   */
  Table<R> spread(String title, String name, double scale, Function<R, Spread> value) {
    return figure(title, name, scale, row -> value.apply(row).median())
        .written(name + "_min", row -> Figures.csv(value.apply(row).min()))
        .written(name + "_max", row -> Figures.csv(value.apply(row).max()));
  }

  /** The same as {@link #spread}, of which people, too, see the least and the greatest. */
  Table<R> range(String title, String name, double scale, Function<R, Spread> value) {
    spread(title, name, scale, value);
    figures.add(new Column<>("least to most", row -> Figures.range(value.apply(row).times(scale))));
    return this;
  }

  /**
   * @param rows in their order
   * @param unmeasured why there are no figures of a row; empty if there are some
   * @return the table for people
   */
  String text(List<R> rows, Function<R, Optional<String>> unmeasured) {
    List<String> titles = heads(words);
    titles.addAll(heads(figures));
    TextTable table = new TextTable(titles);
    for (R row : rows) {
      List<String> cells = values(words, row);
      unmeasured.apply(row).ifPresentOrElse(cells::add, () -> cells.addAll(values(figures, row)));
      table.add(cells);
    }
    return table.toString();
  }

  /**
   * @param rows in their order
   * @return the whole CSV file (RFC 4180)
   */
  String csv(List<R> rows) {
    StringBuilder csv = new StringBuilder(String.join(",", heads(fields))).append('\n');
    for (R row : rows) {
      csv.append(String.join(",", values(fields, row))).append('\n');
    }
    return csv.toString();
  }

  private static <R> List<String> heads(List<Column<R>> columns) {
    return new ArrayList<>(columns.stream().map(Column::head).toList());
  }

  private static <R> List<String> values(List<Column<R>> columns, R row) {
    return new ArrayList<>(columns.stream().map(column -> column.value().apply(row)).toList());
  }
}
