package handspun.cli;

import static handspun.cli.Trainings.json;
import static handspun.cli.Trainings.words;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import handspun.cli.Shell.Result;
import handspun.data.DatasetReader;
import handspun.data.TrainingData;
import handspun.files.Location;
import handspun.run.Engine;
import handspun.run.RunFolder;
import handspun.run.Trained;
import handspun.run.Training;
import handspun.store.CheckpointFile;
import handspun.train.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that are killed, stopped and moved, and go on as if nothing had been. */
class ResumeIT {
  /** Ten mini-batches of eight lanes an epoch. */
  private static final List<String> PLAN =
      List.of("--preset", "seed", "--batch", "1000", "--validation", "50000", "--seed", "3");

  @TempDir private Path folder;

  private Shell.Running train(String... options) throws IOException {
    Trainings trainings = new Trainings(folder);
    return trainings.shell().start(trainings.command(words(new String[] {"train"}, options)));
  }

  private int epochsSaved() {
    Path file = folder.resolve("run/checkpoint.handspun");
    return Files.exists(file) ? CheckpointFile.read(Location.of(file)).state().epochsDone() : 0;
  }

  private void awaitEpochs(int epochs, Shell.Running running) throws InterruptedException {
    while (epochsSaved() < epochs) {
      assertThat(running.process().isAlive()).as("training is on its way").isTrue();
      Thread.sleep(20);
    }
  }

  @Test
  void aRunThatIsKilledStoppedAndMovedEndsInTheBitsOfAnUndisturbedOne() throws Exception {
    List<String> begin = new ArrayList<>(List.of("--run", "run", "--epochs", "100000"));
    begin.addAll(List.of("--master", "local[2]", "--partitions", "2"));
    begin.addAll(PLAN);
    long started = System.nanoTime();
    Shell.Running running = train(begin.toArray(String[]::new));
    awaitEpochs(2, running);
    long start = System.nanoTime() - started;
    running.process().destroyForcibly().waitFor();
    int killed = epochsSaved();

    running = train("--resume", "run", "--master", "local[1]");
    awaitEpochs(killed + 2, running);
    Result second = train("--resume", "run").await();
    assertThat(second.exit()).isEqualTo(1);
    assertThat(second.err()).contains("The run run is being trained by another process");
    String pid = String.valueOf(running.process().pid());
    // Whoever starts the tests in the background of a shell has them ignore Ctrl-C.
    String signal = ignoresCtrlC(pid) ? "-TERM" : "-INT";
    long told = System.nanoTime();
    assertThat(new Shell(folder).run("kill", signal, pid).exit()).isZero();
    Result interrupted = running.await();
    // Two seconds are promised, where a start takes four; on a slower machine both take longer.
    assertThat(System.nanoTime() - told).isLessThan(2 * start);
    int stopped = epochsSaved();
    // Ended by the signal; or, where Spark does not stop in time, by the program, as after Ctrl-C.
    assertThat(interrupted.exit()).isIn(130, signal.equals("-INT") ? 130 : 143);
    assertThat(interrupted.out()).contains("run, resumed after epoch " + killed);
    assertThat(interrupted.err())
        .contains("Stopped: " + stopped + " of 100000 epochs are done and saved")
        .contains("go on with: bin/handspun train --resume run")
        .doesNotContain("\tat ");
    try (Stream<Path> files = Files.list(folder.resolve("run"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .as("no half model")
          .containsExactlyInAnyOrder(
              "checkpoint.handspun", "epochs", "metrics.csv", "plan.conf", ".lock");
    }

    String end = String.valueOf(stopped + 2);
    JsonNode resumed =
        json(train("--resume", "run", "--epochs", end, "--aggregate", "jobs", "--json"));
    Trained undisturbed = trainUndisturbed("other");
    assertThat(resumed.get("parametersSha256").textValue())
        .isEqualTo(undisturbed.network().sha256());
    assertThat(resumed.get("testCorrect").intValue()).isEqualTo(undisturbed.test().correct());
    assertThat(resumed.get("resumedAfterEpoch").intValue()).isEqualTo(stopped);
    assertThat(resumed.get("epochSeconds")).hasSize(stopped + 2);
    assertThat(figures("run")).isEqualTo(figures("other")).hasSize(stopped + 3);
    assertThat(epochs("run")).containsExactlyEntriesOf(epochs("other")).hasSize(stopped + 3);
    assertThat(folder.resolve("run/plan.conf"))
        .content()
        .contains("epochs = " + end + "\n")
        .containsSubsequence(
            "# Resumed after epoch " + killed + "\n", "# Resumed after epoch " + stopped + "\n");
  }

  /** The same plan to the same epoch, by threads of this process. */
  private Trained trainUndisturbed(String name) {
    Plan plan = CheckpointFile.read(Location.of(folder.resolve("run/checkpoint.handspun"))).plan();
    TrainingData data = DatasetReader.read(Path.of("data/mnist"), 50_000);
    try (RunFolder other = RunFolder.create(Location.of(folder.resolve(name)))) {
      return new Training(plan, data, other, Engine.threads()).train();
    }
  }

  private static boolean ignoresCtrlC(String pid) throws IOException {
    Path status = Path.of("/proc", pid, "status");
    return Files.exists(status)
        && Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0);
  }

  /** All that was kept of a run's epochs: files by name. */
  private Map<String, byte[]> epochs(String run) throws IOException {
    Map<String, byte[]> epochs = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder.resolve(run).resolve("epochs"))) {
      for (Path file : files.toList()) {
        epochs.put(file.getFileName().toString(), Files.readAllBytes(file));
      }
    }
    return epochs;
  }

  /** The rows of a run's table, without what clocks and partitions told. */
  private List<String> figures(String run) throws IOException {
    return Files.readAllLines(folder.resolve(run).resolve("metrics.csv")).stream()
        .map(row -> String.join(",", List.of(row.split(",")).subList(0, 5)))
        .toList();
  }
}
