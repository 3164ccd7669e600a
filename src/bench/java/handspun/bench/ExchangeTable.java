package handspun.bench;

import handspun.bench.ExchangeBench.Alone;
import handspun.wire.Route.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

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

  private final Machine machine;

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
    TextTable exchanges =
        new TextTable(List.of("bytes", "executors", "waiting", "star", "tree", "doubling"));
    alone.forEach(
        (what, shapes) -> {
          List<String> cells = new ArrayList<>();
          cells.add(String.format(Locale.ROOT, "%,d", what.floats() * Float.BYTES));
          cells.add(String.valueOf(what.executors()));
          cells.add(what.wire().toString());
          for (Shape shape : Shape.values()) {
            cells.add(microseconds(Spread.of(shapes.get(shape)).median()));
          }
          exchanges.add(cells);
        });
    TextTable trainings =
        new TextTable(
            List.of("network", "mini-batch", "on", "us a mini-batch", "least to most", "x one"));
    for (List<Measured> ofWorkload : whole) {
      for (Measured measured : ofWorkload) {
        List<String> cells = new ArrayList<>();
        cells.add(measured.workload().plan().topology().toString());
        cells.add(String.valueOf(measured.workload().plan().miniBatch()));
        cells.add(place(measured));
        if (measured.rounds().isEmpty()) {
          cells.add("not measured: " + measured.failure().orElse("no round is over yet") + ".");
        } else {
          Spread seconds = seconds(measured);
          cells.add(microseconds(seconds.median()));
          cells.add(microseconds(seconds.min()) + " to " + microseconds(seconds.max()));
          cells.add(Figures.threeDigits(timesOne(measured, ofWorkload).median()));
        }
        trainings.add(cells);
      }
    }
    return "machine    " + machine + "\n\n" + exchanges + "\n" + trainings + "\n" + LEGEND;
  }

  /**
   * @param alone seconds of exchanges without training
   * @param whole what was measured of training, by network and mini-batch
   * @return exchange.csv: a row for each
   */
  String csv(Map<Alone, Map<Shape, List<Double>>> alone, List<List<Measured>> whole) {
    StringBuilder csv =
        new StringBuilder(
            "what,bytes,layers,mini_batch,executors,way,seconds,seconds_min,seconds_max,"
                + "times_one,times_one_min,times_one_max,failure\n");
    alone.forEach(
        (what, shapes) ->
            shapes.forEach(
                (shape, seconds) -> {
                  csv.append("exchange,").append(what.floats() * Float.BYTES).append(",,,");
                  csv.append(what.executors()).append(',');
                  csv.append(shape.name().toLowerCase(Locale.ROOT)).append(' ');
                  csv.append(what.wire()).append(',');
                  csv.append(Figures.csv(Spread.of(seconds))).append(",,,,\n");
                }));
    for (List<Measured> ofWorkload : whole) {
      for (Measured measured : ofWorkload) {
        csv.append("mini-batch,,").append(measured.workload().plan().topology()).append(',');
        csv.append(measured.workload().plan().miniBatch()).append(',');
        csv.append(Math.max(1, training(measured).executors())).append(',');
        csv.append(training(measured).aggregate()).append(',');
        csv.append(Figures.csv(seconds(measured))).append(',');
        csv.append(Figures.csv(timesOne(measured, ofWorkload))).append(',');
        csv.append(Figures.csv(measured.failure().orElse(""))).append('\n');
      }
    }
    return csv.toString();
  }

  private static String microseconds(double seconds) {
    return Figures.threeDigits(seconds * MICROSECONDS);
  }

  private static String place(Measured measured) {
    HandspunTraining training = training(measured);
    return training.executors() == 0
        ? "1 executor"
        : training.executors() + " executors, " + training.aggregate();
  }

  private static Spread seconds(Measured measured) {
    double scale = 1.0 / miniBatches(measured);
    Spread epochs = measured.steady();
    return new Spread(epochs.median() * scale, epochs.min() * scale, epochs.max() * scale);
  }

  /** Of a mini-batch, since not all have as many in an epoch. */
  private static Spread timesOne(Measured measured, List<Measured> ofWorkload) {
    Measured one = ofWorkload.get(0);
    List<Double> ratios = new ArrayList<>();
    measured
        .rounds()
        .forEach(
            (round, own) -> {
              if (one.rounds().containsKey(round)) {
                ratios.add(
                    own.epochSeconds()
                        / miniBatches(measured)
                        / (one.rounds().get(round).epochSeconds() / miniBatches(one)));
              }
            });
    return Spread.of(ratios);
  }

  private static int miniBatches(Measured measured) {
    int examples = TRAINING - training(measured).validation().orElse(VALIDATION);
    int size = measured.workload().plan().miniBatch();
    return (examples + size - 1) / size;
  }

  private static HandspunTraining training(Measured measured) {
    return (HandspunTraining) measured.contender();
  }
}
