package handspun.bench;

import handspun.report.SpeedUpChart;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** What {@code bench scaling} found, for people, for other programs and for a picture. */
final class ScalingTable {
  private static final String LEGEND =
      """
      epoch s    median of all epochs but each run's first, and the least and the most: Spark job,
                 exchange and evaluation included.
      speed-up   times as fast as the exchange on one core: median of the rounds' ratios.
      x best     of the default partitions: times as fast as the best fixed number of them.
      """;

  private final Machine machine;

  /**
   * @param machine that was measured on
   */
  ScalingTable(Machine machine) {
    this.machine = machine;
  }

  /**
   * @param all what was measured, by network and mini-batch
   * @return the table, with what its columns mean
   */
  String text(List<List<Measured>> all) {
    TextTable table =
        new TextTable(
            List.of(
                "network",
                "mini-batch",
                "strategy",
                "partitions",
                "epoch s",
                "least to most",
                "speed-up",
                "x best"));
    for (List<Measured> ofWorkload : all) {
      for (Measured measured : ofWorkload) {
        HandspunTraining training = training(measured);
        List<String> cells = new ArrayList<>();
        cells.add(measured.workload().plan().topology().toString());
        cells.add(String.valueOf(measured.workload().plan().miniBatch()));
        cells.add(training.aggregate());
        cells.add(partitions(measured));
        if (measured.rounds().isEmpty()) {
          cells.add("not measured: " + measured.failure().orElse("no round is over yet") + ".");
        } else {
          cells.add(Figures.seconds(measured.steady().median()));
          cells.add(Figures.range(measured.steady()));
          cells.add(Figures.threeDigits(speedUp(measured, ofWorkload).median()));
          cells.add(Figures.threeDigits(timesBest(measured, ofWorkload).median()));
        }
        table.add(cells);
      }
    }
    return "machine    " + machine + "\n\n" + table + "\n" + LEGEND;
  }

  /**
   * @param all what was measured, by network and mini-batch
   * @return scaling.csv: a row for each network, mini-batch, strategy and number of partitions
   */
  String csv(List<List<Measured>> all) {
    StringBuilder csv =
        new StringBuilder(
            "layers,mini_batch,lanes,strategy,cores,partitions,default_partitions,rounds,"
                + "epoch_seconds,epoch_seconds_min,epoch_seconds_max,"
                + "speed_up,speed_up_min,speed_up_max,"
                + "times_best,times_best_min,times_best_max,failure\n");
    for (List<Measured> ofWorkload : all) {
      for (Measured measured : ofWorkload) {
        HandspunTraining training = training(measured);
        csv.append(measured.workload().plan().topology()).append(',');
        csv.append(measured.workload().plan().miniBatch()).append(',');
        csv.append(measured.workload().plan().lanes()).append(',');
        csv.append(training.aggregate()).append(',').append(training.cores()).append(',');
        csv.append(measured.first().map(first -> String.valueOf(first.partitions())).orElse(""));
        csv.append(',').append(training.fixedPartitions().isEmpty()).append(',');
        csv.append(measured.rounds().size()).append(',');
        csv.append(Figures.csv(measured.steady())).append(',');
        csv.append(Figures.csv(speedUp(measured, ofWorkload))).append(',');
        csv.append(Figures.csv(timesBest(measured, ofWorkload))).append(',');
        csv.append(Figures.csv(measured.failure().orElse(""))).append('\n');
      }
    }
    return csv.toString();
  }

  /**
   * @param all what was measured, by network and mini-batch
   * @return a line for each network, strategy and number of partitions that is not the base itself
   */
  static List<SpeedUpChart.Line> lines(List<List<Measured>> all) {
    record Key(String network, String strategy, String partitions) {}
    record Points(List<Integer> miniBatches, List<Double> speedUps) {}
    Map<Key, Points> lines = new LinkedHashMap<>();
    for (List<Measured> ofWorkload : all) {
      for (Measured measured : ofWorkload) {
        Spread speedUp = speedUp(measured, ofWorkload);
        HandspunTraining training = training(measured);
        if (!speedUp.isKnown() || isBase(training)) {
          continue;
        }
        String partitions =
            training.fixedPartitions().isEmpty()
                ? "default"
                : Figures.count(training.cores(), "partition");
        Points points =
            lines.computeIfAbsent(
                new Key(
                    measured.workload().plan().topology().toString(),
                    training.aggregate(),
                    partitions),
                key -> new Points(new ArrayList<>(), new ArrayList<>()));
        points.miniBatches().add(measured.workload().plan().miniBatch());
        points.speedUps().add(speedUp.median());
      }
    }
    List<SpeedUpChart.Line> result = new ArrayList<>();
    lines.forEach(
        (key, points) ->
            result.add(
                new SpeedUpChart.Line(
                    key.network(),
                    key.strategy(),
                    key.partitions(),
                    points.miniBatches(),
                    points.speedUps())));
    return result;
  }

  private static String partitions(Measured measured) {
    OptionalInt fixed = training(measured).fixedPartitions();
    if (fixed.isPresent()) {
      return String.valueOf(fixed.getAsInt());
    }
    return measured.first().map(first -> "default: " + first.partitions()).orElse("default");
  }

  private static Spread speedUp(Measured measured, List<Measured> ofWorkload) {
    return measured.timesAsFastAs(
        ofWorkload.stream().filter(other -> isBase(training(other))).toList(),
        Measurement::epochSeconds);
  }

  /** Of the default partitions, against all fixed ones of the same strategy. */
  private static Spread timesBest(Measured measured, List<Measured> ofWorkload) {
    HandspunTraining own = training(measured);
    if (own.fixedPartitions().isPresent()) {
      return Spread.NONE;
    }
    return measured.timesAsFastAs(
        ofWorkload.stream()
            .filter(other -> training(other).fixedPartitions().isPresent())
            .filter(other -> training(other).aggregate().equals(own.aggregate()))
            .toList(),
        Measurement::epochSeconds);
  }

  private static boolean isBase(HandspunTraining training) {
    return training.cores() == 1 && training.aggregate().equals(ScalingBench.EXCHANGE);
  }

  private static HandspunTraining training(Measured measured) {
    return (HandspunTraining) measured.contender();
  }
}
