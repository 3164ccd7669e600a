package handspun.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import handspun.HandspunException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What clients of a server see that is quick, stalls, fails or goes away. */
class LoadTest {
  private static final int STALL_MILLIS = 1000;
  private static final int STALLS_AT = 20;
  private static final int RATE = 200;
  private static final int LARGE = 5 << 20;

  private static final List<ByteBuffer> REQUESTS =
      List.of(
          LoadBody.direct(RequestBytes.get("/")),
          LoadBody.direct(RequestBytes.post("/", "text/plain", new byte[100])),
          LoadBody.direct(RequestBytes.post("/", "text/plain", new byte[LARGE])));

  private final AtomicInteger asked = new AtomicInteger();
  private volatile int stallAt = -1;
  private volatile int failAt = -1;
  private HttpServer server;

  /** With one thread for all: who stalls it holds up everybody. */
  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    int number = asked.incrementAndGet();
    exchange.getRequestBody().readAllBytes();
    if (number == stallAt) {
      try {
        Thread.sleep(STALL_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    byte[] body = "no room".getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(number == failAt ? 503 : 200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Test
  void anOpenLoopChargesAStallToAllThatWereDueMeanwhile() throws Exception {
    stallAt = STALLS_AT;
    try (OpenLoop loop = new OpenLoop(server.getAddress(), REQUESTS.subList(0, 2), 8, RATE)) {
      LoadResult result = loop.run(Duration.ofSeconds(2));
      // 200 of these were due while nobody was answered, one each 5 ms.
      assertThat(result.requests()).isEqualTo(2 * RATE).isEqualTo(asked.get());
      assertThat(result.millis(99)).isGreaterThan(STALL_MILLIS * 0.9);
      assertThat(result.millis(70)).isGreaterThan(STALL_MILLIS * 0.3);
    }
  }

  @Test
  void aClosedLoopCountsAStallOnceForEachConnection() throws Exception {
    stallAt = STALLS_AT;
    try (ClosedLoop loop = new ClosedLoop(server.getAddress(), REQUESTS, 2)) {
      LoadResult result = loop.run(Duration.ofMillis(2 * STALL_MILLIS));
      assertThat(result.requests()).isEqualTo(asked.get());
      assertThat(result.millis(100)).isGreaterThan(STALL_MILLIS * 0.9);
      assertThat(result.latencies().getCountBetweenValues(STALL_MILLIS * 900_000L, Long.MAX_VALUE))
          .isBetween(1L, 2L);
    }
  }

  @Test
  void loopsGoOnWhereTheyEnded() throws Exception {
    try (ClosedLoop closed = new ClosedLoop(server.getAddress(), REQUESTS, 3);
        OpenLoop open = new OpenLoop(server.getAddress(), REQUESTS, 3, RATE)) {
      long answered = 0;
      for (int i = 0; i < 3; i++) {
        answered += closed.run(Duration.ofMillis(20)).requests();
        answered += open.run(Duration.ofMillis(20)).requests();
      }
      assertThat(answered).isEqualTo(asked.get());
    }
  }

  @Test
  void anAnswerThatIsAnErrorEndsBothWithItsWords() throws Exception {
    failAt = 5;
    try (ClosedLoop loop = new ClosedLoop(server.getAddress(), REQUESTS, 2)) {
      assertThatThrownBy(() -> loop.run(Duration.ofMinutes(1)))
          .isInstanceOf(HandspunException.class)
          .hasMessage("The server answered with status 503: no room");
    }
    failAt = asked.get() + 5;
    try (OpenLoop loop = new OpenLoop(server.getAddress(), REQUESTS, 2, RATE)) {
      assertThatThrownBy(() -> loop.run(Duration.ofMinutes(1)))
          .isInstanceOf(HandspunException.class)
          .hasMessage("The server answered with status 503: no room");
    }
  }

  @Test
  void aServerThatGoesAwayEndsBoth() throws Exception {
    try (ClosedLoop closed = new ClosedLoop(server.getAddress(), REQUESTS, 2);
        OpenLoop open = new OpenLoop(server.getAddress(), REQUESTS, 2, RATE)) {
      LoadResult unused = closed.run(Duration.ofMillis(20));
      unused = open.run(Duration.ofMillis(20));
      server.stop(0);
      assertThatThrownBy(() -> closed.run(Duration.ofMinutes(1)))
          .isInstanceOfAny(HandspunException.class, IOException.class);
      assertThatThrownBy(() -> open.run(Duration.ofMinutes(1)))
          .isInstanceOfAny(HandspunException.class, IOException.class);
    }
  }
}
