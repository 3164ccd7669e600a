package handspun.cluster;

import handspun.HandspunException;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A process in the background that outlives whoever started it, known by a file that holds its
 * number and when it started: numbers are given again.
 *
 * @param folder where its files are
 * @param name such as {@code worker-1}
 */
record Daemon(Path folder, String name) {
  private static final Duration GRACE = Duration.ofSeconds(10);
  private static final Duration CLOCK_STEPS = Duration.ofSeconds(10);

  Path log() {
    return folder.resolve(name + ".log");
  }

  private Path file() {
    return folder.resolve(name + ".pid");
  }

  /**
   * Runs a command that goes on when the terminal is closed, in this process's environment and
   * more.
   */
  void start(List<String> command, Map<String, String> environment) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true).redirectOutput(log().toFile());
    builder.redirectInput(new File("/dev/null"));
    try {
      Process process = builder.start();
      Files.writeString(file(), process.pid() + " " + startOf(process.toHandle()) + "\n");
    } catch (IOException e) {
      throw HandspunException.couldNot(
          "start %s of the cluster with its files in %s".formatted(name, folder), e);
    }
  }

  /** {@return the process; empty if it has ended} */
  Optional<ProcessHandle> process() {
    String[] words;
    try {
      words = Files.readString(file()).strip().split(" ");
    } catch (IOException e) {
      return Optional.empty();
    }
    if (words.length != 2 || !words[0].matches("[0-9]{1,18}")) {
      return Optional.empty();
    }
    return ProcessHandle.of(Long.parseLong(words[0]))
        .filter(ProcessHandle::isAlive)
        .filter(found -> isNear(startOf(found), Instant.parse(words[1])));
  }

  /** Ends the process, first politely, and forgets it. */
  void stop() {
    process()
        .ifPresent(
            process -> {
              process.destroy();
              try {
                process.onExit().get(GRACE.toMillis(), TimeUnit.MILLISECONDS);
              } catch (TimeoutException e) {
                process.destroyForcibly();
              } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
              } catch (ExecutionException e) {
                throw new IllegalStateException(e);
              }
            });
    try {
      Files.deleteIfExists(file());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Linux reckons the start from the clock, so a clock that is set moves it. */
  private static boolean isNear(Instant found, Instant expected) {
    return Duration.between(found, expected).abs().compareTo(CLOCK_STEPS) < 0;
  }

  private static Instant startOf(ProcessHandle process) {
    return process.info().startInstant().orElse(Instant.EPOCH);
  }
}
