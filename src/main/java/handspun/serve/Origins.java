package handspun.serve;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Which pages may talk to a server: its own, and those of some other sites (CORS; WHATWG Fetch,
 * 3.2). A browser says where a page comes from, and a page cannot change that.
 *
 * @param others origins that are allowed; {@code *} for all
 * @param hosts names of this server before a proxy, which may not hand on {@code Host}
 */
record Origins(List<String> others, List<String> hosts) {
  private static final String ANY = "*";
  private static final String VARY = "Vary";

  /** What an answer has beyond what pages of other sites may see anyway. */
  private static final String EXPOSED =
      ServedModel.HEADER + ", ETag, Retry-After, Inference-Header-Content-Length";

  private static final Map<String, String> PREFLIGHT =
      Map.of(
          "Access-Control-Allow-Methods", "GET, HEAD, POST",
          "Access-Control-Allow-Headers",
              "Authorization, Content-Type, If-None-Match, Inference-Header-Content-Length",
          "Access-Control-Allow-Private-Network", "true",
          "Access-Control-Max-Age", "600");

  private boolean isAllowed(String origin) {
    return others.contains(ANY) || others.contains(origin.toLowerCase(Locale.ROOT));
  }

  /** Refuses what a page of another site sends. */
  void require(Headers headers) {
    String origin = headers.getFirst("Origin");
    String host = Optional.ofNullable(headers.getFirst("Host")).orElse("");
    if (origin == null || isAllowed(origin) || isOwn(origin, host, headers)) {
      return;
    }
    throw new RefusedRequest(
        403,
        "The page that sends this is of \"%s\", and it is taken only from this server's own, \"%s\": start serve with --cors ORIGIN to allow that page, or with --allow-host NAME if a proxy has that name."
            .formatted(Query.shortened(origin), Query.shortened(host)));
  }

  private boolean isOwn(String origin, String host, Headers headers) {
    String[] parts = origin.toLowerCase(Locale.ROOT).split("://", 2);
    if (parts.length == 1 || parts[1].isEmpty()) {
      return false;
    }
    return "same-origin".equals(headers.getFirst("Sec-Fetch-Site"))
        || withoutPort(parts[0], parts[1])
            .equals(withoutPort(parts[0], host.toLowerCase(Locale.ROOT)))
        || hosts.contains(HostNames.name(parts[1]));
  }

  /** A browser leaves the port out where it is that of the scheme. */
  private static String withoutPort(String scheme, String authority) {
    return authority.replaceFirst(scheme.equals("https") ? ":443$" : ":80$", "");
  }

  /** {@return the answer to a browser that asks whether a page may send a request} */
  Optional<Endpoint> preflight(HttpExchange exchange) {
    Headers headers = exchange.getRequestHeaders();
    String origin = headers.getFirst("Origin");
    boolean asks =
        exchange.getRequestMethod().equals("OPTIONS")
            && origin != null
            && headers.containsKey("Access-Control-Request-Method");
    if (!asks || others.isEmpty()) {
      return Optional.empty();
    }
    require(headers);
    return Optional.of(new Reply(204, PREFLIGHT, new byte[0]).always());
  }

  /** Says to a browser that a page may see the answer. */
  void allow(Headers request, Headers answer) {
    if (others.isEmpty()) {
      return;
    }
    String origin = request.getFirst("Origin");
    // Another page gets other headers, so a cache must keep them apart.
    answer.add(VARY, "Origin");
    if (origin != null && isAllowed(origin)) {
      answer.set("Access-Control-Allow-Origin", others.contains(ANY) ? ANY : origin);
      answer.set("Access-Control-Expose-Headers", EXPOSED);
    }
  }
}
