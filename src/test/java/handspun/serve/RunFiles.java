package handspun.serve;

import handspun.files.Location;
import handspun.network.Initializer;
import handspun.network.Network;
import handspun.network.Topology;
import handspun.store.Model;
import handspun.store.ModelFile;
import handspun.store.Provenance;
import handspun.train.Plan;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Folders of runs, as training leaves them, with networks that have learned nothing. */
record RunFiles(Path runs) {
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
    Path folder = Files.createDirectories(runs.resolve(run));
    // As training does: under another name first, so that it is there with its time at once.
    Path file = folder.resolve("unfinished");
    ModelFile.write(Location.of(file), model(seed));
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

  /** Keeps the parameters of an epoch, those of a network of that seed. */
  void keepEpoch(String run, int epoch, long seed) throws IOException {
    keepEpoch(runs.resolve(run), epoch, network(seed));
  }

  /** Keeps the parameters that a run had after an epoch. */
  static void keepEpoch(Path run, int epoch, Network network) throws IOException {
    byte[] payload = network.bytes();
    ByteBuffer file = ByteBuffer.allocate(52 + payload.length).order(ByteOrder.LITTLE_ENDIAN);
    file.put("HANDSPAR".getBytes(StandardCharsets.US_ASCII)).putInt(1).putLong(payload.length);
    file.put(sha256(payload)).put(payload);
    Path folder = Files.createDirectories(run.resolve("epochs"));
    Files.write(folder.resolve("epoch-%04d.handspun".formatted(epoch)), file.array());
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
