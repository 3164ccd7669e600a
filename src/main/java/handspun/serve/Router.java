package handspun.serve;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.LoggerFactory;

/**
 * Finds the endpoint for a request and sends its answer. Paths are compared whole; what an endpoint
 * throws becomes an answer too, since the server would just drop the connection.
 */
final class Router implements HttpHandler {
  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private final Map<String, Map<String, Endpoint>> endpoints = new TreeMap<>();

  /** Answers {@code GET}, and with it {@code HEAD}. */
  void get(String path, Endpoint endpoint) {
    endpoints.computeIfAbsent(path, p -> new TreeMap<>()).put("GET", endpoint);
    endpoints.get(path).put("HEAD", endpoint);
  }

  /** Answers {@code POST}. */
  void post(String path, Endpoint endpoint) {
    endpoints.computeIfAbsent(path, p -> new TreeMap<>()).put("POST", endpoint);
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      send(exchange, answer(exchange));
    }
  }

  private Reply answer(HttpExchange exchange) throws IOException {
    try {
      return find(exchange).answer(exchange);
    } catch (RefusedRequest refusal) {
      return Reply.error(refusal.status(), refusal.getMessage());
    } catch (RuntimeException | Error e) {
      // The logger is looked up here because it takes longer to load than all the rest.
      LoggerFactory.getLogger(Router.class)
          .error("{} {} failed", exchange.getRequestMethod(), exchange.getRequestURI(), e);
      return Reply.error(
          500, "Something went wrong in the server that should not have: its log says what.");
    }
  }

  private Endpoint find(HttpExchange exchange) {
    String path = exchange.getRequestURI().getPath();
    Map<String, Endpoint> methods = path == null ? null : endpoints.get(path);
    if (methods == null) {
      throw new RefusedRequest(
          404, "There is nothing at this address: this server has " + endpoints.keySet() + ".");
    }
    Endpoint endpoint = methods.get(exchange.getRequestMethod());
    if (endpoint == null) {
      String allowed = String.join(", ", methods.keySet());
      exchange.getResponseHeaders().set("Allow", allowed);
      throw new RefusedRequest(
          405, "This address does not answer that method: use " + allowed + ".");
    }
    return endpoint;
  }

  private static void send(HttpExchange exchange, Reply reply) throws IOException {
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Type", reply.type());
    headers.set("Content-Security-Policy", CONTENT_SECURITY_POLICY);
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cache-Control", "no-cache");
    if (exchange.getRequestMethod().equals("HEAD")) {
      headers.set("Content-Length", Integer.toString(reply.body().length));
      exchange.sendResponseHeaders(reply.status(), -1);
    } else {
      exchange.sendResponseHeaders(reply.status(), reply.body().length);
      exchange.getResponseBody().write(reply.body());
    }
  }
}
