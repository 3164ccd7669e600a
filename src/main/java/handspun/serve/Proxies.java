package handspun.serve;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import handspun.UsageException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Servers before this one that are believed when they say for whom they ask. Anybody can send what
 * they send, so it counts only on their own connections.
 *
 * @param trusted their addresses
 */
public record Proxies(List<InetAddress> trusted) {
  /** Nobody, as it is if nobody says otherwise. */
  public static final Proxies NONE = new Proxies(List.of());

  private static final String CLIENTS = "X-Forwarded-For";
  private static final String PROTOCOL = "X-Forwarded-Proto";

  private static final String BYTE = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";

  /** No name, which would have to be looked up. */
  private static final Pattern ADDRESS =
      Pattern.compile(BYTE + "(\\." + BYTE + "){3}|[0-9a-fA-F.]*:[0-9a-fA-F:.]*");

  /**
   * {@return those with these addresses}
   *
   * @throws UsageException if one of them is a name, or nothing at all
   */
  public static Proxies of(List<String> addresses) {
    return new Proxies(
        addresses.stream()
            .map(
                text ->
                    address(text)
                        .orElseThrow(
                            () ->
                                new UsageException(
                                    "--trust-proxy is \"%s\", but must be an address, such as 127.0.0.1."
                                        .formatted(text))))
            .toList());
  }

  private static Optional<InetAddress> address(String text) {
    try {
      return ADDRESS.matcher(text).matches()
          ? Optional.of(InetAddress.getByName(text))
          : Optional.empty();
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  /** {@return who asks: of several that a proxy names, the last, whom it has seen itself} */
  InetAddress client(HttpExchange exchange) {
    InetAddress peer = exchange.getRemoteAddress().getAddress();
    return isFromProxy(exchange)
        ? last(exchange.getRequestHeaders()).flatMap(Proxies::address).orElse(peer)
        : peer;
  }

  /** {@return whether a proxy says that it was asked by HTTPS} */
  boolean isHttps(HttpExchange exchange) {
    return isFromProxy(exchange)
        && "https".equalsIgnoreCase(exchange.getRequestHeaders().getFirst(PROTOCOL));
  }

  private boolean isFromProxy(HttpExchange exchange) {
    return !trusted.isEmpty() && trusted.contains(exchange.getRemoteAddress().getAddress());
  }

  private static Optional<String> last(Headers headers) {
    List<String> lines = headers.getOrDefault(CLIENTS, List.of());
    return lines.isEmpty()
        ? Optional.empty()
        : Optional.of(lines.get(lines.size() - 1).replaceFirst("(?s).*,", "").strip());
  }
}
