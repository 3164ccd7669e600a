package handspun.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

  private final Table<Compared> table =
      new Table<Compared>()
          .word("network", "layers", row -> row.plan().topology().toString())
          .word("mini-batch", "mini_batch", row -> String.valueOf(row.plan().miniBatch()))
          .written("lanes", row -> String.valueOf(row.plan().lanes()))
          .word("strategy", "strategy", row -> row.training().aggregate())
          .written("cores", row -> String.valueOf(row.training().cores()))
          .shown("partitions", ScalingTable::fixedOrDefault)
          .written("partitions", ScalingTable::partitions)
          .written("default_partitions", row -> String.valueOf(isDefault(row.training())))
          .written("rounds", row -> String.valueOf(row.measured().rounds().size()))
          .range("epoch s", "epoch_seconds", 1, row -> row.measured().steady())
          .spread("speed-up", "speed_up", 1, ScalingTable::speedUp)
          .spread("x best", "times_best", 1, ScalingTable::timesBest)
          .written("failure", row -> row.measured().failure().orElse(""));

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
    String text = table.text(Compared.of(all), Compared::unmeasured);
    return "machine    " + machine + "\n\n" + text + "\n" + LEGEND;
  }

  /**
   * @param all what was measured, by network and mini-batch
   * @return scaling.csv: a row for each network, mini-batch, strategy and number of partitions
   */
  String csv(List<List<Measured>> all) {
    return table.csv(Compared.of(all));
  }

  /**
   * @param all what was measured, by network and mini-batch
   * @return a line for each network, strategy and number of partitions that is not the base itself
   */
  static List<SpeedUpChart.Line> lines(List<List<Measured>> all) {
    record Key(String network, String strategy, String partitions) {}
    record Points(List<Integer> miniBatches, List<Double> speedUps) {}
    Map<Key, Points> lines = new LinkedHashMap<>();
    for (Compared row : Compared.of(all)) {
      Spread speedUp = speedUp(row);
      HandspunTraining training = row.training();
      if (!speedUp.isKnown() || isBase(training)) {
        continue;
      }
      String partitions =
          isDefault(training) ? "default" : Figures.count(training.cores(), "partition");
      Points points =
          lines.computeIfAbsent(
              new Key(row.plan().topology().toString(), training.aggregate(), partitions),
              key -> new Points(new ArrayList<>(), new ArrayList<>()));
      points.miniBatches().add(row.plan().miniBatch());
      points.speedUps().add(speedUp.median());
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

  private static String fixedOrDefault(Compared row) {
    if (!isDefault(row.training())) {
      return String.valueOf(row.training().fixedPartitions().getAsInt());
    }
    return row.measured().first().isEmpty() ? "default" : "default: " + partitions(row);
  }

  private static String partitions(Compared row) {
    return row.measured().first().map(first -> String.valueOf(first.partitions())).orElse("");
  }

  private static Spread speedUp(Compared row) {
    return row.timesAsFastAs(ScalingTable::isBase, Measurement::epochSeconds);
  }

  /** Of the default partitions, against all fixed ones of the same strategy. */
  private static Spread timesBest(Compared row) {
    String strategy = row.training().aggregate();
    return isDefault(row.training())
        ? row.timesAsFastAs(
            other -> !isDefault(other) && other.aggregate().equals(strategy),
            Measurement::epochSeconds)
        : Spread.NONE;
  }

  private static boolean isBase(HandspunTraining training) {
    return training.cores() == 1 && training.aggregate().equals(ScalingBench.EXCHANGE);
  }

  private static boolean isDefault(HandspunTraining training) {
    return training.fixedPartitions().isEmpty();
  }
}
