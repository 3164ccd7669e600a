package handspun.serve;

import handspun.files.Location;
import handspun.network.Initializer;
import handspun.network.Network;
import handspun.network.Topology;
import handspun.store.KeptEpochsWriter;
import handspun.store.Model;
import handspun.store.ModelFile;
import handspun.store.Provenance;
import handspun.train.EpochSummary;
import handspun.train.ModelState;
import handspun.train.Plan;
import handspun.train.TrainingState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.assertj.core.api.Assertions;

/** Folders of runs, as training leaves them, with networks that have learned nothing. */
record RunFiles(Path runs) {
  private static final int MEGABYTES = 100;

  static final Topology TOPOLOGY = new Topology(784, 16, 10);

  static Network network(long seed) {
    return Network.random(TOPOLOGY, Initializer.NORMAL, seed);
  }

  static Model model(long seed) {
    Plan plan = new Plan(TOPOLOGY, 1, 10, 3f, seed, 1);
    Provenance provenance =
        new Provenance("", Map.of(), "2026-01-02T03:04:05Z", Map.of(), 1, 0.5, seed / 100.0);
    return new Model(network(seed), Optional.of(plan), provenance);
  }

  /** Writes a run's model as if so many seconds after 1970. */
  Path write(String run, long seed, long seconds) throws IOException {
    return write(run, model(seed), seconds);
  }

  /** Writes a run's model as if so many seconds after 1970. */
  Path write(String run, Model model, long seconds) throws IOException {
    Path folder = Files.createDirectories(runs.resolve(run));
    // As training does: under another name first, so that it is there with its time at once.
    Path file = folder.resolve("unfinished");
    ModelFile.write(Location.of(file), model);
    return move(file, seconds);
  }

  /** Writes a file that is no model in its place. */
  Path writeBroken(String run, long seconds) throws IOException {
    Path file = Files.createDirectories(runs.resolve(run)).resolve("unfinished");
    Files.writeString(file, "HANDSPUN but not whole");
    return move(file, seconds);
  }

  private static Path move(Path file, long seconds) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(seconds)));
    return Files.move(
        file, file.resolveSibling("model.handspun"), StandardCopyOption.REPLACE_EXISTING);
  }

  /** Writes the table of what the epochs came to. */
  void writeMetrics(String run, String table) throws IOException {
    Files.writeString(runs.resolve(run).resolve("metrics.csv"), table);
  }

  /** Keeps the parameters of an epoch, those of a network of that seed. */
  void keepEpoch(String run, int epoch, long seed) {
    keepEpoch(run, epoch, network(seed));
  }

  /** Keeps the parameters that a run had after an epoch. */
  void keepEpoch(String run, int epoch, Network network) {
    Plan plan = new Plan(network.topology(), 1, 10, 3f, 1, 1);
    KeptEpochsWriter writer =
        new KeptEpochsWriter(Location.of(runs.resolve(run)), plan, MEGABYTES, Assertions::fail);
    writer.reached(stateAfter(epoch, network));
    writer.ended();
  }

  /**
   * {@return the state of a training after an epoch: each has read one more of 100 images right}
   */
  static TrainingState stateAfter(int epoch, Network network) {
    List<EpochSummary> epochs =
        IntStream.rangeClosed(1, epoch)
            .mapToObj(e -> new EpochSummary(e, 0.5 / e, 50 + e, 100, 1, List.of(1)))
            .toList();
    return new TrainingState(ModelState.NONE, network, network, epoch, epochs);
  }
}
