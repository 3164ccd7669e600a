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
 * @param known names and addresses that are taken for its own, or are believed
 * @param token that clients must know; without one, a server that others can reach makes one
 * @param isOpen whether others may talk to it without a token
 * @param tells whether it tells others paths and versions of this machine
 * @param tls with a certificate, if it speaks HTTPS
 * @param limits to what is done at once
 */
public record Access(
    Known known,
    Optional<Token> token,
    boolean isOpen,
    boolean tells,
    Optional<SSLContext> tls,
    Limits limits) {
  /** Some people behind one router, each with the six connections of a browser. */
  public static final int PER_CLIENT = 64;

  /** Each of them takes a megabyte of the heap while it is read and answered. */
  public static final int PREDICTIONS = 256;

  /** For this machine alone, as it is if nobody says otherwise. */
  public static final Access DEFAULT =
      new Access(
          new Known(List.of(), List.of(), Proxies.NONE),
          Optional.empty(),
          false,
          false,
          Optional.empty(),
          new Limits(PER_CLIENT, PREDICTIONS));

  private static final Pattern HOST = Pattern.compile("[a-z0-9_.-]+|\\[[0-9a-f:.]+\\]");
  private static final Pattern ORIGIN =
      Pattern.compile("\\*|[a-z][a-z0-9+.-]*://([a-z0-9_.-]+|\\[[0-9a-f:.]+\\])(:[0-9]+)?");

  /**
   * Names and addresses that are not strangers'.
   *
   * @param hosts names that clients may call the server beside its own, as behind a proxy
   * @param origins of other sites whose pages may talk to it; {@code *} for all
   * @param proxies that are believed when they say for whom they ask
   */
  public record Known(List<String> hosts, List<String> origins, Proxies proxies) {}

  /**
   * How much may be done at once.
   *
   * @param perClient requests of one address of another machine; 0 for any number
   * @param predictions of all
   */
  public record Limits(int perClient, int predictions) {}

  private Access with(Known others) {
    return new Access(others, token, isOpen, tells, tls, limits);
  }

  /** {@return the same for clients that call the server by other names, too} */
  public Access withHosts(List<String> names) {
    List<String> lower = names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    lower.forEach(
        name ->
            require(
                HOST,
                name,
                "--allow-host is \"%s\": give a name alone, such as digits.example.org."));
    return with(new Known(lower, known.origins(), known.proxies()));
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
    return with(new Known(known.hosts(), lower, known.proxies()));
  }

  private static void require(Pattern pattern, String value, String sentence) {
    if (!pattern.matcher(value).matches()) {
      throw new UsageException(sentence.formatted(value));
    }
  }

  /** {@return the same for those only who know a token} */
  public Access withToken(Token secret) {
    return new Access(known, Optional.of(secret), false, tells, tls, limits);
  }

  /** {@return the same without a token, for whoever can reach the server} */
  public Access open() {
    return new Access(known, Optional.empty(), true, tells, tls, limits);
  }

  /** {@return the same, and others are told paths and versions if that is so} */
  public Access telling(boolean paths) {
    return new Access(known, token, isOpen, paths, tls, limits);
  }

  /** {@return the same by HTTPS} */
  public Access withTls(SSLContext context) {
    return new Access(known, token, isOpen, tells, Optional.of(context), limits);
  }

  /** {@return the same with other limits} */
  public Access withLimits(int requestsPerClient, int predictionsAtOnce) {
    if (requestsPerClient < 0 || predictionsAtOnce < 1) {
      throw new UsageException(
          "--client-requests is %d and --predictions is %d, but they must be at least 0 and 1."
              .formatted(requestsPerClient, predictionsAtOnce));
    }
    return new Access(
        known, token, isOpen, tells, tls, new Limits(requestsPerClient, predictionsAtOnce));
  }

  /** {@return the same behind proxies that are believed when they say for whom they ask} */
  public Access behind(Proxies trusted) {
    return with(new Known(known.hosts(), known.origins(), trusted));
  }

  /** {@return the same as it holds at an address: with a token where others can reach it} */
  Access at(InetSocketAddress address) {
    if (address.getAddress().isLoopbackAddress()) {
      return telling(true);
    }
    return token.isPresent() || isOpen ? this : withToken(Token.random());
  }
}
