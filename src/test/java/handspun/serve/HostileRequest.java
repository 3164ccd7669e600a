package handspun.serve;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * What a hostile client sends at once.
 *
 * @param answer status that it gets; {@link #NONE} if the connection is closed without a word
 * @param name what is wrong with it
 */
record HostileRequest(String answer, String name, byte[] bytes) {
  static final String NONE = "none";

  private static final String HOST = "Host: localhost\r\n";

  /** {@return one as it is written here, a character a byte} */
  static HostileRequest raw(String answer, String name, String text) {
    return new HostileRequest(answer, name, text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** {@return one that asks for an address} */
  static HostileRequest get(String answer, String name, String target) {
    return get(answer, name, target, "");
  }

  /** {@return one with further lines in its head, each with its end} */
  static HostileRequest get(String answer, String name, String target, String lines) {
    return raw(answer, name, "GET " + target + " HTTP/1.1\r\n" + HOST + lines + "\r\n");
  }

  /** {@return one whose head is as it is written here, after the name of the server} */
  static HostileRequest post(String answer, String name, String path, String rest) {
    return raw(answer, name, "POST " + path + " HTTP/1.1\r\n" + HOST + rest);
  }

  /** {@return one that sends a body of a type to an address, as it should be sent} */
  static HostileRequest body(String answer, String name, String path, String type, byte[] body) {
    return bodyWith(answer, name, path, "Content-Type: " + type + "\r\n", body);
  }

  /** {@return the same with lines of one's own in the head} */
  static HostileRequest bodyWith(
      String answer, String name, String path, String lines, byte[] body) {
    String head =
        "POST %s HTTP/1.1\r\n%s%sContent-Length: %d\r\n\r\n"
            .formatted(path, HOST, lines, body.length);
    return new HostileRequest(answer, name, Bytes.join(head, body, ""));
  }

  /** {@return one that sends JSON} */
  static HostileRequest json(String answer, String name, String path, String json) {
    return body(answer, name, path, "application/json", json.getBytes(StandardCharsets.UTF_8));
  }

  /** {@return what is not as it should be when it is sent; empty if all is} */
  String problem(int port) throws IOException {
    return HostileAnswer.to(this, port).problem(answer, name);
  }
}
