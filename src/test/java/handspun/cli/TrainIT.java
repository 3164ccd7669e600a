package handspun.cli;

import static handspun.cli.Trainings.words;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import handspun.cli.Shell.Result;
import handspun.files.Location;
import handspun.store.Model;
import handspun.store.ModelFile;
import handspun.train.LocalSteps;
import handspun.train.PinnedPlan;
import handspun.train.Plan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole training runs on the bundled MNIST, as a user starts them. */
class TrainIT {
  private static final Path ROOT = Path.of("").toAbsolutePath();
  private static final String HANDSPUN = ROOT.resolve("bin/handspun").toString();

  @TempDir private Path folder;

  private int runs;

  private Shell shell() {
    return new Shell(folder)
        .with("JAVA_HOME", System.getProperty("java.home"))
        .without("SPARK_HOME");
  }

  /** Of what is not about how fast Java gets. */
  private Shell quickShell() {
    return new Trainings(folder).shell();
  }

  private String[] command(String... options) {
    List<String> command = new ArrayList<>(List.of(HANDSPUN, "train"));
    command.addAll(List.of("--run", "run" + ++runs));
    command.addAll(List.of(options));
    return command.toArray(String[]::new);
  }

  private static JsonNode json(Result result) throws Exception {
    assertThat(result.exit()).as(result.err()).isZero();
    List<String> lines = result.out().lines().toList();
    return new ObjectMapper().readTree(lines.get(lines.size() - 1));
  }

  @Test
  void twoRunsSideBySideShowTheirPlanAndEveryEpochAndEndInTheSameBits() throws Exception {
    String[] two = {"--master", "local[2]", "--partitions", "2"};
    Shell.Running shared = shell().start(command(PinnedPlan.DEFAULT.options(two)));
    // SameBitsOfKernelsTest has all kernels.
    Shell.Running scalar =
        quickShell().start(command(PinnedPlan.DEFAULT.options("--master", "local[1]", "--json")));
    showsItsPlanEveryEpochAndWhatComesNext(shared.await());
    endsInTheSameBitsWithoutVectorsAndTellsAllItsFigures(json(scalar.await()));
  }

  private void showsItsPlanEveryEpochAndWhatComesNext(Result result) throws Exception {
    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(Trainings.sha256(result)).isEqualTo(PinnedPlan.DEFAULT.sha256());
    assertThat(result.out())
        .contains("784-16-16-10: 13,002 weights and biases")
        .contains("50,000 training, 10,000 validation, 10,000 test")
        .contains("epochs 2, mini-batch 10, learning rate 3.0, seed 1, lanes 1; 5,000 mini-batches")
        .contains("local[2], aggregate exchange")
        .contains("2 partitions (as told)")
        .containsPattern(
            "Epoch 1 of 2   cost 0\\.\\d{4}   validation \\d\\d\\.\\d\\d %  \\d+ / 10000")
        .contains("Epoch 2 of 2")
        .containsPattern("Test +\\d\\d\\.\\d\\d % \\(\\d{4} of 10000\\)")
        .containsPattern("work +slowest partition [01]: \\d+ % computing, \\d+ % waiting\n")
        .contains("bin/handspun serve --model run1/model.handspun")
        // Not a terminal: no escape codes, no progress bar.
        .doesNotContain("\u001b", "\r");
    try (Stream<Path> files = Files.list(folder.resolve("run1"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "model.handspun",
              "checkpoint.handspun",
              "epochs",
              "metrics.csv",
              "plan.conf",
              "curve.svg",
              "confusion.svg",
              ".lock");
    }
    assertThat(Files.readAllLines(folder.resolve("run1/metrics.csv")))
        .hasSize(3)
        .last()
        .asString()
        .matches("2,.*,25000,25000,[.0-9]+,[.0-9]+,[.0-9]+,[.0-9]+,0,0");
    assertThat(folder.resolve("run1/curve.svg")).content().contains("<svg");
    assertThat(folder.resolve("run1/confusion.svg")).content().contains("<svg");
    theModelKnowsItsPlanAndOriginAndEvaluatesToTheSameFigures(result);
    theNetworkIsNotLostWhereItsFileCannotBeWritten();
  }

  private void theModelKnowsItsPlanAndOriginAndEvaluatesToTheSameFigures(Result trained)
      throws Exception {
    Model model = ModelFile.read(Location.of(folder.resolve("run1/model.handspun")));
    assertThat(model.plan().orElseThrow()).isEqualTo(PinnedPlan.DEFAULT.plan());
    assertThat(model.provenance().epochs()).isEqualTo(2);
    assertThat(model.provenance().dataSha256())
        .containsEntry(
            "train-images-idx3-ubyte",
            "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db");
    assertThat(model.provenance().versions()).containsKeys("handspun", "java", "spark");

    JsonNode evaluated =
        json(quickShell().run(HANDSPUN, "evaluate", "run1/model.handspun", "--json"));
    assertThat(evaluated.get("parametersSha256").textValue()).isEqualTo(Trainings.sha256(trained));
    assertThat(trained.out())
        .contains("(" + evaluated.get("testCorrect").intValue() + " of 10000)");
    assertThat(evaluated.get("testAccuracy").doubleValue())
        .isEqualTo(model.provenance().testAccuracy());
  }

  private void theNetworkIsNotLostWhereItsFileCannotBeWritten() throws Exception {
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Files.delete(folder.resolve("run1/model.handspun"));
    Files.createDirectory(folder.resolve("run1/model.handspun"));
    Result result =
        quickShell()
            .with("HANDSPUN_JAVA_OPTS", Trainings.QUICK_JAVA + " -Djava.io.tmpdir=" + elsewhere)
            .run(HANDSPUN, "train", "--resume", "run1", "--epochs", "3");
    assertThat(result.exit()).isEqualTo(1);
    Path saved = elsewhere.resolve("handspun-run1-model.handspun");
    assertThat(result.err())
        .contains("Could not write run1/model.handspun: it is a folder")
        .contains("saved as " + saved);
    assertThat(ModelFile.read(Location.of(saved)).provenance().epochs()).isEqualTo(3);
  }

  private static void endsInTheSameBitsWithoutVectorsAndTellsAllItsFigures(JsonNode json) {
    assertThat(json.get("parametersSha256").textValue()).isEqualTo(PinnedPlan.DEFAULT.sha256());
    assertThat(json.get("testAccuracy").doubleValue()).isGreaterThan(0.88);
    assertThat(json.get("testCorrect").intValue()).isGreaterThan(8800);
    assertThat(json.get("epochSeconds")).hasSize(2);
    assertThat(json.get("trainSeconds").doubleValue()).isPositive();
    assertThat(json.get("computeSeconds")).hasSize(1);
    assertThat(json.get("waitSeconds").get(0).doubleValue()).isZero();
    assertThat(json.get("bytesExchanged").longValue()).isZero();
    assertThat(json.get("lanes").intValue()).isEqualTo(1);
    assertThat(json.get("strategy").textValue()).isEqualTo("exchange");
    assertThat(json.get("partitions").intValue()).isEqualTo(1);
    assertThat(json.get("kernels").textValue()).isEqualTo("scalar");
  }

  @Test
  void lanesThatLearnOnTheirOwnGiveTheSameBitsAsJobsAndTheirPlanRepeatsThemBySparkSubmit()
      throws Exception {
    PinnedPlan pinned = PinnedPlan.ONE_AVERAGE_AN_EPOCH;
    String[] jobs = {"--aggregate", "jobs", "--partitions", "2", "--master", "local[2]", "--json"};
    Result result = quickShell().run(command(pinned.options(jobs)));
    JsonNode json = json(result);
    assertThat(json.get("strategy").textValue()).isEqualTo("jobs");
    assertThat(json.get("lanes").intValue()).isEqualTo(3);
    assertThat(json.get("localSteps").textValue()).isEqualTo("epoch");
    assertThat(result.err()).contains("learning rate 1.5, seed 77, lanes 3, local steps epoch");
    assertThat(json.get("parametersSha256").textValue()).isEqualTo(pinned.sha256());
    assertThat(
            ModelFile.read(Location.of(folder.resolve("run1/model.handspun"))).plan().orElseThrow())
        .extracting(Plan::localSteps)
        .isEqualTo(LocalSteps.EPOCH);

    JsonNode submitted = json(submit("--config", "run1/plan.conf"));
    assertThat(submitted.get("strategy").textValue()).isEqualTo("exchange");
    assertThat(submitted.get("partitions").intValue()).isBetween(1, 2);
    assertThat(submitted.get("parametersSha256").textValue()).isEqualTo(pinned.sha256());
  }

  /** LauncherIT has our launcher with the user's Spark. */
  private Result submit(String... options) throws Exception {
    Path spark = Files.createDirectory(folder.resolve("spark"));
    SparkHome.layOut(spark, ROOT.resolve("target/spark/jars"));
    String jar = ROOT.resolve("target/handspun.jar").toString();
    String submit = spark.resolve("bin/spark-submit").toString();
    String[] command = {
      submit,
      "--master",
      "local[2]",
      "--driver-java-options",
      Trainings.QUICK_JAVA,
      jar,
      "train",
      "--run=submitted",
      "--json"
    };
    Result result = shell().with("SPARK_HOME", spark.toString()).run(words(command, options));
    Files.delete(spark.resolve("jars"));
    return result;
  }

  @Test
  void severalSeedsHaveMeanAndSpreadAndEachTheBitsThatItHasAlone() throws Exception {
    Result result =
        quickShell().run(command(PinnedPlan.FEW_EXAMPLES.options("--seeds", "2", "--json")));
    JsonNode json = json(result);
    JsonNode seeds = json.get("seeds");
    assertThat(seeds).hasSize(2);
    assertThat(seeds.get(0).get("parametersSha256").textValue())
        .isEqualTo(PinnedPlan.FEW_EXAMPLES.sha256());
    assertThat(seeds.get(1).get("seed").intValue()).isEqualTo(2);
    double first = seeds.get(0).get("testAccuracy").doubleValue();
    double second = seeds.get(1).get("testAccuracy").doubleValue();
    assertThat(json.get("testAccuracy").get("mean").doubleValue())
        .isCloseTo((first + second) / 2, within(1e-12));
    assertThat(json.get("testAccuracy").get("max").doubleValue())
        .isEqualTo(Math.max(first, second));
    assertThat(result.err())
        .contains("seeds     2, each with a run of its own in run1", "Seed 2 (2 of 2)", " mean  ")
        .containsPattern("Now draw digits .*: +bin/handspun serve --model run1/seed-[12]/model");
    assertThat(folder.resolve(seeds.get(1).get("model").textValue())).isNotEmptyFile();
  }

  @Test
  void aHopelessLearningRateEndsInAdviceAndTheLastGoodParameters() throws Exception {
    Result result =
        quickShell()
            .run(
                command(
                    "--preset=seed", "--rate=30000", "--validation=55000", "--master=local[2]"));
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err())
        .contains("handspun: The network stopped learning", "30000.0", "run1/model.handspun")
        .doesNotContain("\tat ");
    assertThat(
            ModelFile.read(Location.of(folder.resolve("run1/model.handspun"))).network().isFinite())
        .isTrue();
  }
}
