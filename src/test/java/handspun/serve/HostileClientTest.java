package handspun.serve;

import static org.assertj.core.api.Assertions.assertThat;

import handspun.math.Kernels;
import handspun.network.Initializer;
import handspun.network.Network;
import handspun.network.Topology;
import handspun.store.Model;
import handspun.store.Provenance;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever one client sends, the others are served. */
class HostileClientTest {
  private static final String HALF_A_LINE = "GET / HT";
  private static final String HALF_A_HEADER = "GET / HTTP/1.1\r\nHost: localhost\r\n";
  private static final String POST =
      "POST /api/predict HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/png\r\n";
  private static final String CHUNKED = POST + "Transfer-Encoding: chunked\r\n\r\n";
  private static final String HALF_A_BODY = POST + "Content-Length: 1000\r\n\r\nabc";

  private static final Pattern CONTENT_LENGTH =
      Pattern.compile("(?s)Content-length: (\\d+)\r\n.*?\r\n\r\n");

  private static final Duration FOREVER = Duration.ofHours(1);
  private static final Timeouts FOR_EVER = timeouts(FOREVER, FOREVER);

  private final List<Socket> sockets = new ArrayList<>();
  private DigitServer server;

  private static DigitServer start(Timeouts timeouts, Capacity capacity) {
    Network network = Network.random(new Topology(784, 10), Initializer.NORMAL, 1);
    Provenance provenance = new Provenance("", Map.of(), "", Map.of(), 0, 0, 0);
    return DigitServer.start(
        Content.of("m", new Model(network, Optional.empty(), provenance)),
        Kernels.fastest(),
        Access.DEFAULT,
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        timeouts,
        capacity);
  }

  /** As the server that people start, but for what a test is about. */
  @BeforeEach
  void start() {
    server = start(Timeouts.DEFAULT, Capacity.DEFAULT);
  }

  private void startAnew(Timeouts timeouts, Capacity capacity) {
    server.close();
    server = start(timeouts, capacity);
  }

  @AfterEach
  void stop() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    server.close();
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.address().getPort());
    socket.setSoTimeout(60_000);
    sockets.add(socket);
    return socket;
  }

  private Socket send(String text) throws IOException {
    Socket socket = connect();
    OutputStream out = socket.getOutputStream();
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
    return socket;
  }

  /** All that comes back until the server closes the connection. */
  private static String answer(Socket socket) throws IOException {
    try {
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (SocketException e) {
      return "";
    }
  }

  /** What a client reads that knows where an answer ends, or less if the connection ends before. */
  private static String firstAnswer(Socket socket) throws IOException {
    StringBuilder answer = new StringBuilder();
    Matcher length = CONTENT_LENGTH.matcher(answer);
    try {
      int c;
      while (!(length.reset().find() && answer.length() == length.end() + bodyBytes(length))
          && (c = socket.getInputStream().read()) >= 0) {
        answer.append((char) c);
      }
    } catch (SocketException e) {
      // The test will see that something is missing.
    }
    return answer.toString();
  }

  private static int bodyBytes(Matcher length) {
    return Integer.parseInt(length.group(1));
  }

  private static Timeouts timeouts(Duration head, Duration body) {
    return new Timeouts(head, body, FOREVER, Duration.ofMillis(500), Duration.ofMinutes(1));
  }

  private static void assertRefused(Socket socket, int status, String words) throws IOException {
    String answer = firstAnswer(socket);
    assertThat(answer)
        .startsWith("HTTP/1.1 " + status + " ")
        .contains("Content-type: application/json", "{\"error\":\"", words);
  }

  private void assertOthersAreServed() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(server.address().resolve("/healthz"))
            .timeout(Duration.ofSeconds(60))
            .build();
    HttpResponse<String> response =
        HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    assertThat(response.statusCode()).isEqualTo(200);
  }

  @Test
  void clientsThatStallDoNotHoldUpOthers() throws Exception {
    for (int i = 0; i < 30; i++) {
      connect();
      send(HALF_A_LINE);
      send(HALF_A_HEADER);
      send(HALF_A_BODY);
    }
    assertOthersAreServed();
  }

  @Test
  void clientsThatStallMakeRoomBeforeTheyTakeTheLastThread() throws Exception {
    startAnew(FOR_EVER, new Capacity(30, 10, 1 << 20));
    String[] halves = {HALF_A_LINE, HALF_A_HEADER, HALF_A_BODY};
    List<Socket> stalled = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      stalled.add(send(halves[i % halves.length]));
    }
    for (int i = 0; i < 20; i++) {
      assertOthersAreServed();
    }
    // Whoever came first had to go: those with half a body with a word.
    assertThat(answer(stalled.get(0))).isEmpty();
    assertThat(answer(stalled.get(1))).isEmpty();
    assertRefused(stalled.get(2), 503, "too many connections");
  }

  @Test
  void headsThatTakeTooLongAreCutOff() throws Exception {
    startAnew(timeouts(Duration.ofMillis(100), FOREVER), Capacity.DEFAULT);
    assertThat(answer(send(HALF_A_LINE))).isEmpty();
    assertThat(answer(send(HALF_A_HEADER))).isEmpty();
  }

  @Test
  void bodiesThatTakeTooLongAreAnswered() throws Exception {
    startAnew(timeouts(FOREVER, Duration.ofMillis(100)), Capacity.DEFAULT);
    assertRefused(send(HALF_A_BODY), 408, "Only 3 bytes of the body have arrived");
    assertRefused(send(CHUNKED + "3\r\nabc\r\n"), 408, "Only 3 bytes");
  }

  @Test
  void aSlowBodyHasTheTimeThatItsRateAllows() {
    Timeouts timeouts = Timeouts.DEFAULT;
    assertThat(timeouts.body(0)).isEqualTo(Duration.ofSeconds(30));
    assertThat(timeouts.body(20 * Timeouts.BYTES_PER_SECOND)).isEqualTo(Duration.ofSeconds(50));
  }

  @Test
  void bodiesThatTakeTooMuchMemoryMakeRoom() throws Exception {
    startAnew(FOR_EVER, new Capacity(100, 10, 100_000));
    String most = POST + "Content-Length: 1000000\r\n\r\n" + "x".repeat(80_000);
    Socket first = send(most);
    Socket second = send(most);
    // Who of them was served first is the threads' affair.
    String answers = answerOfEither(first, second);
    assertThat(answers).contains("HTTP/1.1 503 ", "Retry-after: 1", "too many pictures");
    assertOthersAreServed();
  }

  /** The first answer to any of the sockets, which is the only one. */
  private static String answerOfEither(Socket... sockets) throws Exception {
    long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (System.nanoTime() < end) {
      for (Socket socket : sockets) {
        if (socket.getInputStream().available() > 0) {
          return firstAnswer(socket);
        }
      }
      Thread.sleep(10);
    }
    return "";
  }

  static Stream<Arguments> refusedBodies() {
    String large = "Content-Length: 6000000\r\n\r\n" + "x".repeat(6_000_000);
    String chunk = "F4240\r\n" + "x".repeat(1_000_000) + "\r\n";
    return Stream.of(
        Arguments.of(POST + large, 413, "more than 4"),
        Arguments.of(CHUNKED + chunk.repeat(6) + "0\r\n\r\n", 413, "more than 4"),
        Arguments.of(
            "POST /nothing HTTP/1.1\r\nHost: localhost\r\n" + large, 404, "nothing at this"),
        Arguments.of("PUT /api/predict HTTP/1.1\r\nHost: localhost\r\n" + large, 405, "use POST"),
        Arguments.of(
            POST.replace("image/png", "text/plain")
                + "Content-Length: 4000000\r\n\r\n"
                + "x".repeat(4_000_000),
            415,
            "curl"),
        Arguments.of("GET /healthz HTTP/1.0\r\n" + large, 413, "more than 65536"));
  }

  @ParameterizedTest(name = "{1} {2}")
  @MethodSource("refusedBodies")
  void clientsThatSendAllBeforeTheyListenAlwaysGetTheirRefusal(
      String request, int status, String words) throws Exception {
    for (int i = 0; i < 20; i++) {
      assertRefused(send(request), status, words);
    }
  }

  @Test
  void clientsThatNeverListenDoNotHoldUpOthersAndAreCutOff() throws Exception {
    startAnew(timeouts(FOREVER, FOREVER), Capacity.DEFAULT);
    Socket deaf = connect();
    byte[] ask =
        "GET /style.css HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);
    boolean isCut = false;
    while (!isCut) {
      try {
        deaf.getOutputStream().write(ask);
      } catch (SocketException e) {
        isCut = true;
      }
    }
    assertOthersAreServed();
  }

  @Test
  void requestsThatAreUnderWayAreAnsweredWhenTheServerStops() throws Exception {
    startAnew(FOR_EVER, Capacity.DEFAULT);
    Socket socket = send(POST + "Expect: 100-continue\r\nContent-Length: 5\r\n\r\n");
    // The server says so when it is with the request.
    byte[] goOn = socket.getInputStream().readNBytes("HTTP/1.1 100 ".length());
    assertThat(new String(goOn, StandardCharsets.ISO_8859_1)).isEqualTo("HTTP/1.1 100 ");
    socket.getOutputStream().write("hel".getBytes(StandardCharsets.ISO_8859_1));
    int port = server.address().getPort();
    CompletableFuture<Void> stop = CompletableFuture.runAsync(server::close);
    while (listens(port)) {
      Thread.sleep(10);
    }
    assertThat(stop).isNotDone();
    socket.getOutputStream().write("lo".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(answer(socket)).contains("HTTP/1.1 415 ", "Connection: close", "curl");
    stop.get();
  }

  private static boolean listens(int port) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (ConnectException e) {
      return false;
    }
  }

  @Test
  void endlessHeadersAreCutOff() throws Exception {
    Socket socket = send("GET / HTTP/1.1\r\nHost: localhost\r\n");
    OutputStream out = socket.getOutputStream();
    byte[] header = ("X: " + "y".repeat(4000) + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    boolean cut = false;
    for (int i = 0; i < 20_000 && !cut; i++) {
      try {
        out.write(header);
      } catch (SocketException e) {
        cut = true;
      }
    }
    assertThat(cut).isTrue();
    assertOthersAreServed();
  }
}
