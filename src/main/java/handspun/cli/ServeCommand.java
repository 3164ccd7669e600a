package handspun.cli;

import handspun.HandspunException;
import handspun.UsageException;
import handspun.data.DataSources;
import handspun.files.Location;
import handspun.math.Kernels;
import handspun.read.DigitReader;
import handspun.read.Practice;
import handspun.serve.Access;
import handspun.serve.AccessLog;
import handspun.serve.Content;
import handspun.serve.DigitServer;
import handspun.serve.ModelFiles;
import handspun.store.Model;
import handspun.store.ModelFile;
import handspun.store.Runs;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code serve}: the page on which a person draws a digit. */
@Command(
    name = "serve",
    description = "Serve the page on which you draw a digit and watch the network read it.")
final class ServeCommand implements Callable<Integer> {
  private static final int MOST_MODELS = 100;

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
      names = "--collect",
      paramLabel = "DIR",
      description =
          "Store drawings that visitors say what they are in this folder, as IDX files for train --data data/mnist,DIR (default: none are stored).")
  private Path collect;

  @Option(
      names = "--access-log",
      paramLabel = "FILE",
      description =
          "Write a line for each request to this file; at 10 MB another is begun, and nine are kept (default: none).")
  private Path accessLog;

  @Option(
      names = "--access-log-format",
      paramLabel = "FORMAT",
      defaultValue = "combined",
      description =
          "How: combined, as Apache and nginx do, or json, an object a line (default: ${DEFAULT-VALUE}).")
  private String accessLogFormat;

  @Mixin private AccessOptions accessOptions;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    Access access = accessOptions.access();
    // Before anything else may log.
    Optional<AccessLog> log =
        Optional.ofNullable(accessLog).map(path -> AccessLog.open(path, format()));
    Path home = Home.resolve("");
    Choice choice = choose(home);
    String file = choice.file.toString();
    ModelFiles models =
        new ModelFiles(file, choice.model, () -> newest(home, choice.file), () -> models(home));
    Content content =
        Content.of(models)
            .with(ServeCommand::data)
            .collecting(Optional.ofNullable(collect))
            .logging(log)
            .telling(this::say);
    try (DigitServer server =
        DigitServer.start(content, Kernels.fastest(), access, accessOptions.host(), port)) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server)));
      say(
          "Draw a digit at %s (model %s%s; Ctrl-C ends)"
              .formatted(accessOptions.link(server), file, choice.origin));
      accessOptions.warning(server).ifPresent(spec.commandLine().getErr()::println);
      if (collect != null) {
        say(
            "Whoever reaches this page may store drawings in %s; train with them: bin/handspun train --data data/mnist,%s"
                .formatted(collect, collect));
      }
      Practice.read(DigitReader.of(choice.model, Kernels.fastest()));
      server.practise();
      // Ctrl-C ends the process, and with it this.
      new CountDownLatch(1).await();
    }
    return 0;
  }

  private AccessLog.Format format() {
    return Stream.of(AccessLog.Format.values())
        .filter(one -> one.toString().equals(accessLogFormat))
        .findFirst()
        .orElseThrow(
            () ->
                new UsageException(
                    "--access-log-format is \"%s\", but must be combined or json."
                        .formatted(accessLogFormat)));
  }

  private static void stop(DigitServer server) {
    SecondSignal.endsAtOnce();
    server.close();
  }

  private void say(String line) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(line);
    out.flush();
  }

  /** A model, where it was read, and words to say behind its name. */
  private record Choice(Location file, Model model, String origin) {
    static Choice read(Location file, String origin) {
      return new Choice(file, ModelFile.read(file), origin);
    }
  }

  private Choice choose(Path home) {
    if (model != null) {
      return Choice.read(Location.of(model, Map::of), "");
    }
    Optional<HandspunException> failure = Optional.empty();
    for (Runs.Written newest : Runs.models(home.resolve("runs"))) {
      try {
        return Choice.read(Location.of(newest.model()), "");
      } catch (HandspunException e) {
        // The server tells of the newest that it is refused; one before it will do.
        failure = failure.or(() -> Optional.of(e));
      }
    }
    if (failure.isPresent() && !Files.isRegularFile(bundled(home))) {
      throw failure.get();
    }
    return Choice.read(Location.of(bundledModel(home)), ", which comes with Handspun");
  }

  /** The model that is to be served now. One that was named and is elsewhere stays as it was. */
  private Optional<Runs.Written> newest(Path home, Location named) {
    return model == null
        ? Runs.models(home.resolve("runs")).stream().findFirst()
        : named.local().flatMap(Runs::written);
  }

  /** Those that may be asked for: of the last runs, and the one that comes with Handspun. */
  private static List<Runs.Written> models(Path home) {
    return Stream.concat(
            Runs.models(home.resolve("runs")).stream().limit(MOST_MODELS),
            Runs.written(bundled(home)).stream())
        .toList();
  }

  /** Where {@code evaluate} looks. */
  private static DataSources data() {
    return Settings.read(null, Map.of(), Map::of).data();
  }

  private static Path bundled(Path home) {
    return home.resolve("data").resolve("models").resolve("drawn.handspun");
  }

  private static Path bundledModel(Path home) {
    Path bundled = bundled(home);
    if (!Files.isRegularFile(bundled)) {
      throw new HandspunException(
          "There is no model under %s yet, nor %s, which comes with Handspun: run bin/handspun train first, or name a model with --model."
              .formatted(home.resolve("runs"), bundled));
    }
    return bundled;
  }
}
