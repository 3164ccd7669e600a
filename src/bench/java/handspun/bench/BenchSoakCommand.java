package handspun.bench;

import handspun.HandspunException;
import handspun.UsageException;
import handspun.cli.Home;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code handspun bench soak}: whether the server can be left running. */
@Command(
    name = "soak",
    description =
        "Send serve many requests of all kinds over 64 connections, and see whether an answer is"
            + " wrong, and whether heap and file descriptors grow.")
final class BenchSoakCommand implements Runnable {
  @Option(
      names = "--requests",
      paramLabel = "N",
      defaultValue = "100000",
      description = "How many (default: ${DEFAULT-VALUE}).")
  private long requests;

  @Mixin private ServedModelOption model;

  @Mixin private OutOption out;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    if (requests < SoakBench.LEAST_REQUESTS) {
      throw new UsageException(
          "requests is %d, but must be at least %d.".formatted(requests, SoakBench.LEAST_REQUESTS));
    }
    Path folder = out.folder();
    PrintWriter err = spec.commandLine().getErr();
    SoakReport report =
        new SoakBench(new Project(Home.folder()), requests, err::println)
            .run(model.file(folder), folder);
    PrintWriter results = spec.commandLine().getOut();
    results.print(report);
    results.println("table        " + folder.resolve("soak.csv"));
    results.println("logs         " + folder.resolve("logs"));
    results.flush();
    if (report.errorCount() > 0) {
      throw new HandspunException(
          "%d of %d requests got a wrong answer, or none: see above which."
              .formatted(report.errorCount(), report.last().requests()));
    }
  }
}
