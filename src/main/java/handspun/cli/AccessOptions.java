package handspun.cli;

import handspun.HandspunException;
import handspun.UsageException;
import handspun.serve.Access;
import handspun.serve.DigitServer;
import handspun.serve.Keystore;
import handspun.serve.Proxies;
import handspun.serve.Token;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of {@code serve} and {@code train --watch} that say who may talk to the page. */
final class AccessOptions {
  private static final String LOOPBACK = "127.0.0.1";
  private static final String TOKEN = "HANDSPUN_TOKEN";
  private static final String TLS_PASSWORD = "HANDSPUN_TLS_PASSWORD";

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = LOOPBACK,
      description =
          "Address of this machine to listen at; 0.0.0.0 lets others in who know the token (default: ${DEFAULT-VALUE}).")
  private String host = LOOPBACK;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description =
          "File with the token that clients must send (default: the environment's HANDSPUN_TOKEN; else, where others can reach it, one that is made and printed).")
  private Path tokenFile;

  @Option(
      names = "--no-token",
      description = "Let everybody who reaches this server use it, without a token.")
  private boolean noToken;

  @Option(
      names = "--allow-host",
      paramLabel = "NAME",
      description =
          "Name by which clients may call this server, as behind a proxy; may be given several times.")
  private List<String> hosts = List.of();

  @Option(
      names = "--trust-proxy",
      paramLabel = "ADDRESS",
      description =
          "Proxy that says for whom it asks in X-Forwarded-For, and by what in X-Forwarded-Proto; may be given several times (default: nobody is believed).")
  private List<String> proxies = List.of();

  @Option(
      names = "--cors",
      paramLabel = "ORIGIN",
      description =
          "Other site whose pages may talk to this server, such as https://notes.example.org, * for all; may be given several times (default: none).")
  private List<String> origins = List.of();

  @Option(
      names = "--tls-keystore",
      paramLabel = "FILE",
      description =
          "Speak HTTPS with the key and certificate in this file (PKCS12 or JKS), whose password is in --tls-password-file or the environment's HANDSPUN_TLS_PASSWORD.")
  private Path keystore;

  @Option(
      names = "--tls-password-file",
      paramLabel = "FILE",
      description = "File with the password of --tls-keystore.")
  private Path passwordFile;

  @Option(
      names = "--show-paths",
      description =
          "Tell others of this machine's paths and versions (without --host, they are always told).")
  private boolean showPaths;

  @Option(
      names = "--client-requests",
      paramLabel = "N",
      defaultValue = "" + Access.PER_CLIENT,
      description =
          "Requests at once of one address of another machine, 0 for any number (default: ${DEFAULT-VALUE}).")
  private int clientRequests = Access.PER_CLIENT;

  @Option(
      names = "--predictions",
      paramLabel = "N",
      defaultValue = "" + Access.PREDICTIONS,
      description =
          "Predictions at once; what is more is told to come again (default: ${DEFAULT-VALUE}).")
  private int predictions = Access.PREDICTIONS;

  /** {@return where to listen} */
  String host() {
    return host;
  }

  /** {@return what they say} */
  Access access() {
    Access access =
        Access.DEFAULT
            .withHosts(hosts)
            .withOrigins(origins)
            .telling(showPaths)
            .withLimits(clientRequests, predictions)
            .behind(Proxies.of(proxies));
    if (noToken && tokenFile != null) {
      throw new UsageException("--no-token and --token-file contradict each other: leave one out.");
    }
    if (noToken) {
      access = access.open();
    } else {
      Optional<Token> token = token();
      access = token.isPresent() ? access.withToken(token.get()) : access;
    }
    if (keystore == null) {
      if (passwordFile != null) {
        throw new UsageException(
            "--tls-password-file is for the keystore that --tls-keystore names: give both.");
      }
      return access;
    }
    return access.withTls(Keystore.read(keystore, password()));
  }

  private Optional<Token> token() {
    return tokenFile != null
        ? Optional.of(Token.read(tokenFile))
        : Optional.ofNullable(System.getenv(TOKEN)).map(text -> Token.of(text, TOKEN));
  }

  private char[] password() {
    if (passwordFile == null) {
      return Optional.ofNullable(System.getenv(TLS_PASSWORD))
          .orElseThrow(
              () ->
                  new UsageException(
                      "--tls-keystore needs its password: put it into a file that --tls-password-file names, or into the environment's %s."
                          .formatted(TLS_PASSWORD)))
          .toCharArray();
    }
    try {
      return Files.readString(passwordFile).replaceFirst("\\R$", "").toCharArray();
    } catch (IOException e) {
      throw new HandspunException(
          "The password's file %s cannot be read (%s): name one with --tls-password-file that can."
              .formatted(passwordFile, e.getClass().getSimpleName()),
          e);
    }
  }

  /** {@return what must not be overlooked, if anything} */
  Optional<String> warning(DigitServer server) {
    return server.isOpen()
        ? Optional.of(
            "WARNING: --no-token lets EVERYBODY who reaches %s:%d use this server."
                .formatted(host, server.address().getPort()))
        : Optional.empty();
  }

  /** {@return the page's address, with the token if it was made just now: nobody knows it yet} */
  String link(DigitServer server) {
    return server.address() + server.madeToken().map(token -> "?token=" + token).orElse("");
  }
}
