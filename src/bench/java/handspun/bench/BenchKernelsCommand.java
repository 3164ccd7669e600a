package handspun.bench;

import handspun.cli.Home;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code handspun bench kernels}: the inner loops by themselves. */
@Command(
    name = "kernels",
    description =
        "Measure each kernel without vectors and with vectors of every width, beside what this"
            + " machine's arithmetic and memory can do at most. Takes about 5 minutes.")
final class BenchKernelsCommand implements Runnable {
  @Option(
      names = "--quick",
      description = "Run each for a moment only, to see that it runs: the figures mean nothing.")
  private boolean quick;

  @Mixin private OutOption out;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    Path folder = out.folder();
    PrintWriter err = spec.commandLine().getErr();
    KernelBench bench =
        new KernelBench(new Project(Home.folder()), Machine.thisOne(), err::println);
    String table = bench.run(folder.toAbsolutePath(), quick);
    PrintWriter results = spec.commandLine().getOut();
    results.println(table);
    results.println("table      " + folder.resolve("kernels.csv"));
    results.println("logs       " + folder.resolve("logs"));
    results.flush();
  }
}
