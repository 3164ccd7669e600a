package handspun.serve;

import handspun.UsageException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/**
 * Who may talk to a server, how, and how much.
 *
 * @param hosts names that clients may call it beside its own, as behind a proxy
 * @param origins of other sites whose pages may talk to it; {@code *} for all
 * @param token that clients must know; without one, a server that others can reach makes one
 * @param isOpen whether others may talk to it without a token
 * @param tells whether it tells others paths and versions of this machine
 * @param tls with a certificate, if it speaks HTTPS
 * @param perClient requests at once of one address of another machine; 0 for any number
 * @param predictions at once
 * @param proxies that are believed when they say for whom they ask
 */
public record Access(
    List<String> hosts,
    List<String> origins,
    Optional<Token> token,
    boolean isOpen,
    boolean tells,
    Optional<SSLContext> tls,
    int perClient,
    int predictions,
    Proxies proxies) {
  /** Some people behind one router, each with the six connections of a browser. */
  public static final int PER_CLIENT = 64;

  /** Each of them takes a megabyte of the heap while it is read and answered. */
  public static final int PREDICTIONS = 256;

  /** For this machine alone, as it is if nobody says otherwise. */
  public static final Access DEFAULT =
      new Access(
          List.of(),
          List.of(),
          Optional.empty(),
          false,
          false,
          Optional.empty(),
          PER_CLIENT,
          PREDICTIONS,
          Proxies.NONE);

  private static final Pattern HOST = Pattern.compile("[a-z0-9_.-]+|\\[[0-9a-f:.]+\\]");
  private static final Pattern ORIGIN =
      Pattern.compile("\\*|[a-z][a-z0-9+.-]*://([a-z0-9_.-]+|\\[[0-9a-f:.]+\\])(:[0-9]+)?");

  /** {@return the same for clients that call the server by other names, too} */
  public Access withHosts(List<String> names) {
    List<String> lower = names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    lower.forEach(
        name ->
            require(
                HOST,
                name,
                "--allow-host is \"%s\": give a name alone, such as digits.example.org."));
    return new Access(lower, origins, token, isOpen, tells, tls, perClient, predictions, proxies);
  }

  /** {@return the same for pages of other sites, too} */
  public Access withOrigins(List<String> sites) {
    List<String> lower = sites.stream().map(site -> site.toLowerCase(Locale.ROOT)).toList();
    lower.forEach(
        site ->
            require(
                ORIGIN,
                site,
                "--cors is \"%s\": give scheme and name without a path, such as https://notes.example.org."));
    return new Access(hosts, lower, token, isOpen, tells, tls, perClient, predictions, proxies);
  }

  private static void require(Pattern pattern, String value, String sentence) {
    if (!pattern.matcher(value).matches()) {
      throw new UsageException(sentence.formatted(value));
    }
  }

  /** {@return the same for those only who know a token} */
  public Access withToken(Token known) {
    return new Access(
        hosts, origins, Optional.of(known), false, tells, tls, perClient, predictions, proxies);
  }

  /** {@return the same without a token, for whoever can reach the server} */
  public Access open() {
    return new Access(
        hosts, origins, Optional.empty(), true, tells, tls, perClient, predictions, proxies);
  }

  /** {@return the same, and others are told paths and versions if that is so} */
  public Access telling(boolean paths) {
    return new Access(hosts, origins, token, isOpen, paths, tls, perClient, predictions, proxies);
  }

  /** {@return the same by HTTPS} */
  public Access withTls(SSLContext context) {
    return new Access(
        hosts,
        origins,
        token,
        isOpen,
        tells,
        Optional.of(context),
        perClient,
        predictions,
        proxies);
  }

  /** {@return the same with other limits} */
  public Access withLimits(int requestsPerClient, int predictionsAtOnce) {
    if (requestsPerClient < 0 || predictionsAtOnce < 1) {
      throw new UsageException(
          "--client-requests is %d and --predictions is %d, but they must be at least 0 and 1."
              .formatted(requestsPerClient, predictionsAtOnce));
    }
    return new Access(
        hosts, origins, token, isOpen, tells, tls, requestsPerClient, predictionsAtOnce, proxies);
  }

  /** {@return the same behind proxies that are believed when they say for whom they ask} */
  public Access behind(Proxies trusted) {
    return new Access(hosts, origins, token, isOpen, tells, tls, perClient, predictions, trusted);
  }

  /** {@return the same as it holds at an address: with a token where others can reach it} */
  Access at(InetSocketAddress address) {
    if (address.getAddress().isLoopbackAddress()) {
      return telling(true);
    }
    return token.isPresent() || isOpen ? this : withToken(Token.random());
  }
}
