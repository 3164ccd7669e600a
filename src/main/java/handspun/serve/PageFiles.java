package handspun.serve;

import handspun.data.Checksum;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The files that the page consists of. They lie beside this class, and a list of them as well: what
 * is in a jar cannot be listed quickly.
 */
final class PageFiles {
  /** The list: a line for each file. */
  static final String LIST = "files.txt";

  private static final String INDEX = "index.html";
  private static final int TAG_BYTES = 8;

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml");

  private PageFiles() {}

  /** {@return an endpoint for the path of each file; the page itself is at {@code /}} */
  static Map<String, Endpoint> endpoints() throws IOException {
    Map<String, Endpoint> endpoints = new TreeMap<>();
    for (String name : names()) {
      byte[] bytes = bytes(name);
      // So that a browser need not load again what it has: the page's threads read the same files.
      Map<String, String> headers = Map.of("Content-Type", type(name), "ETag", tag(bytes));
      Endpoint endpoint = new Reply(200, headers, bytes).always();
      endpoints.put(name.equals(INDEX) ? "/" : "/" + name, endpoint);
    }
    return endpoints;
  }

  static List<String> names() throws IOException {
    return new String(bytes(LIST), StandardCharsets.UTF_8).lines().toList();
  }

  private static String tag(byte[] bytes) {
    byte[] digest = Checksum.sha256().digest(bytes);
    return "\"%s\"".formatted(HexFormat.of().formatHex(digest, 0, TAG_BYTES));
  }

  private static String type(String name) {
    return Objects.requireNonNull(TYPES.get(name.substring(name.lastIndexOf('.') + 1)), name);
  }

  private static byte[] bytes(String name) throws IOException {
    try (InputStream in = Objects.requireNonNull(PageFiles.class.getResourceAsStream(name), name)) {
      return in.readAllBytes();
    }
  }
}
