package handspun.cli;

import static org.assertj.core.api.Assertions.assertThat;

import handspun.cli.Shell.Running;
import handspun.data.DatasetReader;
import handspun.data.TrainingData;
import handspun.files.Location;
import handspun.run.Engine;
import handspun.tune.Search;
import handspun.tune.SearchFolder;
import handspun.tune.SearchObserver;
import handspun.tune.SearchPlan;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A search as a user starts it. */
class TuneIT {
  private static final String[] BEGIN = {
    "tune",
    "--space",
    "space.conf",
    "--trials",
    "4",
    "--halving",
    "2",
    "--epochs",
    "2",
    "--validation",
    "59000"
  };

  @TempDir private Path folder;

  /** Also one that is killed, and goes on where the rest is computed by three executors. */
  @Test
  void aSearchEndsInTheSameTableWhereverItIsComputed() throws Exception {
    Files.writeString(
        folder.resolve("space.conf"),
        """
        # Trials on Spark that straighten: SearchTest.
        preprocess = none
        layers = ["784,10", "784,16,10"]
        rate = { from = 0.002, to = 0.1, scale = log }
        """);
    Trainings trainings = new Trainings(folder);
    String[] alone = {"--run", "run", "--master", "local[1]"};
    Running running = trainings.shell().start(trainings.command(Trainings.words(BEGIN, alone)));
    running.awaitWords("Trial   1 ");
    running.process().destroyForcibly().waitFor();

    String[] three = {
      "--resume",
      "run",
      "--master",
      "local-cluster[3,1,1024]",
      "--spark",
      "--conf",
      "spark.handspun.slots.timeout=30m",
      "--conf",
      "spark.executor.extraJavaOptions=" + Trainings.QUICK_JAVA,
      // Another Spark may have the port of its page, of which Spark warns.
      "--conf",
      "spark.ui.enabled=false"
    };
    Running resumed = trainings.shell().start(trainings.command(Trainings.words(BEGIN, three)));
    Shell.Result result = resumed.await();
    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(result.out())
        .contains("local-cluster[3,1,1024], 3 at a time")
        .containsPattern("(?m)^run +run, resumed; trainings that are done: \\d+$");
    assertThat(result.out().split("Rung 2")[0]).doesNotContain("Trial   1 ");
    assertThat(SparkLog.complaintsButOfEnds(resumed)).isEmpty();

    searchByThreads();
    for (String file : new String[] {"trials.csv", "trials.svg", "best.conf"}) {
      assertThat(folder.resolve("run").resolve(file))
          .hasSameTextualContentAs(folder.resolve("threads").resolve(file));
    }
  }

  /** The same in this process, without Spark. */
  private void searchByThreads() {
    SearchPlan plan;
    try (SearchFolder run = SearchFolder.reopen(Location.of(folder.resolve("run")))) {
      plan = run.plan().orElseThrow();
    }
    TrainingData data = DatasetReader.read(Path.of("data/mnist"), 59_000);
    String command = "bin/handspun " + String.join(" ", BEGIN);
    try (SearchFolder other = SearchFolder.create(Location.of(folder.resolve("threads")))) {
      new Search(plan, command, data, other, Engine.threads(), SearchObserver.NONE).run();
    }
  }
}
