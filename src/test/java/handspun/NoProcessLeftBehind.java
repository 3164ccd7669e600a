package handspun;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;

/**
 * Sees to it, in all tests, that no process outlives them: a test that fails or is interrupted has
 * its processes ended; a class of tests that has passed, but whose processes run on, has failed;
 * and if the Java that runs the tests is killed, so are they.
 */
public final class NoProcessLeftBehind
    implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {
  private static final Namespace OWN = Namespace.create(NoProcessLeftBehind.class);
  private static final int GRACE_SECONDS = 60;
  private static final int PAUSE_MILLIS = 20;

  /** Of a class of tests: what ran before it, and before the first of its tests. */
  private static final class Known {
    private final Set<ProcessHandle> beforeTheClass = StartedProcesses.now();
    private Set<ProcessHandle> beforeItsTests;
  }

  /** Held as long as tests run. */
  private record Watchdog(Process process) implements CloseableResource {
    static Watchdog start() {
      try {
        return new Watchdog(StartedProcesses.watchdog());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }

  private static Known known(ExtensionContext context) {
    return context.getStore(OWN).get(Known.class, Known.class);
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    context.getRoot().getStore(OWN).getOrComputeIfAbsent(Watchdog.class, key -> Watchdog.start());
    context.getStore(OWN).put(Known.class, new Known());
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    Known known = known(context);
    if (known.beforeItsTests == null) {
      known.beforeItsTests = StartedProcesses.now();
    }
  }

  @Override
  public void afterEach(ExtensionContext context) {
    if (context.getExecutionException().isPresent()) {
      StartedProcesses.end(StartedProcesses.except(known(context).beforeItsTests));
    }
  }

  @Override
  public void afterAll(ExtensionContext context) throws InterruptedException {
    Set<ProcessHandle> before = known(context).beforeTheClass;
    // Who was told to end may need a moment.
    long start = System.nanoTime();
    while (!StartedProcesses.except(before).isEmpty()
        && System.nanoTime() - start < TimeUnit.SECONDS.toNanos(GRACE_SECONDS)) {
      Thread.sleep(PAUSE_MILLIS);
    }
    Set<ProcessHandle> left = StartedProcesses.except(before);
    if (!left.isEmpty()) {
      String who =
          left.stream()
              .map(process -> process.pid() + " " + process.info().commandLine().orElse(""))
              .collect(Collectors.joining(", "));
      StartedProcesses.end(left);
      throw new AssertionError("left behind, and ended now: " + who);
    }
  }
}
