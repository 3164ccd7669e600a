package handspun.cli;

import handspun.HandspunException;
import handspun.UsageException;
import handspun.files.HadoopUser;
import handspun.run.Versions;
import handspun.spark.DriverJava;
import java.io.PrintWriter;
import java.nio.file.InvalidPathException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The program: {@code handspun COMMAND}. */
@Command(
    name = "handspun",
    description = "A neural network that reads handwritten digits, trained on Apache Spark.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    scope = ScopeType.INHERIT,
    subcommands = {
      TrainCommand.class,
      TuneCommand.class,
      EvaluateCommand.class,
      CompareCommand.class,
      PredictCommand.class,
      ServeCommand.class,
      ImportCommand.class,
      ExportCommand.class,
      ClusterCommand.class,
      GenerateCommand.class,
      ShowCommand.class,
      ShellCommand.class
    })
public final class Main implements Runnable {
  /** Exit status of a failure that the user's input did not cause by its form. */
  static final int FAILURE = 1;

  /** Exit status of wrong use. */
  static final int WRONG_USE = 2;

  private static final String BENCH = "bench";

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Show the stack trace of an error.")
  private boolean debug;

  @Spec private CommandSpec spec;

  private Main() {}

  /** Runs a command and ends the process with its exit status. */
  public static void main(String[] args) {
    main(List.of(), args);
  }

  /** The same with benchmarks, commands below {@code bench}, which are not in the program's jar. */
  public static void main(List<?> benchmarks, String[] args) {
    int status;
    // Sentences are in English, and so are their numbers; any other language has data to be loaded,
    // at every start.
    Locale.setDefault(Locale.Category.FORMAT, Locale.US);
    try {
      HadoopUser.ensureName();
      JavaWarning.ofThisJava().ifPresent(warning -> System.err.println("Note: " + warning));
      status = execute(commandLine(benchmarks), args);
    } catch (NoClassDefFoundError e) {
      if (!e.getMessage().contains("/")) {
        // Not missing, but failed while it was made ready.
        throw e;
      }
      System.err.println(
          "handspun: %s is missing: start Handspun with bin/handspun or spark-submit, which bring Spark and its libraries."
              .formatted(e.getMessage().replace('/', '.')));
      status = FAILURE;
    }
    if (status != 0 || !RemoteDriver.mustReturn()) {
      System.exit(status);
    }
  }

  /**
   * Runs a command, or a benchmark of those below {@code bench}, without ending the process.
   *
   * @param out for results
   * @param err for errors
   * @return the exit status: 0, {@value #FAILURE} or {@value #WRONG_USE}
   */
  public static int run(List<?> benchmarks, PrintWriter out, PrintWriter err, String... args) {
    return execute(commandLine(benchmarks).setOut(out).setErr(err), args);
  }

  private static int execute(CommandLine line, String... args) {
    try {
      NameEncoding.require(args);
    } catch (UsageException e) {
      return report(new ParameterException(line, e.getMessage(), e), false);
    }
    return line.execute(args);
  }

  private static CommandLine commandLine(List<?> benchmarks) {
    Main main = new Main();
    CommandLine line = new CommandLine(main);
    CommandLine bench = line.getSubcommands().get(BENCH);
    benchmarks.forEach(bench::addSubcommand);
    bench.setUnmatchedArgumentsAllowed(benchmarks.isEmpty());
    line.setExecutionStrategy(Main::run);
    line.setParameterExceptionHandler((e, given) -> report(e, main.debug));
    line.setExecutionExceptionHandler((e, commandLine, parsed) -> main.report(e, commandLine));
    return line;
  }

  private static int run(ParseResult parsed) {
    if (RemoteDriver.isMeant() && parsed.hasSubcommand()) {
      CommandSpec command = parsed.subcommand().commandSpec();
      try {
        RemoteDriver.requireFit(command);
      } catch (UsageException e) {
        throw new ExecutionException(command.commandLine(), e.getMessage(), e);
      }
      if (RemoteDriver.isSubmission()) {
        command.commandLine().getOut().println(DriverJava.options());
        return 0;
      }
    }
    return new CommandLine.RunLast().execute(parsed);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "There is no command.");
  }

  /** Measurements, which {@code bin/handspun bench} builds and adds: the package handspun.bench. */
  @Command(
      name = BENCH,
      description = "Measure how fast training, its inner loops and the server are.")
  void bench() {
    CommandLine bench = spec.subcommands().get(BENCH);
    String benchmarks =
        bench.getSubcommands().values().stream()
            .map(CommandLine::getCommandSpec)
            .filter(benchmark -> !benchmark.usageMessage().hidden())
            .map(CommandSpec::name)
            .collect(Collectors.joining(", "));
    if (benchmarks.isEmpty()) {
      throw new UsageException(
          "There are no benchmarks in handspun.jar: run bin/handspun bench, which builds them.");
    }
    throw new ParameterException(bench, "bench needs a benchmark: one of " + benchmarks + ".");
  }

  private static int report(ParameterException e, boolean debug) {
    CommandLine line = e.getCommandLine();
    PrintWriter err = line.getErr();
    err.println("handspun: " + e.getMessage());
    Optional<String> meant = TrainOptions.meant(e);
    if (meant.isPresent()) {
      err.println("Did you mean %s?".formatted(meant.get()));
    } else if (!CommandLine.UnmatchedArgumentException.printSuggestions(e, err)) {
      err.println("Try: " + line.getCommandSpec().qualifiedName() + " --help");
    }
    if (debug) {
      e.printStackTrace(err);
    }
    return WRONG_USE;
  }

  private int report(Exception e, CommandLine line) {
    PrintWriter err = line.getErr();
    if (e instanceof HandspunException) {
      err.println("handspun: " + e.getMessage());
    } else if (e instanceof InvalidPathException path) {
      err.println(
          "handspun: %s is not a path on this machine, in this locale: %s."
              .formatted(path.getInput().replace('\0', '?'), path.getReason()));
    } else {
      err.println(
          "handspun: something went wrong that should not have: %s%s"
              .formatted(e, debug ? "" : " (run again with --debug for the details)"));
    }
    if (debug) {
      e.printStackTrace(err);
    }
    return e instanceof UsageException || e instanceof InvalidPathException ? WRONG_USE : FAILURE;
  }

  /** Reads the version that the build wrote into the jar. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"handspun " + Versions.handspun()};
    }
  }
}
