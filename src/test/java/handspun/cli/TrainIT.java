package handspun.cli;

import static handspun.cli.Trainings.words;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import handspun.cli.Shell.Result;
import handspun.files.Location;
import handspun.store.Model;
import handspun.store.ModelFile;
import handspun.train.LocalSteps;
import handspun.train.Plan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
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

  private Result train(Shell shell, String... options) throws Exception {
    return shell.run(command(options));
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

  private JsonNode json(String... options) throws Exception {
    List<String> all = new ArrayList<>(List.of(options));
    all.add("--json");
    return json(train(shell(), all.toArray(String[]::new)));
  }

  @Test
  void aRunShowsItsPlanEveryEpochAndWhatComesNext() throws Exception {
    Result result = train(shell(), "--epochs", "3", "--master", "local[2]", "--partitions", "2");

    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(result.out())
        .contains("784-16-16-10: 13,002 weights and biases")
        .contains("50,000 training, 10,000 validation, 10,000 test")
        .contains("3 epochs of 5,000 mini-batches of 10, learning rate 3.0, 1 lane")
        .contains("local[2], aggregate exchange")
        .contains("2 partitions (as told)")
        .containsPattern(
            "Epoch 1 of 3   cost 0\\.\\d{4}   validation \\d\\d\\.\\d\\d %  \\d+ / 10000")
        .contains("Epoch 3 of 3")
        .containsPattern("Test +9\\d\\.\\d\\d % \\(9\\d{3} of 10000\\)")
        .containsPattern("work +slowest partition [01]: \\d+ % computing, \\d+ % waiting\n")
        .contains("bin/handspun serve --model run1/model.handspun")
        // Not a terminal: no escape codes, no progress bar.
        .doesNotContain("\u001b", "\r");
    try (Stream<Path> files = Files.list(folder.resolve("run1"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "model.handspun",
              "checkpoint.handspun",
              "metrics.csv",
              "plan.conf",
              "curve.svg",
              "confusion.svg",
              ".lock");
    }
    assertThat(Files.readAllLines(folder.resolve("run1/metrics.csv")))
        .hasSize(4)
        .last()
        .asString()
        .matches("3,.*,25000,25000,[.0-9]+,[.0-9]+,[.0-9]+,[.0-9]+,0,0");
    assertThat(folder.resolve("run1/curve.svg")).content().contains("<svg");
    assertThat(folder.resolve("run1/confusion.svg")).content().contains("<svg");
  }

  @Test
  void theSameSeedGivesTheSameBitsOnEveryMaster() throws Exception {
    Set<String> sums = new TreeSet<>();
    JsonNode first = json("--epochs", "2", "--master", "local[1]");
    sums.add(first.get("parametersSha256").textValue());
    for (String cores : List.of("2", "3")) {
      JsonNode json =
          json("--epochs", "2", "--master", "local[" + cores + "]", "--partitions", cores);
      assertThat(json.get("partitions").asText()).isEqualTo(cores);
      sums.add(json.get("parametersSha256").textValue());
    }
    // SameBitsOfKernelsTest has all kernels.
    Shell shell = shell().with("HANDSPUN_JAVA_OPTS", "-Dhandspun.kernels=scalar");
    JsonNode scalar = json(train(shell, "--epochs", "2", "--json"));
    assertThat(scalar.get("kernels").textValue()).isEqualTo("scalar");
    assertThat(scalar.get("partitions").intValue()).isPositive();
    sums.add(scalar.get("parametersSha256").textValue());
    assertThat(sums).hasSize(1);
    assertThat(first.get("testAccuracy").doubleValue()).isGreaterThan(0.88);
    assertThat(first.get("testCorrect").intValue()).isGreaterThan(8800);
    assertThat(first.get("epochSeconds")).hasSize(2);
    assertThat(first.get("trainSeconds").doubleValue()).isPositive();
    assertThat(first.get("computeSeconds")).hasSize(1);
    assertThat(first.get("waitSeconds").get(0).doubleValue()).isZero();
    assertThat(first.get("bytesExchanged").longValue()).isZero();
    assertThat(first.get("lanes").intValue()).isEqualTo(1);
    assertThat(first.get("strategy").textValue()).isEqualTo("exchange");
    assertThat(first.get("kernels").textValue()).isNotEmpty();
    assertThat(json("--epochs", "1", "--seed", "2").get("parametersSha256").textValue())
        .isNotIn(sums);
  }

  @Test
  void jobsGiveTheSameBitsAsTheExchange() throws Exception {
    // 1,000 examples: 100 jobs of 10. SameBitsTest has more lanes, and all else.
    Set<String> sums = new TreeSet<>();
    for (String aggregate : List.of("jobs", "exchange")) {
      JsonNode json =
          json(
              "--epochs",
              "1",
              "--validation",
              "59000",
              "--aggregate",
              aggregate,
              "--master",
              "local[2]");
      assertThat(json.get("strategy").textValue()).isEqualTo(aggregate);
      sums.add(json.get("parametersSha256").textValue());
    }
    assertThat(sums).hasSize(1);
  }

  @Test
  void lanesThatLearnOnTheirOwnGiveTheSameBitsEverywhereAndTheirPlanRepeatsThem() throws Exception {
    String[] options = {
      "--local-steps",
      "epoch",
      "--epochs",
      "2",
      "--validation",
      "56000",
      "--batch",
      "100",
      "--lanes",
      "3",
      "--seed",
      "77",
      "--rate",
      "1.5"
    };
    Set<String> sums = new TreeSet<>();
    for (String[] how : new String[][] {{"jobs", "2"}, {"exchange", "1"}}) {
      List<String> all = new ArrayList<>(List.of(options));
      all.addAll(List.of("--aggregate", how[0], "--partitions", how[1], "--master", "local[2]"));
      all.add("--json");
      Result result = train(shell(), all.toArray(String[]::new));
      JsonNode json = json(result);
      assertThat(json.get("lanes").intValue()).isEqualTo(3);
      assertThat(json.get("localSteps").textValue()).isEqualTo("epoch");
      assertThat(result.err()).contains("1.5, 3 lanes averaged once an epoch");
      sums.add(json.get("parametersSha256").textValue());
    }
    sums.add(json("--config", "run1/plan.conf").get("parametersSha256").textValue());
    assertThat(sums).hasSize(1);
    assertThat(
            ModelFile.read(Location.of(folder.resolve("run1/model.handspun"))).plan().orElseThrow())
        .extracting(Plan::localSteps)
        .isEqualTo(LocalSteps.EPOCH);
  }

  @Test
  void twoExecutorsGiveTheSameBitsToo() throws Exception {
    String[] small = {"--epochs", "1", "--validation", "59500"};
    JsonNode expected = json(small).get("parametersSha256");
    // With one job a mini-batch, ClusterIT does the same.
    String[] patiently = {"--json", "--spark", "--conf", "spark.handspun.slots.timeout=30m"};
    String[] cluster = words(small, "--master", "local-cluster[2,1,1024]");
    JsonNode json = json(train(shell(), words(cluster, patiently)));
    assertThat(json.get("partitions").intValue()).isEqualTo(2);
    assertThat(json.get("parametersSha256")).isEqualTo(expected);
  }

  @Test
  void sparkSubmitRunsTheJarAsTheLauncherDoes() throws Exception {
    Path spark = Files.createDirectory(folder.resolve("spark"));
    SparkHome.layOut(spark, ROOT.resolve("target/spark/jars"));
    String jar = ROOT.resolve("target/handspun.jar").toString();
    Result submitted =
        shell()
            .with("SPARK_HOME", spark.toString())
            .run(
                spark.resolve("bin/spark-submit").toString(),
                "--master",
                "local[2]",
                jar,
                "train",
                "--epochs",
                "1",
                "--run",
                "submitted",
                "--json");
    Result launched =
        train(
            shell().with("SPARK_HOME", spark.toString()),
            "--master",
            "local[2]",
            "--epochs",
            "1",
            "--json");
    assertThat(json(submitted).get("parametersSha256"))
        .isEqualTo(json(launched).get("parametersSha256"));
    assertThat(json(submitted).get("partitions").intValue()).isBetween(1, 2);
    Files.delete(spark.resolve("jars"));
  }

  @Test
  void theModelKnowsItsPlanAndOriginAndEvaluatesToTheSameFigures() throws Exception {
    JsonNode trained = json("--epochs", "1", "--layers", "784,20,10", "--rate", "2.5");
    Model model = ModelFile.read(Location.of(folder.resolve("run1/model.handspun")));
    assertThat(model.plan().orElseThrow().learningRate()).isEqualTo(2.5f);
    assertThat(model.plan().orElseThrow().topology()).hasToString("784-20-10");
    assertThat(model.provenance().epochs()).isEqualTo(1);
    assertThat(model.provenance().dataSha256())
        .containsEntry(
            "train-images-idx3-ubyte",
            "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db");
    assertThat(model.provenance().versions()).containsKeys("handspun", "java", "spark");

    JsonNode evaluated = json(shell().run(HANDSPUN, "evaluate", "run1/model.handspun", "--json"));
    for (String figure : List.of("parametersSha256", "testAccuracy", "testCorrect")) {
      assertThat(evaluated.get(figure)).as(figure).isEqualTo(trained.get(figure));
    }
  }

  @Test
  void aHopelessLearningRateEndsInAdviceAndTheLastGoodParameters() throws Exception {
    Result result =
        train(shell(), "--rate", "30000", "--validation", "55000", "--master", "local[2]");
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err())
        .contains("handspun: The network stopped learning", "30000.0", "run1/model.handspun")
        .doesNotContain("\tat ");
    assertThat(
            ModelFile.read(Location.of(folder.resolve("run1/model.handspun"))).network().isFinite())
        .isTrue();
  }

  @Test
  void aRunThatIsStoppedSaysHowToGoOnAndSavesNoHalfModel() throws Exception {
    Shell.Running running = shell().start(command("--epochs", "100000"));
    while (!Files.exists(folder.resolve("run1/metrics.csv"))) {
      assertThat(running.process().isAlive()).as("training is on its way").isTrue();
      Thread.sleep(50);
    }
    running.process().destroy();
    Result result = running.await();
    assertThat(result.exit()).isIn(130, 143);
    assertThat(result.err())
        .contains("100000 epochs are done and saved", "bin/handspun train --resume run1")
        .doesNotContain("\tat ");
    try (Stream<Path> files = Files.list(folder.resolve("run1"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("checkpoint.handspun", "metrics.csv", "plan.conf", ".lock");
    }
  }

  @Test
  void aNetworkIsNotLostWhereItsFileCannotBeWritten() throws Exception {
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    json("--epochs", "1", "--validation", "59000");
    Files.delete(folder.resolve("run1/model.handspun"));
    Files.createDirectory(folder.resolve("run1/model.handspun"));
    Result result =
        shell()
            .with("HANDSPUN_JAVA_OPTS", "-Djava.io.tmpdir=" + elsewhere)
            .run(HANDSPUN, "train", "--resume", "run1", "--epochs", "3");
    assertThat(result.exit()).isEqualTo(1);
    Path saved = elsewhere.resolve("handspun-run1-model.handspun");
    assertThat(result.err())
        .contains("Could not write run1/model.handspun: it is a folder")
        .contains("saved as " + saved);
    assertThat(ModelFile.read(Location.of(saved)).provenance().epochs()).isEqualTo(3);
  }

  @Test
  void twoRunsAtOnceDoNotDisturbEachOther() throws Exception {
    Shell.Running one = shell().start(command("--epochs", "1", "--json"));
    Shell.Running two = shell().start(command("--epochs", "1", "--json"));
    assertThat(json(one.await()).get("parametersSha256"))
        .isEqualTo(json(two.await()).get("parametersSha256"));
  }
}
