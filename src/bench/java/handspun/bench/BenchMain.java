package handspun.cli;

import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code handspun bench}: measurements. */
@Command(
    name = "bench",
    description = "Measure how fast training is, and its inner loops.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    subcommands = {
      BenchTrainCommand.class,
      BenchScalingCommand.class,
      BenchExchangeCommand.class,
      BenchKernelsCommand.class,
      BenchOracleCommand.class
    })
final class BenchCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    String benchmarks =
        spec.subcommands().values().stream()
            .map(CommandLine::getCommandSpec)
            .filter(benchmark -> !benchmark.usageMessage().hidden())
            .map(CommandSpec::name)
            .collect(Collectors.joining(", "));
    throw new ParameterException(
        spec.commandLine(), "bench is followed by no benchmark: name one of " + benchmarks + ".");
  }
}
