package handspun.bench;

import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code handspun bench encryption}: what an encrypted exchange costs. */
@Command(
    name = "encryption",
    description = "Exchange vectors between two executors on this machine, plain and encrypted.")
final class BenchEncryptionCommand implements Runnable {
  @Mixin private BenchOptions options;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    EncryptionBench bench =
        new EncryptionBench(
            Machine.thisOne(), options.rounds(), EncryptionBench.FLOATS, err::println);
    Path folder = options.folder();
    out.println(bench.run(folder));
    out.println("table      " + folder.resolve("encryption.csv"));
    out.flush();
  }
}
