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
import picocli.CommandLine.Option;

/** The option that says what a measured server serves. */
final class ServedModelOption {
  private static final Topology USUAL = new Topology(784, 16, 16, 10);

  @Option(
      names = "--model",
      paramLabel = "FILE",
      description = "What is served (default: a network 784-16-16-10 that has learned nothing).")
  private Path model;

  /**
   * @param folder where a model with initial weights is written if none was named: how long a
   *     reading takes does not depend on what was learned
   * @return the model's file
   */
  Path file(Path folder) {
    if (model != null) {
      return model;
    }
    Path file = folder.resolve("bench.handspun");
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
