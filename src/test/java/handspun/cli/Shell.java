package handspun.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import handspun.StartedProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs programs as a person at a terminal would. */
final class Shell {
  /** Only against hanging: a machine may be slow, and busy with other things. */
  private static final int PATIENCE_SECONDS = 1200;

  private static final int PAUSE_MILLIS = 10;

  private final Path folder;
  private final Map<String, String> environment = new HashMap<>(System.getenv());

  /**
   * @param folder where the programs run
   */
  Shell(Path folder) {
    this.folder = folder;
    StartedProcesses.mark(environment);
  }

  /** What a program left behind. */
  record Result(int exit, String out, String err) {}

  /** A program on its way. */
  record Running(Process process, Path out, Path err) {
    /** Waits until it has said something, to either side. */
    void awaitWords(String words) throws IOException, InterruptedException {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
      while (!said().contains(words)) {
        if (!process.isAlive() || System.nanoTime() > end) {
          throw new AssertionError("never said \"" + words + "\", but: " + said());
        }
        Thread.sleep(PAUSE_MILLIS);
      }
    }

    private String said() throws IOException {
      return Files.readString(out, UTF_8) + Files.readString(err, UTF_8);
    }

    Result await() throws IOException, InterruptedException {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("still running after " + PATIENCE_SECONDS + " s");
      }
      return new Result(
          process.exitValue(), Files.readString(out, UTF_8), Files.readString(err, UTF_8));
    }
  }

  Shell with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  Shell without(String variable) {
    environment.remove(variable);
    return this;
  }

  Running start(String... command) throws IOException {
    Path out = Files.createTempFile("handspun", ".out");
    Path err = Files.createTempFile("handspun", ".err");
    out.toFile().deleteOnExit();
    err.toFile().deleteOnExit();
    ProcessBuilder builder =
        new ProcessBuilder(List.of(command))
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    return new Running(builder.start(), out, err);
  }

  Result run(String... command) throws IOException, InterruptedException {
    return start(command).await();
  }
}
