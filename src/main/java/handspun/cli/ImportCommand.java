package handspun.cli;

import handspun.HandspunException;
import handspun.files.Location;
import handspun.network.Network;
import handspun.run.Versions;
import handspun.store.ImportedNetwork;
import handspun.store.Model;
import handspun.store.ModelFile;
import handspun.store.Provenance;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code handspun import}: a network that a Python program saved becomes a model. */
@Command(
    name = "import",
    description =
        "Make a model of a network that Python saved: a pickle, network2.py's JSON, or an .npz, of sizes, weights and biases.")
final class ImportCommand implements Runnable {
  @Parameters(index = "0", paramLabel = "FILE", description = "The saved network.")
  private Path saved;

  @Parameters(index = "1", paramLabel = "MODEL", description = "The model file to write.")
  private String model;

  @Option(names = "--force", description = "Replace MODEL if it exists.")
  private boolean force;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    Location file = Location.of(model, Map::of);
    requireNew(file, force);
    ImportedNetwork imported = ImportedNetwork.read(saved);
    Network network = imported.network();
    ModelFile.write(file, new Model(network, Optional.empty(), provenance()));
    spec.commandLine()
        .getOut()
        .printf(
            "Imported the network %s from %s into %s%nparameters SHA-256: %s%n",
            network.topology(), saved, model, network.sha256());
    imported
        .cost()
        .ifPresent(
            cost ->
                spec.commandLine()
                    .getOut()
                    .printf("its cost, %s, matters only to training and was not kept%n", cost));
  }

  private static Provenance provenance() {
    return new Provenance(
        "",
        Map.of(),
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        Versions.all(),
        0,
        Double.NaN,
        Double.NaN);
  }

  /** Refuses to write over a file unless that is wanted. */
  static void requireNew(Location file, boolean force) {
    try {
      if (!force && file.exists()) {
        throw new HandspunException(
            "%s exists already: choose another name, or replace it with --force.".formatted(file));
      }
    } catch (IOException e) {
      throw HandspunException.couldNot("look whether there is a file " + file, e);
    }
  }
}
