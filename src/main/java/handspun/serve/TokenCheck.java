package handspun.serve;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Asks for a token: in a header from programs, in the page's address the first time that somebody
 * opens it, and then in a cookie, which the browser sends with all that the page asks for.
 *
 * @param cookie its name, with the port: a browser has one jar for all servers of a host
 * @param isSecure whether the cookie goes over HTTPS only
 * @param proxies that may say so, too
 */
record TokenCheck(Token token, String cookie, boolean isSecure, Proxies proxies) {
  /** Whether the server lives and is ready is no secret, and whoever asks has no token. */
  private static final List<String> OPEN =
      List.of("/healthz", "/readyz", "/v2/health/live", "/v2/health/ready");

  private static final String PAGE = "/";
  private static final String BEARER = "Bearer ";
  private static final String IN_ADDRESS = "token=";
  private static final Parameter TOKEN = Parameter.text("token", "The server's token.");

  /** {@return whether nobody needs a token at a path} */
  static boolean isOpen(String path) {
    return OPEN.contains(path);
  }

  /**
   * {@return the way to the page without the token, for who has it in the address}
   *
   * @throws RefusedRequest with status 401 for who does not know it
   */
  Optional<Endpoint> check(HttpExchange exchange, String path) {
    Headers headers = exchange.getRequestHeaders();
    List<String> queries =
        path.equals(PAGE)
            ? Arrays.asList(
                Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("").split("&"))
            : List.of();
    Optional<String> asked =
        queries.stream().filter(pair -> pair.startsWith(IN_ADDRESS)).findFirst();
    if (asked.isPresent() && isIt(asked.get())) {
      return Optional.of(welcome(queries, isSecure || proxies.isHttps(exchange)).always());
    }
    List<String> sent = Stream.concat(bearers(headers), cookies(headers)).toList();
    if (isOpen(path) || sent.stream().anyMatch(token::is)) {
      return Optional.empty();
    }
    throw RefusedRequest.unauthorized(
        asked.isPresent() || !sent.isEmpty()
            ? "The token that was sent is not this server's: open the link that it printed when it started, or send the header Authorization: Bearer TOKEN."
            : "This server asks for a token: open the link that it printed when it started, or send the header Authorization: Bearer TOKEN.");
  }

  private boolean isIt(String pair) {
    return Query.parse(pair, List.of(TOKEN)).text(TOKEN).filter(token::is).isPresent();
  }

  private Reply welcome(List<String> queries, boolean isByHttps) {
    String rest =
        queries.stream()
            .filter(pair -> !pair.startsWith(IN_ADDRESS))
            .collect(Collectors.joining("&"));
    // Relative, and a cookie without a path, since a proxy may have put the page behind one.
    return new Reply(
        303,
        Map.of(
            "Location",
            rest.isEmpty() ? "./" : "./?" + rest,
            "Set-Cookie",
            "%s=%s; HttpOnly; SameSite=Strict%s"
                .formatted(cookie, token.text(), isByHttps ? "; Secure" : "")),
        new byte[0]);
  }

  private static Stream<String> bearers(Headers headers) {
    return headers.getOrDefault("Authorization", List.of()).stream()
        .filter(value -> value.regionMatches(true, 0, BEARER, 0, BEARER.length()))
        .map(value -> value.substring(BEARER.length()).strip());
  }

  private Stream<String> cookies(Headers headers) {
    String start = cookie + "=";
    return headers.getOrDefault("Cookie", List.of()).stream()
        .flatMap(line -> Stream.of(line.split(";")))
        .map(String::strip)
        .filter(pair -> pair.startsWith(start))
        .map(pair -> pair.substring(start.length()));
  }
}
