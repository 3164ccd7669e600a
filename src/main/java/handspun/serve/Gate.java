package handspun.serve;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/** Decides who may talk to the server, before it is looked what they ask for. */
record Gate(
    HostNames names,
    Origins origins,
    Optional<TokenCheck> token,
    ClientRequests clients,
    Proxies proxies) {
  /** These change nothing, and a browser shows no page of another site what they are answered. */
  private static final List<String> HARMLESS = List.of("GET", "HEAD", "OPTIONS");

  /**
   * {@return the gate of a server}
   *
   * @param bound where it listens
   * @param host the name by which it was told to listen there
   */
  static Gate of(Access access, InetSocketAddress bound, String host) {
    return new Gate(
        HostNames.of(access, bound, host),
        new Origins(access.known().origins(), access.known().hosts()),
        access
            .token()
            .map(
                known ->
                    new TokenCheck(
                        known,
                        "handspun-" + bound.getPort(),
                        access.tls().isPresent(),
                        access.known().proxies())),
        new ClientRequests(access.limits().perClient()),
        access.known().proxies());
  }

  /**
   * {@return what answers in the place of what the client asks for, if something does}
   *
   * @throws RefusedRequest if the client may not talk
   */
  Optional<Endpoint> admit(HttpExchange exchange, InetAddress client) {
    Headers headers = exchange.getRequestHeaders();
    requireName(exchange.getProtocol(), headers.getOrDefault("Host", List.of()));
    clients.requireRoom(client);
    Optional<Endpoint> preflight = origins.preflight(exchange);
    if (preflight.isPresent()) {
      return preflight;
    }
    if (!HARMLESS.contains(exchange.getRequestMethod())) {
      origins.require(headers);
    }
    String path = Optional.ofNullable(exchange.getRequestURI().getPath()).orElse("");
    return token.flatMap(check -> check.check(exchange, path));
  }

  private void requireName(String protocol, List<String> hosts) {
    if (hosts.isEmpty() && protocol.equalsIgnoreCase("HTTP/1.0")) {
      // No browser is so old.
      return;
    }
    if (hosts.size() != 1) {
      throw new RefusedRequest(
          400,
          "The request has %d headers Host, but HTTP requires one: send it once."
              .formatted(hosts.size()));
    }
    names.require(hosts.get(0));
  }

  /** Adds to an answer what its sender's browser must know. */
  void setHeaders(HttpExchange exchange) {
    origins.allow(exchange.getRequestHeaders(), exchange.getResponseHeaders());
  }
}
