package handspun.spark;

import static org.assertj.core.api.Assertions.assertThat;

import handspun.data.Dataset;
import handspun.data.MadeUpExamples;
import handspun.network.Topology;
import handspun.train.Plan;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class NewcomersTest {
  private static final Dataset DATA = MadeUpExamples.dataset(203, 31, 7, 8, 10, 5);
  private static final Plan PLAN = new Plan(new Topology(56, 16, 10), 6, 10, 0.05f, 7, 1);

  private static TrainingContext start() {
    return TrainingContext.start("local[2]", Aggregation.EXCHANGE, Optional.empty(), notice -> {});
  }

  private static void awaitWarmUps() throws InterruptedException {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals("warm-up of newcomers")) {
        thread.join();
      }
    }
  }

  @Test
  void areWarmWhenTheyHaveComputedAndWhoComesThenIsNot() throws Exception {
    try (TrainingContext spark = start()) {
      Newcomers newcomers = new Newcomers(spark.context(), "run", PLAN, DATA.training());
      assertThat(newcomers.areWarm(1, 2)).isFalse();
      awaitWarmUps();
      assertThat(newcomers.areWarm(1, 2)).isTrue();
      assertThat(newcomers.areWarm(1, 3)).isFalse();
      newcomers.end();
      awaitWarmUps();
      newcomers.forget();
    }
  }

  @Test
  void whatIsCancelledOrStoppedComplainsToNobody() throws Exception {
    List<Throwable> complaints = new CopyOnWriteArrayList<>();
    Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler((thread, complaint) -> complaints.add(complaint));
    try {
      try (TrainingContext spark = start()) {
        Newcomers newcomers = new Newcomers(spark.context(), "run", PLAN, DATA.training());
        assertThat(newcomers.areWarm(1, 2)).isFalse();
        newcomers.end();
        awaitWarmUps();
        assertThat(newcomers.areWarm(1, 2)).isFalse();
      }
      awaitWarmUps();
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(before);
    }
    assertThat(complaints).isEmpty();
  }
}
