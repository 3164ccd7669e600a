package handspun.bench;

import handspun.bench.ExchangeBench.Alone;
import handspun.wire.Route.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What {@code bench exchange} found, for people and for other programs. */
final class ExchangeTable {
  static final int TRAINING = 60_000;
  private static final int VALIDATION = 10_000;
  private static final double MICROSECONDS = 1e6;
  private static final String LEGEND =
      """
      star, tree, doubling   microseconds of an exchange among executors that are threads of one
                 process, connected over the loopback device: median of all.
      waiting    polling: who waits asks again and again for a while; blocking: sleeps at once;
                 1 ms away: everything takes a millisecond longer, either way.
      us a mini-batch   an epoch's time, validation included, through its mini-batches: median of
                 all epochs but each run's first, and the least and the most.
      x one      times as long as on one executor: median of the rounds' ratios.
      """;

  /** A row of exchange.csv: an exchange alone, or the mini-batches of a training. */
  private record Row(
      String what,
      String bytes,
      String layers,
      String miniBatch,
      int executors,
      String way,
      Spread seconds,
      Spread timesOne,
      String failure) {
    static Row of(Alone alone, Shape shape, List<Double> seconds) {
      String way = lowerCase(shape) + " " + alone.wire();
      return new Row(
          "exchange",
          String.valueOf(alone.bytes()),
          "",
          "",
          alone.executors(),
          way,
          Spread.of(seconds),
          Spread.NONE,
          "");
    }

    static Row of(Compared row) {
      Measured measured = row.measured();
      return new Row(
          "mini-batch",
          "",
          row.plan().topology().toString(),
          String.valueOf(row.plan().miniBatch()),
          Math.max(1, row.training().executors()),
          row.training().aggregate(),
          measured.steady().times(1.0 / miniBatches(measured)),
          ExchangeTable.timesOne(measured, row.all().get(0)),
          measured.failure().orElse(""));
    }
  }

  private final Machine machine;

  private final Table<Row> table =
      new Table<Row>()
          .written("what", Row::what)
          .written("bytes", Row::bytes)
          .word("network", "layers", Row::layers)
          .word("mini-batch", "mini_batch", Row::miniBatch)
          .shown("on", ExchangeTable::place)
          .written("executors", row -> String.valueOf(row.executors()))
          .written("way", Row::way)
          .range("us a mini-batch", "seconds", MICROSECONDS, Row::seconds)
          .spread("x one", "times_one", 1, Row::timesOne)
          .written("failure", Row::failure);

  /**
   * @param machine that was measured on
   */
  ExchangeTable(Machine machine) {
    this.machine = machine;
  }

  /**
   * @param alone seconds of exchanges without training
   * @param whole what was measured of training, by network and mini-batch
   * @return the tables, with what their columns mean
   */
  String text(Map<Alone, Map<Shape, List<Double>>> alone, List<List<Measured>> whole) {
    Table<Alone> exchanges =
        new Table<Alone>()
            .shown("bytes", row -> String.format(Locale.ROOT, "%,d", row.bytes()))
            .shown("executors", row -> String.valueOf(row.executors()))
            .shown("waiting", row -> row.wire().toString());
    for (Shape shape : Shape.values()) {
      exchanges.shown(lowerCase(shape), row -> microseconds(alone.get(row).get(shape)));
    }
    return "machine    "
        + machine
        + "\n\n"
        + exchanges.text(List.copyOf(alone.keySet()), row -> Optional.empty())
        + "\n"
        + table.text(trainings(whole), ExchangeTable::unmeasured)
        + "\n"
        + LEGEND;
  }

  /**
   * @param alone seconds of exchanges without training
   * @param whole what was measured of training, by network and mini-batch
   * @return exchange.csv: a row for each
   */
  String csv(Map<Alone, Map<Shape, List<Double>>> alone, List<List<Measured>> whole) {
    List<Row> rows = new ArrayList<>();
    alone.forEach(
        (what, shapes) ->
            shapes.forEach((shape, seconds) -> rows.add(Row.of(what, shape, seconds))));
    rows.addAll(trainings(whole));
    return table.csv(rows);
  }

  private static List<Row> trainings(List<List<Measured>> whole) {
    return Compared.of(whole).stream().map(Row::of).toList();
  }

  private static Optional<String> unmeasured(Row row) {
    return row.seconds().isKnown()
        ? Optional.empty()
        : Optional.of("not measured: " + row.failure() + ".");
  }

  /** Of a mini-batch, since not all have as many in an epoch. */
  private static Spread timesOne(Measured measured, Measured one) {
    double scale = (double) miniBatches(one) / miniBatches(measured);
    return one.timesAsFastAs(List.of(measured), Measurement::epochSeconds).times(scale);
  }

  private static int miniBatches(Measured measured) {
    HandspunTraining training = (HandspunTraining) measured.contender();
    int examples = TRAINING - training.validation().orElse(VALIDATION);
    int size = measured.workload().plan().miniBatch();
    return (examples + size - 1) / size;
  }

  private static String place(Row row) {
    return row.executors() == 1 ? "1 executor" : row.executors() + " executors, " + row.way();
  }

  private static String microseconds(List<Double> seconds) {
    return Figures.threeDigits(Spread.of(seconds).median() * MICROSECONDS);
  }

  private static String lowerCase(Shape shape) {
    return shape.name().toLowerCase(Locale.ROOT);
  }
}
