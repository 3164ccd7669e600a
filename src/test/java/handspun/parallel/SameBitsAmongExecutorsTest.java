package handspun.spark;

import static org.assertj.core.api.Assertions.assertThat;

import handspun.data.Dataset;
import handspun.data.MadeUpExamples;
import handspun.math.Kernels;
import handspun.network.Network;
import handspun.network.Topology;
import handspun.train.LocalSteps;
import handspun.train.MiniBatches;
import handspun.train.Partitioning;
import handspun.train.Plan;
import handspun.train.SequentialTrainer;
import handspun.wire.Loopback;
import handspun.wire.Route.Shape;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The one law among executors: any number and shape of them gives the oracle's bits. The executors
 * are threads here, which talk over real sockets; whole Spark clusters are in {@code ClusterIT}.
 */
class SameBitsAmongExecutorsTest {
  private static final Topology NARROW = new Topology(56, 16, 16, 10);
  private static final Topology WIDE = new Topology(56, 40, 10);

  /** Which executor Spark has put each task on. */
  private static final List<String> PLACES = List.of("ab", "aab", "aba", "abc", "abcd", "abcabc");

  static Stream<Plan> plans() {
    return Stream.of(
        new Plan(NARROW, 2, 10, 3f, 7, 1),
        new Plan(NARROW, 2, 64, 3f, 9, 8),
        new Plan(WIDE, 2, 33, 1f, 10, 6),
        new Plan(WIDE, 2, 17, 1f, 11, 17),
        new Plan(NARROW, 2, 20, 3f, 12, 8, 5),
        new Plan(NARROW, 2, 20, 3f, 13, 6, LocalSteps.EPOCH));
  }

  @ParameterizedTest
  @MethodSource("plans")
  void everyNumberAndShapeOfExecutorsEqualsTheOracle(Plan plan) {
    Dataset data = MadeUpExamples.dataset(203, 31, 7, 8, 10, 5);
    float[] start = Network.random(plan.topology(), plan.seed()).parameters();
    SequentialTrainer oracle = new SequentialTrainer(plan, data);
    float[] once = oracle.run(1, start).parameters();
    float[] twice = oracle.run(2, once).parameters();
    for (String places : PLACES) {
      for (Shape shape : Shape.values()) {
        assertThat(train(plan, data, start, places.split(""), shape))
            .as("%s of %s", shape, places)
            .isNotEmpty()
            .allSatisfy(parameters -> assertThat(parameters).isEqualTo(twice));
      }
    }
  }

  /** Runs two epochs; gives the parameters of every executor. */
  private static List<float[]> train(
      Plan plan, Dataset data, float[] start, String[] places, Shape shape) {
    int partitions = places.length;
    Partitioning partitioning =
        new Partitioning(new MiniBatches(data.training().count(), plan), partitions);
    List<Exchange> exchanges = new ArrayList<>();
    List<EpochLoop> loops = new ArrayList<>();
    for (int task = 0; task < partitions; task++) {
      Placement.Place place = Placement.of(List.of(places), task);
      if (place.placement().executor() == exchanges.size()) {
        exchanges.add(new Exchange(plan, partitioning, place.placement()));
      }
      Exchange exchange = exchanges.get(place.placement().executor());
      int p = place.partition();
      exchange.publish(
          p, data.training().slice(partitioning.firstExample(p), partitioning.firstExample(p + 1)));
      loops.add(new EpochLoop(exchange, p, Kernels.fastest(), () -> false));
    }
    ExecutorService threads = Executors.newFixedThreadPool(partitions);
    try (Loopback loopback =
        Loopback.connect(
            shape,
            exchanges.stream().map(Exchange::cargo).toList(),
            Duration.ofMinutes(5),
            false)) {
      for (int e = 0; e < exchanges.size(); e++) {
        exchanges.get(e).connect(loopback.conversation(e));
        exchanges.get(e).begin(1, start);
      }
      runEpoch(loops, partitioning, threads);
      for (Exchange exchange : exchanges) {
        exchange.begin(2, exchange.layout().toParameters(exchange.parameters()));
      }
      runEpoch(loops, partitioning, threads);
      return exchanges.stream()
          .map(exchange -> exchange.layout().toParameters(exchange.parameters()))
          .toList();
    } finally {
      threads.shutdown();
    }
  }

  private static void runEpoch(
      List<EpochLoop> loops, Partitioning partitioning, ExecutorService threads) {
    List<CompletableFuture<Void>> running =
        loops.stream()
            .map(
                loop ->
                    CompletableFuture.runAsync(
                        () -> loop.run(0, partitioning.miniBatches().count()), threads))
            .toList();
    running.forEach(CompletableFuture::join);
    assertThat(loops.stream().mapToInt(loop -> loop.worker().takeExamplesSeen()).sum())
        .isEqualTo(partitioning.miniBatches().examples());
  }
}
