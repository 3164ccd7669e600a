package handspun.bench;

import handspun.HandspunException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program that is run to its end, while its memory is watched. */
final class Child {
  private static final int WATCH_MILLISECONDS = 50;
  private static final int KILLED = 128;
  private static final int LAST_SIGNAL = 64;

  private Child() {}

  /**
   * What a program that succeeded left behind.
   *
   * @param lines that it printed
   * @param peakKilobytes the most memory that it held; 0 if the system does not tell
   */
  record Ended(List<String> lines, long peakKilobytes) {}

  /**
   * Runs a program to its end, which is also the end of it if this process is told to stop.
   *
   * @param command the program and its arguments
   * @param environment what to add to this process's own; an empty value takes a variable away
   * @param log what it prints goes to files of this name with .out and .err added
   * @return what it printed
   * @throws HandspunException if it cannot be started or fails: how it ended and its last words
   */
  static Ended run(List<String> command, Map<String, String> environment, Path log) {
    Path out = log.resolveSibling(log.getFileName() + ".out");
    Path err = log.resolveSibling(log.getFileName() + ".err");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    environment.forEach(
        (name, value) -> {
          if (value.isEmpty()) {
            builder.environment().remove(name);
          } else {
            builder.environment().put(name, value);
          }
        });
    try (Leash leash = new Leash()) {
      Process process = leash.start(builder);
      long peak = 0;
      while (!process.waitFor(WATCH_MILLISECONDS, TimeUnit.MILLISECONDS)) {
        peak = Math.max(peak, peakKilobytes(process.pid()));
      }
      List<String> lines = lines(out);
      if (process.exitValue() != 0) {
        throw new HandspunException(failure(process.exitValue(), lines, lines(err)));
      }
      return new Ended(lines, peak);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HandspunException("it was interrupted", e);
    }
  }

  /** That there is no such program, or that it may not be run. */
  static final class CannotStartException extends HandspunException {
    private static final long serialVersionUID = 1L;

    CannotStartException(String program, IOException e) {
      super(
          program
              + " cannot be started ("
              + e.getMessage().replaceAll("^Cannot run program .*: error=\\d+, ", "")
              + ")",
          e);
    }
  }

  private static String failure(int exit, List<String> out, List<String> err) {
    String how =
        exit > KILLED && exit <= KILLED + LAST_SIGNAL
            ? "it was killed by signal " + (exit - KILLED)
            : "it ended with exit status " + exit;
    String words = lastWords(err);
    if (words.isEmpty()) {
      words = lastWords(out);
    }
    return words.isEmpty() ? how + " without a word" : how + "; its last words: " + words;
  }

  private static String lastWords(List<String> lines) {
    return lines.stream()
        .filter(line -> !line.isBlank())
        .reduce((earlier, later) -> later)
        .map(String::strip)
        .orElse("");
  }

  private static List<String> lines(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new HandspunException(
          "what it printed to " + file + " cannot be read again: " + HandspunException.reason(e),
          e);
    }
  }

  /** Linux keeps the peak of a process's resident memory; other systems do not tell. */
  private static long peakKilobytes(long process) {
    try {
      for (String line : Files.readAllLines(Path.of("/proc", Long.toString(process), "status"))) {
        if (line.startsWith("VmHWM:")) {
          return Long.parseLong(line.replaceAll("\\D", ""));
        }
      }
    } catch (IOException e) {
      // Not Linux, or the process is just ending.
    }
    return 0;
  }
}
