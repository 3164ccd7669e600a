package handspun.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import handspun.HandspunException;
import handspun.bench.SoakMix.Kind;
import handspun.bench.SoakRequest.Way;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a soak finds of a server that is right, and of one that is not. */
class SoakTest {
  private static final int REQUESTS = 200;

  private final AtomicInteger asked = new AtomicInteger();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    server.setExecutor(threads);
    server.createContext("/same", exchange -> answer(exchange, 200, "same"));
    server.createContext("/other", exchange -> answer(exchange, 200, "" + asked.get()));
    server.createContext("/gone", exchange -> answer(exchange, 404, "gone"));
    server.createContext("/silent", HttpExchange::close);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange, int status, String text) throws IOException {
    asked.incrementAndGet();
    exchange.getRequestBody().readAllBytes();
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static Kind kind(String name, String path, int status, Way way) {
    return new Kind(1, List.of(SoakRequest.of(name, RequestBytes.get(path), status, way)));
  }

  private SoakClients soak(Kind... kinds) {
    SoakMix mix = new SoakMix(List.of(kinds));
    try (BlockingClient alone = new BlockingClient(server.getAddress())) {
      mix.learn(alone);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return run(mix);
  }

  private SoakClients run(SoakMix mix) {
    SoakClients clients = new SoakClients(server.getAddress(), mix, 8);
    clients.run(REQUESTS / 10);
    clients.run(REQUESTS);
    return clients;
  }

  @Test
  void findsNothingWrongWithAServerThatAnswersAsItMust() {
    SoakClients clients =
        soak(
            kind("kept", "/same", 200, Way.KEEP_ALIVE),
            kind("changing", "/other", 200, Way.CHANGING),
            kind("one-shot", "/same", 200, Way.ONE_SHOT),
            kind("refused", "/gone", 404, Way.KEEP_ALIVE),
            kind("leaves", "/same", 0, Way.LEAVE));
    assertThat(clients.errorsByKind()).isEmpty();
    assertThat(clients.done()).isEqualTo(REQUESTS);
    assertThat(asked.get()).isGreaterThan(REQUESTS / 2);
  }

  @Test
  void countsAnswersThatChangeThoughTheyMustNot() {
    SoakClients clients = soak(kind("reading", "/other", 200, Way.KEEP_ALIVE));
    assertThat(clients.errorsByKind())
        .isEqualTo(Map.of("reading: another answer than the first time", clients.errors()));
    // All but the first know better.
    assertThat(clients.errors()).isGreaterThan(REQUESTS / 2);
  }

  @Test
  void countsStatusesAndConnectionsThatAreClosedInstead() {
    SoakClients clients =
        run(
            new SoakMix(
                List.of(
                    kind("wrong", "/gone", 400, Way.KEEP_ALIVE),
                    kind("cut", "/silent", 200, Way.KEEP_ALIVE))));
    assertThat(clients.errorsByKind())
        .containsOnlyKeys("wrong: status 404 instead of 400", "cut: no answer (EOFException)");
    assertThat(clients.errorsByKind().values().stream().mapToInt(Integer::intValue).sum())
        .isEqualTo(REQUESTS)
        .isEqualTo(clients.errors());
  }

  @Test
  void doesNotBeginIfTheFirstAnswerIsWrong() {
    assertThatThrownBy(() -> soak(kind("reading", "/gone", 200, Way.KEEP_ALIVE)))
        .isInstanceOf(HandspunException.class)
        .hasMessage(
            "The first request of the kind \"reading\" got status 404 instead of 200: gone");
  }

  @Test
  void sendsEachKindAsOftenAsItsWeightSaysAndTheSameEveryTime() {
    SoakMix mix =
        new SoakMix(
            List.of(
                new Kind(3, kind("often", "/", 200, Way.KEEP_ALIVE).requests()),
                kind("seldom", "/", 200, Way.KEEP_ALIVE)));
    List<String> kinds =
        LongStream.range(0, 4000).mapToObj(number -> mix.request(number).kind()).toList();
    assertThat(kinds.stream().filter("often"::equals).count()).isBetween(2800L, 3200L);
    assertThat(LongStream.range(0, 4000).mapToObj(number -> mix.request(number).kind()))
        .isEqualTo(kinds);
  }

  private static SoakWatch.Sample holding(double megabytes, long descriptors) {
    return new SoakWatch.Sample(10, 1000, 0, (long) (megabytes * (1 << 20)), descriptors, 20);
  }

  @Test
  void tellsWhetherHeapOrDescriptorsGrew() {
    SoakReport flat = new SoakReport(holding(20, 150), holding(21.5, 150), Map.of());
    assertThat(flat.toString())
        .contains("heap         20.0 MB after 1,000 requests, 21.5 MB in the end: flat\n")
        .contains("descriptors  150 after 1,000 requests, 150 in the end: flat\n")
        .contains("errors       none\n");
    SoakReport grown =
        new SoakReport(holding(20, 150), holding(22.5, 151), Map.of("a: b", 1000, "c: d", 2));
    assertThat(grown.toString())
        .contains("22.5 MB in the end: it GREW\n")
        .contains("151 in the end: they GREW\n")
        .contains("errors       1,002\n     1,000  a: b\n         2  c: d\n");
    assertThat(grown.errorCount()).isEqualTo(1002);
  }
}
