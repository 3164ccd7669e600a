package handspun.cli;

import handspun.files.Location;
import handspun.image.Preprocessing;
import handspun.network.Network;
import handspun.network.Outputs;
import handspun.store.Model;
import handspun.store.ModelFile;
import handspun.store.PickledNetwork;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code handspun export}: a model becomes a pickle that Python can load. */
@Command(
    name = "export",
    description = "Write a model as a pickle for Python: a dict of sizes, weights, biases.")
final class ExportCommand implements Runnable {
  @Parameters(index = "0", paramLabel = "MODEL", description = "The model file.")
  private String model;

  @Parameters(index = "1", paramLabel = "FILE.pkl", description = "The pickle to write.")
  private String pickle;

  @Option(names = "--force", description = "Replace FILE.pkl if it exists.")
  private boolean force;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    Location file = Location.of(pickle, Map::of);
    ImportCommand.requireNew(file, force);
    Model read = ModelFile.read(Location.of(model, Map::of));
    Network network = read.network();
    PickledNetwork.write(file, network);
    spec.commandLine()
        .getOut()
        .printf(
            "Exported the network %s from %s into %s%nparameters SHA-256: %s%n",
            network.topology(), model, pickle, network.sha256());
    if (network.units().outputs() != Outputs.SIGMOID) {
      spec.commandLine()
          .getErr()
          .printf(
              "handspun: warning: The network has %s outputs, and Python computes sigmoids in their place: the largest is the same, and so is the digit, but not the numbers.%n",
              network.units().outputs());
    }
    if (read.preprocessing() != Preprocessing.NONE) {
      spec.commandLine()
          .getErr()
          .printf(
              "handspun: warning: The network reads images after preprocess %s, which the pickle cannot say: do the same to images in Python (src/docs/training.md tells how), or they are read badly.%n",
              read.preprocessing());
    }
  }
}
