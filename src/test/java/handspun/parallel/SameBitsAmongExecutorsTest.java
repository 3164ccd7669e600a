package handspun.parallel;

import static org.assertj.core.api.Assertions.assertThat;

import handspun.bench.Loopback;
import handspun.bench.SequentialTrainer;
import handspun.data.Dataset;
import handspun.data.MadeUpExamples;
import handspun.math.Kernels;
import handspun.network.Topology;
import handspun.train.EpochStart;
import handspun.train.EveryOption;
import handspun.train.ImagePreparation;
import handspun.train.LocalSteps;
import handspun.train.MiniBatches;
import handspun.train.ModelState;
import handspun.train.Plan;
import handspun.train.TrainingState;
import handspun.wire.Protection;
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
            shapes(),
            EveryOption.together(new Plan(NARROW, 2, 10, 0.1f, 7, 1)),
            EveryOption.together(new Plan(WIDE, 2, 33, 0.1f, 10, 6)),
            EveryOption.together(new Plan(NARROW, 2, 20, 0.1f, 12, 8, 5)))
        .flatMap(plans -> plans);
  }

  private static Stream<Plan> shapes() {
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
    ModelState start = TrainingState.initial(plan).model();
    SequentialTrainer oracle = new SequentialTrainer(plan, data);
    ModelState once = oracle.run(new EpochStart(1, start)).state();
    ModelState twice = oracle.run(new EpochStart(2, once)).state();
    for (String places : PLACES) {
      for (Shape shape : Shape.values()) {
        assertThat(train(plan, data, start, places.split(""), shape, Protection.CHECKSUM))
            .as("%s of %s", shape, places)
            .isNotEmpty()
            .containsOnly(twice);
      }
      assertThat(train(plan, data, start, places.split(""), Shape.DOUBLING, Protection.AES_GCM))
          .as("encrypted, of %s", places)
          .containsOnly(twice);
    }
  }

  /** Runs two epochs; gives the state of every executor. */
  private static List<ModelState> train(
      Plan plan,
      Dataset data,
      ModelState start,
      String[] places,
      Shape shape,
      Protection protection) {
    int partitions = places.length;
    Partitioning partitioning =
        new Partitioning(new MiniBatches(data.training().count(), plan), partitions);
    List<Team> teams = new ArrayList<>();
    List<EpochLoop> loops = new ArrayList<>();
    List<EpochLoop> leaders = new ArrayList<>();
    for (int task = 0; task < partitions; task++) {
      Placement.Place place = Placement.of(List.of(places), task);
      if (place.placement().executor() == teams.size()) {
        teams.add(new Team(plan, partitioning, place.placement()));
      }
      Team team = teams.get(place.placement().executor());
      int p = place.partition();
      team.publish(
          p,
          ImagePreparation.of(plan)
              .learn(
                  data.training()
                      .slice(partitioning.firstExample(p), partitioning.firstExample(p + 1))));
      loops.add(
          new EpochLoop(team, p, data.validation().slice(0, 0), Kernels.fastest(), () -> false));
      if (loops.get(task).leads()) {
        leaders.add(loops.get(task));
      }
    }
    ExecutorService threads = Executors.newFixedThreadPool(partitions);
    try (Loopback loopback =
        Loopback.connect(
            shape,
            leaders.stream().map(EpochLoop::contribution).toList(),
            new Loopback.Wire(protection, Duration.ofMinutes(5), false))) {
      for (int e = 0; e < teams.size(); e++) {
        teams.get(e).connect(loopback.allReduce(e));
        teams.get(e).begin(new EpochStart(1, start));
      }
      runEpoch(loops, partitioning, threads);
      for (Team team : teams) {
        team.begin(new EpochStart(2, team.state()));
      }
      runEpoch(loops, partitioning, threads);
      return teams.stream().map(Team::state).toList();
    } finally {
      threads.shutdown();
    }
  }

  private static void runEpoch(
      List<EpochLoop> loops, Partitioning partitioning, ExecutorService threads) {
    List<CompletableFuture<EpochPart>> running =
        loops.stream().map(loop -> CompletableFuture.supplyAsync(loop::runEpoch, threads)).toList();
    assertThat(running.stream().mapToInt(part -> part.join().examples()).sum())
        .isEqualTo(partitioning.miniBatches().examples());
  }
}
