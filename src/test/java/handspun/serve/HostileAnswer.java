package handspun.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What came back.
 *
 * @param status {@link HostileRequest#NONE} if nothing did
 * @param head lines behind the status
 * @param body as it was sent, and what came behind it
 */
record HostileAnswer(String status, String head, String body) {
  private static final int PATIENCE_MILLIS = 60_000;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern ANSWER =
      Pattern.compile("(?s)(?:HTTP/1.1 100 .*?\r\n\r\n)?HTTP/1.1 (\\d+) .*?\r\n(.*?)\r\n\r\n(.*)");

  /** {@return the first answer to a client that sends all, then listens} */
  static HostileAnswer to(HostileRequest request, int port) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      try {
        socket.getOutputStream().write(request.bytes());
        socket.shutdownOutput();
      } catch (IOException e) {
        // The server has heard enough.
      }
      return read(socket);
    }
  }

  /** {@return what comes until the connection ends, in whatever way} */
  static HostileAnswer read(Socket socket) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] buffer = new byte[1 << 16];
    try {
      for (int n; (n = socket.getInputStream().read(buffer)) >= 0; ) {
        all.write(buffer, 0, n);
      }
    } catch (IOException e) {
      // What came before is the answer.
    }
    String text = all.toString(StandardCharsets.ISO_8859_1);
    Matcher answer = ANSWER.matcher(text);
    return answer.matches()
        ? new HostileAnswer(answer.group(1), answer.group(2), answer.group(3))
        : new HostileAnswer(HostileRequest.NONE, "", text);
  }

  /** {@return what is not as it should be; empty if all is} */
  String problem(String right, String name) {
    if (!status.equals(right)) {
      return "%s: %s instead of %s: %s".formatted(name, status, right, shortened());
    }
    boolean isError = status.startsWith("4") || status.startsWith("5");
    return isError && !saysInJson() ? "%s: not in JSON: %s".formatted(name, shortened()) : "";
  }

  private boolean saysInJson() {
    if (!head.toLowerCase(Locale.ROOT).contains("content-type: application/json\r\n")) {
      return false;
    }
    try (var parser = JSON.createParser(body)) {
      JsonNode answer = parser.readValueAsTree();
      return answer.path("error").asText().length() > 0;
    } catch (IOException e) {
      return false;
    }
  }

  private String shortened() {
    return Query.shortened(body);
  }
}
