package handspun.serve;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A server that has another one behind one of its paths, which it leaves out when it asks there.
 */
final class PathProxy implements AutoCloseable {
  private final String path;
  private final URI target;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpClient client = HttpClient.newHttpClient();
  private final Map<String, Integer> statuses = new ConcurrentSkipListMap<>();

  private PathProxy(String path, URI target, HttpServer server) {
    this.path = path;
    this.target = target;
    this.server = server;
  }

  /**
   * @param path with a slash at both ends
   * @param target address with no path
   */
  static PathProxy start(String path, URI target) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    PathProxy proxy = new PathProxy(path, target, server);
    server.createContext("/", proxy::answer);
    server.setExecutor(proxy.threads);
    server.start();
    return proxy;
  }

  /** {@return where the other server seems to be} */
  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  /** {@return the last status of each path that was asked for} */
  Map<String, Integer> statuses() {
    return statuses;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String asked = exchange.getRequestURI().getPath();
      byte[] body = exchange.getRequestBody().readAllBytes();
      if (!asked.startsWith(path)) {
        statuses.put(asked, 404);
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      HttpResponse<byte[]> reply = forward(exchange, asked.substring(path.length()), body);
      statuses.put(asked, reply.statusCode());
      for (String name : List.of("Content-Type", "ETag", "Location", "Set-Cookie")) {
        reply
            .headers()
            .firstValue(name)
            .ifPresent(value -> exchange.getResponseHeaders().set(name, value));
      }
      exchange.sendResponseHeaders(reply.statusCode(), reply.body().length);
      exchange.getResponseBody().write(reply.body());
    }
  }

  private HttpResponse<byte[]> forward(HttpExchange exchange, String rest, byte[] body)
      throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(target.resolve(rest + query(exchange)))
            .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
    for (String name : List.of("Content-Type", "Cookie")) {
      exchange
          .getRequestHeaders()
          .getOrDefault(name, List.of())
          .forEach(value -> request.header(name, value));
    }
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private static String query(HttpExchange exchange) {
    String query = exchange.getRequestURI().getRawQuery();
    return query == null ? "" : "?" + query;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
