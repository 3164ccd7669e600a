package handspun.serve;

import static org.assertj.core.api.Assertions.assertThat;

import handspun.math.Kernels;
import handspun.network.Network;
import handspun.network.Topology;
import handspun.store.Model;
import handspun.store.Provenance;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever one client sends, the others are served. */
class HostileClientTest {
  private static final String HALF_A_LINE = "GET / HT";
  private static final String HALF_A_HEADER = "GET / HTTP/1.1\r\nHost: x\r\n";
  private static final String POST =
      "POST /api/predict HTTP/1.1\r\nHost: x\r\nContent-Type: image/png\r\n";
  private static final String HALF_A_BODY = POST + "Content-Length: 1000\r\n\r\nabc";

  private final List<Socket> sockets = new ArrayList<>();
  private DigitServer server;

  @BeforeEach
  void start() {
    Network network = Network.random(new Topology(784, 10), 1);
    Provenance provenance = new Provenance("", Map.of(), "", Map.of(), 0, 0, 0);
    server =
        DigitServer.start(
            "m",
            new Model(network, Optional.empty(), provenance),
            Kernels.fastest(),
            "127.0.0.1",
            0);
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
  void clientsThatStallAreSentAwaySoThatTheyCannotKeepEveryThread() throws Exception {
    String[] halves = {HALF_A_LINE, HALF_A_HEADER, HALF_A_BODY};
    List<Socket> stalled = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      stalled.add(send(halves[i % halves.length]));
    }
    assertOthersAreServed();
    for (int i = 0; i < halves.length; i++) {
      assertThat(answer(stalled.get(i))).as(halves[i]).doesNotContain("200 OK");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\r\n\r\n",
        "hello\r\n\r\n",
        "GET\r\n\r\n",
        "GET http://[ HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET / HTTP/1.1\r\nno colon\r\n\r\n",
        "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\r\n\r\n",
        "POST /api/predict HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
        "POST /api/predict HTTP/1.1\r\nHost: x\r\nContent-Length: many\r\n\r\n",
        POST + "Transfer-Encoding: chunked\r\n\r\nzz\r\n"
      })
  void garbageIsNotAnsweredWithSuccess(String request) throws Exception {
    Socket socket = send(request);
    socket.shutdownOutput();
    assertThat(answer(socket)).doesNotContain(" 200 ");
    assertOthersAreServed();
  }

  @Test
  void endlessHeadersAreCutOff() throws Exception {
    Socket socket = send("GET / HTTP/1.1\r\nHost: x\r\n");
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

  @Test
  void clientsThatGoAwayInTheMiddleDoNoHarm() throws Exception {
    for (int i = 0; i < 50; i++) {
      Socket socket = send(HALF_A_BODY);
      socket.setSoLinger(true, 0);
      socket.close();
    }
    assertOthersAreServed();
  }
}
