package handspun.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import handspun.UsageException;
import handspun.math.Kernels;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** For whom a proxy asks, over real HTTP. */
class ProxiesTest {
  private static final String TRUSTED = "127.0.0.1";

  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

  private DigitServer serve(Access access) {
    Content content =
        Content.of("m.handspun", RunFiles.model(1))
            .logging(Optional.of(new AccessLog(AccessLog.Format.COMBINED, lines::add)));
    return DigitServer.start(content, Kernels.fastest(), access, "127.0.0.1", 0);
  }

  private static String ask(DigitServer server, String head) throws Exception {
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), server.address().getPort()));
      String request = head + "\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Who is said to ask, by a proxy that says so. */
  private String client(String proxy, String said) throws Exception {
    Access access = Access.DEFAULT.behind(Proxies.of(List.of(proxy)));
    try (DigitServer server = serve(access)) {
      assertThat(ask(server, "GET /readyz HTTP/1.1\r\n" + said)).contains(" 200 ");
      return lines.poll(60, TimeUnit.SECONDS).split(" ")[0];
    }
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.7, 192.0.2.7",
    "'1.2.3.4, 192.0.2.7', 192.0.2.7",
    "2001:db8::1, 2001:db8:0:0:0:0:0:1",
    "evil.example, 127.0.0.1",
    "'192.0.2.7, unknown', 127.0.0.1",
    "300.1.1.1, 127.0.0.1",
    ":::, 127.0.0.1",
    "'', 127.0.0.1"
  })
  void theLastAddressThatATrustedProxyNamesIsTheClients(String said, String client)
      throws Exception {
    assertThat(client(TRUSTED, "X-Forwarded-For: " + said)).isEqualTo(client);
  }

  @Test
  void ofSeveralHeadersTheLastCounts() throws Exception {
    assertThat(client(TRUSTED, "X-Forwarded-For: 1.2.3.4\r\nX-Forwarded-For: 192.0.2.7"))
        .isEqualTo("192.0.2.7");
  }

  @Test
  void nobodyElseIsBelieved() throws Exception {
    assertThat(client("192.0.2.1", "X-Forwarded-For: 192.0.2.7")).isEqualTo("127.0.0.1");
  }

  @Test
  void theCookieGoesOverHttpsAloneIfTheProxySaysThatItWasAskedSo() throws Exception {
    Access access = Access.DEFAULT.withToken(Token.of("secret", "a test"));
    String link = "GET /?token=secret HTTP/1.1\r\nX-Forwarded-Proto: https";
    try (DigitServer server = serve(access.behind(Proxies.of(List.of(TRUSTED))))) {
      assertThat(ask(server, link)).contains("SameSite=Strict; Secure");
    }
    try (DigitServer server = serve(access)) {
      assertThat(ask(server, link)).contains("SameSite=Strict").doesNotContain("Secure");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "", "1.2.3", "10.0.0.0/8", "*", "abcd"})
  void aProxyIsNamedByItsAddress(String name) {
    assertThatThrownBy(() -> Proxies.of(List.of(name)))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "--trust-proxy is \"%s\", but must be an address, such as 127.0.0.1.".formatted(name));
  }
}
