package handspun.cli;

import handspun.UsageException;
import handspun.files.Location;
import handspun.spark.DriverJava;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * What a command must be like whose driver runs on some machine of a cluster, with {@code
 * --deploy-mode cluster}: there is nobody at a terminal, and the current folder is another one.
 * {@code bin/handspun} asks before it submits; the driver asks again, since Spark's own {@code
 * spark-submit} does not.
 */
final class RemoteDriver {
  /** Set by {@code bin/handspun} where a command is only to be checked, and then submitted. */
  private static final String SUBMISSION = "handspun.submission";

  private static final String MASTER = "spark.master";

  private static final List<String> COMMANDS = List.of("train", "tune", "generate");

  /** Each alone says where the results go. */
  private static final List<String> RESULTS = List.of("--run", "--resume", "--out");

  private static final List<String> PLACES =
      List.of(
          "--run",
          "--resume",
          "--out",
          "--data",
          "--config",
          "--space",
          "--teacher",
          "--event-log");

  private static final String MODULE_OPTIONS =
      Stream.of("java.lang", "java.lang.invoke", "java.nio", "java.util", "sun.nio.ch")
          .map(" --add-opens=java.base/%s=ALL-UNNAMED"::formatted)
          .reduce("--add-modules=jdk.incubator.vector", String::concat);

  private RemoteDriver() {}

  /** {@return whether the driver is, or is to be, on a cluster} */
  static boolean isMeant() {
    return System.getProperty("spark.submit.deployMode", "").equals("cluster")
        // In its pod, Spark starts it as if it were a client's.
        || Boolean.getBoolean("spark.kubernetes.submitInDriver");
  }

  /**
   * {@return whether a command that has ended well must not end its Java: YARN calls that failed}
   */
  static boolean mustReturn() {
    return isMeant() && System.getProperty(MASTER, "").equals("yarn");
  }

  /** {@return whether the command is only to be checked here} */
  static boolean isSubmission() {
    return Boolean.getBoolean(SUBMISSION);
  }

  /**
   * Checks a command before it is submitted, and again where its driver runs.
   *
   * @param command with its options, as typed
   * @throws UsageException if it cannot be run so
   */
  static void requireFit(CommandSpec command) {
    requireFit(command, System.getProperty(MASTER, "local[*]"));
    if (!isSubmission()) {
      requireHere(command);
    }
  }

  /**
   * @param command with its options, as typed
   * @param master Spark's
   * @throws UsageException if it cannot be run so
   */
  static void requireFit(CommandSpec command, String master) {
    if (!COMMANDS.contains(command.name())) {
      throw new UsageException(
          "With --deploy-mode cluster the driver runs on some machine of the cluster, where nobody can talk to %s: only these can run there: %s."
              .formatted(command.name(), String.join(", ", COMMANDS)));
    }
    if (master.startsWith("local")) {
      throw new UsageException(
          "--deploy-mode is cluster, but the master %s is this machine, not a cluster: name one with --master, or leave --deploy-mode out."
              .formatted(master));
    }
    if (typed(command, "--watch").isPresent()) {
      throw new UsageException(
          "--watch serves a page where the driver runs, which with --deploy-mode cluster is some machine of the cluster: leave one of them out.");
    }
    PLACES.forEach(option -> typed(command, option).ifPresent(place -> require(option, place)));
    if (RESULTS.stream().noneMatch(option -> typed(command, option).isPresent())) {
      throw new UsageException(
          "--run is missing, but with --deploy-mode cluster the driver runs on some machine of the cluster, and so the results must go to where you find them: name an absolute path or a URI that all machines reach, such as --run hdfs:///runs/1.");
    }
  }

  private static Optional<String> typed(CommandSpec command, String option) {
    return Optional.ofNullable(command.findOption(option))
        .map(OptionSpec::getValue)
        .map(String::valueOf);
  }

  private static void require(String option, String places) {
    for (String place : places.split(",")) {
      boolean isFound = Location.isUri(place) || Path.of(place).isAbsolute();
      if (!isFound && !place.equals("none")) {
        throw new UsageException(
            "%s is %s, but with --deploy-mode cluster the driver runs on some machine of the cluster, in another folder: name an absolute path or a URI that all machines reach, such as hdfs:///data."
                .formatted(option, place));
      }
    }
  }

  /** On the machine that the driver has come to. */
  private static void requireHere(CommandSpec command) {
    if (!DriverJava.isFit()) {
      throw new UsageException(
          "This driver was started without the options that Java needs for Spark, as a standalone Worker does: submit it with bin/handspun, or add --driver-java-options \"%s\"."
              .formatted(MODULE_OPTIONS));
    }
    Path data = Home.folder().resolve(TrainOptions.DATA.otherwise().orElseThrow());
    boolean saysData =
        Stream.of("--data", "--config", "--resume").anyMatch(o -> typed(command, o).isPresent());
    if (!saysData && !Files.exists(data)) {
      throw new UsageException(
          "There is no %s on %s, where the driver runs: put Handspun's folder there, or name data with --data that all machines of the cluster reach."
              .formatted(data.toAbsolutePath(), host()));
    }
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "the machine";
    }
  }
}
