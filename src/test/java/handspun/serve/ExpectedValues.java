package handspun.serve;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import handspun.image.DigitNormalizer;
import handspun.image.NormalizedDigit;
import handspun.image.PictureDecoder;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells a browser what Java has computed, beside the page's own files, since the page's server
 * allows it nothing from elsewhere: {@code /expected/NAME} are bytes that were put there; {@code
 * /normalized} tells what becomes of the PNG file that it is sent (the number of digits, then 784
 * pixels; nothing if it is blank); {@code /api/} is passed on to the page's server; all else are
 * files beside this class.
 */
final class ExpectedValues implements AutoCloseable {
  private static final String VALUES = "/expected/";

  private final HttpServer server;
  private final URI page;
  private final HttpClient client = HttpClient.newHttpClient();
  private final Map<String, byte[]> values = new ConcurrentHashMap<>();
  private final PictureDecoder decoder = new PictureDecoder(1 << 20);

  private ExpectedValues(HttpServer server, URI page) {
    this.server = server;
    this.page = page;
  }

  static ExpectedValues serve(URI page) throws IOException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    ExpectedValues values = new ExpectedValues(HttpServer.create(address, 0), page);
    values.server.createContext("/", values::answer);
    values.server.start();
    return values;
  }

  URI address() {
    return URI.create("http://127.0.0.1:%d/".formatted(server.getAddress().getPort()));
  }

  void put(String name, byte[] bytes) {
    values.put(VALUES + name, bytes);
  }

  void put(String name, float[] numbers) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Float.BYTES * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(numbers);
    put(name, bytes.array());
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    byte[] body = exchange.getRequestBody().readAllBytes();
    try {
      if (path.startsWith("/api/")) {
        passOn(exchange, path, body);
      } else if (path.equals("/normalized")) {
        byte[] digit =
            DigitNormalizer.normalize(decoder.decode(body))
                .map(ExpectedValues::bytes)
                .orElseGet(() -> new byte[0]);
        send(exchange, 200, "application/octet-stream", digit);
      } else if (path.equals("/favicon.ico")) {
        send(exchange, 200, "image/svg+xml", new byte[0]);
      } else if (values.containsKey(path)) {
        send(exchange, 200, "application/octet-stream", values.get(path));
      } else {
        sendFile(exchange, path.substring(1));
      }
    } catch (RuntimeException e) {
      send(exchange, 500, "text/plain", e.toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  private void passOn(HttpExchange exchange, String path, byte[] body) throws IOException {
    HttpRequest.Builder request = HttpRequest.newBuilder(page.resolve(path));
    String type = exchange.getRequestHeaders().getFirst("Content-Type");
    if (type != null) {
      request.header("Content-Type", type);
    }
    request.method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
    try {
      HttpResponse<byte[]> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      send(
          exchange,
          response.statusCode(),
          response.headers().firstValue("Content-Type").orElseThrow(),
          response.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void sendFile(HttpExchange exchange, String name) throws IOException {
    try (InputStream file = ExpectedValues.class.getResourceAsStream(name)) {
      byte[] bytes = file == null ? new byte[0] : file.readAllBytes();
      send(exchange, file == null ? 404 : 200, "text/javascript; charset=utf-8", bytes);
    }
  }

  private static void send(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    try (exchange) {
      exchange.getResponseHeaders().set("Content-Type", type);
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static byte[] bytes(NormalizedDigit digit) {
    ByteBuffer bytes = ByteBuffer.allocate(1 + DigitNormalizer.PIXELS);
    return bytes.put((byte) digit.digits()).put(digit.pixels()).array();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
