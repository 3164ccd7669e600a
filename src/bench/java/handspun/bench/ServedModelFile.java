package handspun.bench;

import handspun.files.Location;
import handspun.network.Initializer;
import handspun.network.Network;
import handspun.network.Topology;
import handspun.store.Model;
import handspun.store.ModelFile;
import handspun.store.Provenance;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** What a measured server serves. */
final class ServedModelFile {
  private static final String ENDING = ".handspun";
  private static final Topology USUAL = new Topology(784, 16, 16, 10);

  private ServedModelFile() {}

  /**
   * Makes a model with initial weights: how long a reading takes does not depend on what was
   * learned.
   *
   * @param folder for its file
   * @return the file
   */
  static Path make(Path folder) {
    Path file = folder.resolve("bench" + ENDING);
    Network network = Network.random(USUAL, Initializer.NORMAL, 1);
    Provenance provenance = new Provenance("", Map.of(), "", Map.of(), 0, Double.NaN, Double.NaN);
    ModelFile.write(Location.of(file), new Model(network, Optional.empty(), provenance));
    return file;
  }

  /** {@return what a client names the model of a file: the SHA-256 of its parameters} */
  static String name(Path file) {
    return ModelFile.read(Location.of(file)).network().sha256();
  }
}
