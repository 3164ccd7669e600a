package handspun.bench;

import java.nio.charset.StandardCharsets;

/** Whole requests of HTTP/1.1 as they travel, made once and sent often. */
final class RequestBytes {
  private RequestBytes() {}

  /**
   * @param path asked for
   * @param headers whole lines beside Host
   * @return a request without a body
   */
  static byte[] get(String path, String... headers) {
    return bytes("GET", path, new byte[0], headers);
  }

  /**
   * @param path that it is sent to
   * @param type what the body is
   * @param body of any length
   * @param headers whole lines beside Host, Content-Type and Content-Length
   * @return a request with a body
   */
  static byte[] post(String path, String type, byte[] body, String... headers) {
    String[] all = new String[headers.length + 2];
    all[0] = "Content-Type: " + type;
    all[1] = "Content-Length: " + body.length;
    System.arraycopy(headers, 0, all, 2, headers.length);
    return bytes("POST", path, body, all);
  }

  private static byte[] bytes(String method, String path, byte[] body, String... headers) {
    StringBuilder head =
        new StringBuilder("%s %s HTTP/1.1\r\nHost: localhost\r\n".formatted(method, path));
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    return joined(utf8(head.append("\r\n").toString()), body);
  }

  /** {@return both, one behind the other} */
  static byte[] joined(byte[] first, byte[] second) {
    byte[] both = new byte[first.length + second.length];
    System.arraycopy(first, 0, both, 0, first.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
