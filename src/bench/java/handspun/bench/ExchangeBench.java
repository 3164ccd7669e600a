package handspun.bench;

import handspun.UsageException;
import handspun.bench.WireBench.Wire;
import handspun.network.Topology;
import handspun.train.Lanes;
import handspun.train.Plan;
import handspun.wire.Protection;
import handspun.wire.Route.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * What it costs that executors are several: {@code bench exchange}. First the exchange alone, by
 * the number of executors, the shape of their connections and the size of what they exchange; then
 * whole mini-batches, on one executor, on two, and on two with a Spark job a mini-batch.
 */
final class ExchangeBench {
  /** Executors have compiled what they compute with after some twenty. */
  private static final int EPOCHS = 60;

  private static final int FEW_EPOCHS = 6;

  /** A job costs milliseconds: an epoch of the usual length would take minutes. */
  private static final int FEW_MINI_BATCHES = 50;

  /** What is exchanged: factors of a small mini-batch, and gradients of two networks. */
  static final List<Integer> FLOATS = List.of(1_000, 13_002, 79_510);

  private final Project project;
  private final Machine machine;
  private final int rounds;
  private final List<Integer> executors;
  private final Consumer<String> progress;

  /**
   * An exchange that was measured alone.
   *
   * @param executors how many took part
   * @param floats length of the vector
   * @param wire what lay between them
   */
  record Alone(int executors, int floats, Wire wire) implements Comparable<Alone> {
    int bytes() {
      return floats * Float.BYTES;
    }

    @Override
    public int compareTo(Alone other) {
      int byFloats = Integer.compare(floats, other.floats);
      int byExecutors = Integer.compare(executors, other.executors);
      return byFloats != 0 ? byFloats : byExecutors != 0 ? byExecutors : wire.compareTo(other.wire);
    }
  }

  /**
   * @param project whose Handspun is run
   * @param machine that it runs on
   * @param rounds how often everything is run, at least 1
   * @param executors numbers of executors whose exchange is measured alone, each at least 2
   * @param progress is told a line for every run
   */
  ExchangeBench(
      Project project,
      Machine machine,
      int rounds,
      List<Integer> executors,
      Consumer<String> progress) {
    for (int number : executors) {
      if (number < 2) {
        throw new UsageException("executors has " + number + " in it, but must be 2 or more each.");
      }
    }
    this.project = project;
    this.machine = machine;
    this.rounds = rounds;
    this.executors = List.copyOf(executors);
    this.progress = progress;
  }

  /**
   * Measures. The tables in the folder, exchange.csv and epochs.csv, are written anew after every
   * round.
   *
   * @param out an existing folder
   * @return the tables, for people
   * @throws handspun.HandspunException if nothing could be measured, or a file not be written
   */
  String run(Path out) {
    Rounds turns = new Rounds(out, progress);
    Map<Alone, Map<Shape, List<Double>>> alone = new TreeMap<>();
    List<List<Measured>> whole = whole();
    ExchangeTable table = new ExchangeTable(machine);
    for (int round = 1; round <= rounds; round++) {
      exchangeAlone(alone);
      turns.run(round, whole, "exchange.csv", () -> table.csv(alone, whole));
    }
    turns.requireAnything(whole);
    return table.text(alone, whole);
  }

  private void exchangeAlone(Map<Alone, Map<Shape, List<Double>>> seconds) {
    for (int floats : FLOATS) {
      for (int number : executors) {
        for (Wire wire : Wire.values()) {
          for (Shape shape : Shape.values()) {
            List<Double> measured = WireBench.run(shape, number, floats, wire, Protection.CHECKSUM);
            seconds
                .computeIfAbsent(new Alone(number, floats, wire), k -> new EnumMap<>(Shape.class))
                .computeIfAbsent(shape, k -> new ArrayList<>())
                .addAll(measured);
          }
        }
      }
      progress.accept("exchanged " + 4 * floats + " bytes among " + executors + " executors");
    }
  }

  private List<List<Measured>> whole() {
    List<List<Measured>> whole = new ArrayList<>();
    for (int miniBatch : new int[] {10, 100, 1000}) {
      for (Topology topology : List.of(new Topology(784, 16, 16, 10), new Topology(784, 100, 10))) {
        Plan plan =
            new Plan(topology, EPOCHS, miniBatch, 3f, 1, Lanes.defaultFor(topology, miniBatch, 1));
        Workload workload = new Workload(topology + "-" + miniBatch, plan);
        int theOthers = ExchangeTable.TRAINING - FEW_MINI_BATCHES * miniBatch;
        whole.add(
            List.of(
                new Measured(workload, training(0, 1, ScalingBench.EXCHANGE, OptionalInt.empty())),
                new Measured(workload, training(2, 2, ScalingBench.EXCHANGE, OptionalInt.empty())),
                new Measured(
                    workload.withEpochs(FEW_EPOCHS),
                    training(2, 2, ScalingBench.JOBS, OptionalInt.of(theOthers)))));
      }
    }
    return whole;
  }

  private Contender training(int processes, int cores, String aggregate, OptionalInt validation) {
    return new HandspunTraining(
        project.launcher(),
        project.data(),
        processes,
        cores,
        aggregate,
        OptionalInt.of(cores),
        validation);
  }
}
