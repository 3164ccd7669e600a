package handspun.cli;

import handspun.HandspunException;
import handspun.data.DataSources;
import handspun.files.Location;
import handspun.math.Kernels;
import handspun.read.DigitReader;
import handspun.read.Practice;
import handspun.serve.Content;
import handspun.serve.DigitServer;
import handspun.store.Model;
import handspun.store.ModelFile;
import handspun.store.Runs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code serve}: the page on which a person draws a digit. */
@Command(
    name = "serve",
    description = "Serve the page on which you draw a digit and watch the network read it.")
final class ServeCommand implements Callable<Integer> {
  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description =
          "Model file (default: the newest under runs/; if there is none, data/models/drawn.handspun).")
  private String model;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8501",
      description = "Port, 0 for any that is free (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description =
          "Address of this machine to listen at; 0.0.0.0 lets others in (default: ${DEFAULT-VALUE}).")
  private String host;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    Choice choice = choose();
    String file = choice.file.toString();
    Model read = ModelFile.read(choice.file);
    try (DigitServer server =
        DigitServer.start(
            new Content(file, read, ServeCommand::data), Kernels.fastest(), host, port)) {
      Runtime.getRuntime().addShutdownHook(new Thread(server::close));
      spec.commandLine()
          .getOut()
          .println(
              "Draw a digit at %s (model %s%s; Ctrl-C ends)"
                  .formatted(server.address(), file, choice.origin));
      spec.commandLine().getOut().flush();
      Practice.read(DigitReader.of(read, Kernels.fastest()));
      // Ctrl-C ends the process, and with it this.
      new CountDownLatch(1).await();
    }
    return 0;
  }

  /** A model, and words to say behind its name. */
  private record Choice(Location file, String origin) {}

  private Choice choose() {
    if (model != null) {
      return new Choice(Location.of(model, Map::of), "");
    }
    Path home = Home.resolve("");
    return Runs.newestModel(home.resolve("runs"))
        .map(newest -> new Choice(Location.of(newest), ""))
        .orElseGet(
            () -> new Choice(Location.of(bundledModel(home)), ", which comes with Handspun"));
  }

  /** Where {@code evaluate} looks. */
  private static DataSources data() {
    return Settings.read(null, Map.of(), Map::of).data();
  }

  private static Path bundledModel(Path home) {
    Path bundled = home.resolve("data").resolve("models").resolve("drawn.handspun");
    if (!Files.isRegularFile(bundled)) {
      throw new HandspunException(
          "There is no model under %s yet, nor %s, which comes with Handspun: run bin/handspun train first, or name a model with --model."
              .formatted(home.resolve("runs"), bundled));
    }
    return bundled;
  }
}
