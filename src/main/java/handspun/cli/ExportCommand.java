package handspun.cli;

import handspun.network.Network;
import handspun.store.ModelFile;
import handspun.store.PickledNetwork;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code handspun export}: a model becomes a pickle that Python can load. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = "Write a model as a pickle for Python: a dict of sizes, weights, biases.")
final class ExportCommand implements Runnable {
  @Parameters(index = "0", paramLabel = "MODEL", description = "The model file.")
  private Path model;

  @Parameters(index = "1", paramLabel = "FILE.pkl", description = "The pickle to write.")
  private Path pickle;

  @Option(names = "--force", description = "Replace FILE.pkl if it exists.")
  private boolean force;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    ImportCommand.requireNew(pickle, force);
    Network network = ModelFile.read(model).network();
    PickledNetwork.write(pickle, network);
    spec.commandLine()
        .getOut()
        .printf(
            "Exported the network %s from %s into %s%nparameters SHA-256: %s%n",
            network.topology(), model, pickle, network.sha256());
  }
}
