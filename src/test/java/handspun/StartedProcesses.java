package handspun;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * The processes that this Java has started, with all that those have started. One whose starter has
 * ended is known by a variable of its environment, where the system tells (Linux does).
 */
public final class StartedProcesses {
  private static final String VARIABLE = "HANDSPUN_TESTS";
  private static final String MARK =
      "of-process-" + ProcessHandle.current().pid() + "-" + System.nanoTime();
  private static final Path PROC = Path.of("/proc");
  private static final int PATIENCE_SECONDS = 60;

  /** Ends what bears the mark when its input ends, as it does when its starter is gone. */
  private static final String WATCHDOG =
      """
      trap '' INT TERM HUP
      while read -r line; do :; done
      for environment in $(grep -lsFxz '%1$s' /proc/[0-9]*/environ); do
        process=${environment#/proc/}
        kill -9 "${process%%/environ}" 2>/dev/null
      done
      """
          .formatted(VARIABLE + "=" + MARK);

  private StartedProcesses() {}

  /**
   * Marks a process that is about to be started, so that it is found again wherever it goes.
   *
   * @param environment of that process
   */
  public static void mark(Map<String, String> environment) {
    environment.put(VARIABLE, MARK);
  }

  /**
   * Starts a process that ends all marked ones when this Java has gone, in whatever way.
   *
   * @return it; as long as it is held
   */
  static Process watchdog() throws IOException {
    return new ProcessBuilder("sh", "-c", WATCHDOG)
        .redirectOutput(Redirect.DISCARD)
        .redirectError(Redirect.DISCARD)
        .start();
  }

  /** All that run now. */
  static Set<ProcessHandle> now() {
    Set<ProcessHandle> found =
        ProcessHandle.current()
            .descendants()
            .filter(process -> process.info().command().isPresent())
            .collect(Collectors.toCollection(HashSet::new));
    byte[] mark = (VARIABLE + "=" + MARK).getBytes(StandardCharsets.UTF_8);
    if (Files.isDirectory(PROC)) {
      try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
        for (Path process : processes) {
          if (holds(process.resolve("environ"), mark)) {
            ProcessHandle.of(Long.parseLong(process.getFileName().toString()))
                .ifPresent(found::add);
          }
        }
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
    return found;
  }

  private static boolean holds(Path environment, byte[] mark) {
    try {
      String all = new String(Files.readAllBytes(environment), StandardCharsets.ISO_8859_1);
      return all.contains(new String(mark, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      // Another user's, or it has just ended.
      return false;
    }
  }

  /** What runs now and is not among these. */
  static Set<ProcessHandle> except(Collection<ProcessHandle> others) {
    Set<ProcessHandle> left = now();
    left.removeAll(others);
    return left;
  }

  /** Ends these, and waits until they are gone. */
  static void end(Collection<ProcessHandle> processes) {
    processes.forEach(ProcessHandle::destroyForcibly);
    for (ProcessHandle process : processes) {
      try {
        process.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (ExecutionException | TimeoutException e) {
        // The system has been told; more cannot be done.
      }
    }
  }
}
