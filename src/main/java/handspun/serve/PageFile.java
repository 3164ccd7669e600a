package handspun.serve;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** Sends a file of the page, which lies beside this class. */
final class PageFile implements Endpoint {
  private final Reply reply;

  PageFile(String name, String type) throws IOException {
    try (InputStream in = Objects.requireNonNull(PageFile.class.getResourceAsStream(name), name)) {
      reply = new Reply(200, type, in.readAllBytes());
    }
  }

  @Override
  public Reply answer(HttpExchange exchange) {
    return reply;
  }
}
