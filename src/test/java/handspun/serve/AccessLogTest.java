package handspun.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import handspun.UsageException;
import handspun.math.Kernels;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lines that are written of requests, over real HTTP. */
class AccessLogTest {
  private static final String TIME =
      "\\[\\d\\d/[A-Z][a-z]{2}/\\d{4}:\\d\\d:\\d\\d:\\d\\d [+-]\\d{4}]";

  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

  /** The line that is written of a request. */
  private String lineOf(AccessLog.Format format, String... head) throws Exception {
    Content content =
        Content.of("m.handspun", RunFiles.model(1))
            .logging(Optional.of(new AccessLog(format, lines::add)));
    try (DigitServer server = DigitServer.start(content, Kernels.fastest(), "127.0.0.1", 0);
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.address().getPort())) {
      String request =
          String.join("\r\n", head) + "\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      socket.shutdownOutput();
      assertThat(socket.getInputStream().readAllBytes()).isNotEmpty();
      return lines.poll(60, TimeUnit.SECONDS);
    }
  }

  @Test
  void aLineIsAsApacheWritesIt() throws Exception {
    assertThat(
            lineOf(
                AccessLog.Format.COMBINED,
                "GET /readyz?a=b HTTP/1.1",
                "Referer: http://x/",
                "User-Agent: curl/8"))
        .matches(
            "127\\.0\\.0\\.1 - - "
                + TIME
                + " \"GET /readyz\\?a=b HTTP/1\\.1\" 200 18 \"http://x/\" \"curl/8\"");
    assertThat(lines).isEmpty();
  }

  @Test
  void noClientForgesALine() throws Exception {
    String line =
        lineOf(
            AccessLog.Format.COMBINED,
            "GET /%0A127.0.0.1%22 HTTP/1.1",
            "User-Agent: a\" 200 1 \"\\ \u00e9\t\u0085",
            "Referer: x\r\n y\" z");
    assertThat(line)
        .matches("[ -~]*")
        .contains("\"GET /%0A127.0.0.1%22 HTTP/1.1\" 404 ", "a\\x22 200 1 \\x22\\x5C \\x");
    // Two around each of what was sent.
    assertThat(line.chars().filter(c -> c == '"').count()).isEqualTo(6);
  }

  @Test
  void whatIsNoPlainTextIsEscaped() {
    assertThat(AccessLog.escaped("a\n\r\"\\\u007f\u2028\u001b[31m"))
        .isEqualTo("a\\x0A\\x0D\\x22\\x5C\\x7F\\xE2\\x80\\xA8\\x1B[31m");
  }

  @Test
  void aTokenIsNotWritten() throws Exception {
    assertThat(
            lineOf(
                AccessLog.Format.COMBINED,
                "GET /?a=1&token=secret&b=2 HTTP/1.1",
                "Referer: http://x/?token=secret"))
        .contains("/?a=1&token=-&b=2 ", "http://x/?token=-")
        .doesNotContain("secret");
  }

  @Test
  void aLineOfJsonHasWhatApacheHasNoPlaceFor() throws Exception {
    String line =
        lineOf(
            AccessLog.Format.JSON,
            "POST /api/predict HTTP/1.1",
            "User-Agent: a\"b",
            "Content-Length: 3",
            "Content-Type: image/png");
    JsonNode json = new ObjectMapper().readTree(line);
    assertThat(json.path("method").asText()).isEqualTo("POST");
    assertThat(json.path("route").asText()).isEqualTo("/api/predict");
    assertThat(json.path("address").asText()).isEqualTo("/api/predict");
    assertThat(json.path("status").asInt()).isEqualTo(400);
    assertThat(json.path("userAgent").asText()).isEqualTo("a\"b");
    assertThat(json.path("referer").isNull()).isTrue();
    assertThat(json.path("model").asText()).isEqualTo(RunFiles.network(1).sha256());
    assertThat(json.path("seconds").asDouble()).isPositive();
    assertThat(json.path("sent").asInt()).isPositive();
  }

  @Test
  void aFileThatCannotBeWrittenIsRefusedAtOnce(@TempDir Path folder) {
    assertThatThrownBy(() -> AccessLog.open(folder, AccessLog.Format.COMBINED))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("--access-log");
  }
}
