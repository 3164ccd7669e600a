package handspun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** With tests that are tests of tests: they are run only from here. */
@EnabledOnOs(OS.LINUX)
class NoProcessLeftBehindTest {
  private static final List<ProcessHandle> STARTED = new ArrayList<>();

  /** A process, and another one whose starter has ended, as those of a cluster have. */
  private static Process startTwo() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder("sh", "-c", "(sleep 1000 >/dev/null & echo $!); exec sleep 1000");
    StartedProcesses.mark(builder.environment());
    Process process = builder.start();
    STARTED.add(process.toHandle());
    @SuppressWarnings("resource") // closing it would end the wait for the process
    BufferedReader out = process.inputReader();
    STARTED.add(ProcessHandle.of(Long.parseLong(out.readLine())).orElseThrow());
    return process;
  }

  /** Fails while its processes run. */
  static class Fails {
    @Test
    void afterItHasStartedProcesses() throws IOException {
      startTwo();
      throw new AssertionError("on purpose");
    }
  }

  /** Fails, but what its class has started is for other tests, too. */
  static class FailsInAClassWithProcesses {
    private static boolean ranUntilTheEnd;

    @BeforeAll
    static void start() throws IOException {
      startTwo();
    }

    @AfterAll
    static void stop() {
      ranUntilTheEnd = STARTED.stream().limit(2).allMatch(NoProcessLeftBehindTest::runs);
      STARTED.stream().limit(2).forEach(ProcessHandle::destroyForcibly);
    }

    @Test
    void afterItHasStartedOthers() throws IOException {
      startTwo();
      throw new AssertionError("on purpose");
    }
  }

  private static TestExecutionSummary run(Class<?> tests) {
    STARTED.clear();
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request().selectors(selectClass(tests)).build();
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherFactory.create().execute(request, listener);
    return listener.getSummary();
  }

  private static boolean runs(ProcessHandle process) {
    // A zombie has no program any more.
    return process.isAlive() && process.info().command().isPresent();
  }

  @Test
  void aTestThatFailsHasItsProcessesEnded() {
    assertThat(run(Fails.class).getTestsFailedCount()).isOne();
    assertThat(STARTED).hasSize(2).noneMatch(NoProcessLeftBehindTest::runs);
  }

  @Test
  void whatAClassHasStartedIsLeftToItsOtherTests() {
    TestExecutionSummary summary = run(FailsInAClassWithProcesses.class);
    assertThat(summary.getFailures())
        .singleElement()
        .satisfies(failure -> assertThat(failure.getException()).hasMessage("on purpose"));
    assertThat(FailsInAClassWithProcesses.ranUntilTheEnd).isTrue();
    assertThat(STARTED).hasSize(4).noneMatch(NoProcessLeftBehindTest::runs);
  }

  /** A Java that is killed. */
  static final class Killed {
    private Killed() {}

    public static void main(String[] arguments) throws Exception {
      Process watchdog = StartedProcesses.watchdog();
      startTwo();
      for (ProcessHandle process : STARTED) {
        System.out.println(process.pid());
      }
      System.out.println(watchdog.pid());
      watchdog.waitFor();
    }
  }

  @Test
  void whereJavaIsKilledItsProcessesEndToo() throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Killed.class.getName());
    StartedProcesses.mark(builder.environment());
    Process java = builder.start();
    List<ProcessHandle> started = new ArrayList<>();
    try (BufferedReader out = java.inputReader()) {
      for (int i = 0; i < 3; i++) {
        started.add(ProcessHandle.of(Long.parseLong(out.readLine())).orElseThrow());
      }
      assertThat(started).allMatch(NoProcessLeftBehindTest::runs);
      java.destroyForcibly().waitFor();
      for (ProcessHandle process : started) {
        while (runs(process)) {
          TimeUnit.MILLISECONDS.sleep(20);
        }
      }
    }
    assertThat(started).noneMatch(NoProcessLeftBehindTest::runs);
  }
}
