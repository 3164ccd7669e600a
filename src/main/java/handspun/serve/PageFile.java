package handspun.serve;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Objects;

/** Sends a file of the page, which lies beside this class. */
final class PageFile {
  private PageFile() {}

  static Endpoint of(String name, String type) throws IOException {
    try (InputStream in = Objects.requireNonNull(PageFile.class.getResourceAsStream(name), name)) {
      return new Reply(200, Map.of("Content-Type", type), in.readAllBytes()).always();
    }
  }
}
