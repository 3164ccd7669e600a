package handspun.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import handspun.math.Kernels;
import handspun.network.Initializer;
import handspun.network.Network;
import handspun.network.Topology;
import handspun.store.Model;
import handspun.store.Provenance;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Some 330 things that hostile clients do, what each of them gets, and what others see of it. */
class HostileRequestsTest {
  private static final int AT_ONCE = 16;

  /** Who trickles is waited for, but not for long. */
  private static final Timeouts TIMEOUTS =
      new Timeouts(
          Duration.ofSeconds(2),
          Duration.ofSeconds(2),
          Duration.ofSeconds(2),
          Duration.ofSeconds(2),
          Duration.ofSeconds(1));

  private DigitServer server;

  private void start(Access access) {
    Network network = Network.random(new Topology(784, 10), Initializer.NORMAL, 1);
    Provenance provenance = new Provenance("", Map.of(), "", Map.of(), 0, 0, 0);
    server =
        DigitServer.start(
            Content.of("m", new Model(network, Optional.empty(), provenance)),
            Kernels.fastest(),
            access,
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            TIMEOUTS,
            Capacity.DEFAULT);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static List<HostileRequest> all() {
    return Stream.of(
            HostileHeads.all(), HostileBodies.all(), HostileJson.all(), HostilePictures.all())
        .flatMap(requests -> requests)
        .toList();
  }

  @Test
  void eachIsAnsweredAsItShouldBe() throws Exception {
    start(Access.DEFAULT);
    assertThat(all()).extracting(HostileRequest::name).doesNotHaveDuplicates();
    int port = server.address().getPort();
    List<String> problems = new ArrayList<>();
    try (GoodClient good = GoodClient.start(server.address())) {
      for (HostileRequest request : all()) {
        problems.add(request.problem(port));
      }
      report(good, all().size() + " hostile requests, one by one");
    }
    assertThat(problems).hasSizeGreaterThan(150).containsOnly("");
  }

  @Test
  void manyAtOnceAreAnsweredTooAndLeaveNothingBehind() throws Exception {
    start(Access.DEFAULT);
    int port = server.address().getPort();
    try (GoodClient good = GoodClient.start(server.address())) {
      List<Callable<String>> deeds = new ArrayList<>();
      HostileHabits.all().forEach(habit -> deeds.add(() -> habit.problem(port)));
      all().forEach(request -> deeds.add(() -> anyProblem(request)));
      long descriptors = descriptors();
      List<String> problems = inThreads(deeds);
      report(good, deeds.size() + " hostile clients, %d at once".formatted(AT_ONCE));
      assertThat(problems).containsOnly("");
      good.stop();
      awaitNoMoreThan(descriptors);
    }
  }

  @Test
  void whoDoesNotKnowTheTokenGetsNothing() throws Exception {
    start(Access.DEFAULT.withToken(Token.of("secret", "a test")));
    int port = server.address().getPort();
    List<String> problems = new ArrayList<>();
    for (HostileRequest request : HostileHeads.tokens(port)) {
      problems.add(request.problem(port));
    }
    assertThat(problems).isNotEmpty().containsOnly("");
  }

  /** Where others are served at the same time, it may be told to come again. */
  private String anyProblem(HostileRequest request) throws Exception {
    HostileAnswer answer = HostileAnswer.to(request, server.address().getPort());
    return answer.status().equals("503") ? "" : answer.problem(request.answer(), request.name());
  }

  private static List<String> inThreads(List<Callable<String>> deeds) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<String> results = new ArrayList<>();
      for (Future<String> result : threads.invokeAll(deeds)) {
        results.add(result.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }

  private static void report(GoodClient good, String beside) {
    System.out.printf(
        "a good client beside %s: %d answers, p50 %.1f ms, p99 %.1f ms, most %.1f ms%n",
        beside, good.answers(), good.millis(50), good.millis(99), good.millis(100));
    assertThat(good.answers()).isPositive();
    assertThat(good.failures()).isEmpty();
  }

  private static long descriptors() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? unix.getOpenFileDescriptorCount()
        : 0;
  }

  /** The server learns a little later that clients have gone. */
  private static void awaitNoMoreThan(long descriptors) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while ((descriptors() > descriptors || busyThreads() > 0) && System.nanoTime() < end) {
      Thread.sleep(50);
    }
    assertThat(descriptors()).isLessThanOrEqualTo(descriptors);
    assertThat(busyThreads()).isZero();
  }

  /** {@return how many threads of the server are with a request} */
  private static long busyThreads() {
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(entry -> entry.getKey().getName().matches("handspun-serve-\\d+"))
        .flatMap(entry -> Stream.of(entry.getValue()))
        .filter(frame -> frame.getMethodName().equals("takeOne"))
        .count();
  }
}
