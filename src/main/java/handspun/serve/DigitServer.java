package handspun.serve;

import handspun.HandspunException;
import handspun.UsageException;
import handspun.math.Kernels;
import handspun.read.Reading;
import handspun.store.Model;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Optional;

/**
 * The page on which a person draws a digit, and its API.
 *
 * <ul>
 *   <li>{@code GET /}: the page
 *   <li>{@code POST /api/predict}: a picture, known by its first bytes, by itself or in a form, or
 *       {@code {"pixels": [784 numbers 0..1]}}, answered by a {@link Reading}
 *   <li>{@code POST /api/steps}: a picture, answered likewise, and by {@link
 *       handspun.image.PictureSteps}
 *   <li>{@code GET /api/model}: what is known about the model
 *   <li>{@code GET /api/models}, {@code GET /api/epochs}: which there are, and as of which epoch
 *   <li>{@code GET /api/parameters}: its network's weights and biases
 *   <li>{@code GET /api/test-images}, {@code GET /api/confusion}: what it makes of test images
 *   <li>{@code POST /api/nearest}: the training images nearest to one
 *   <li>{@code POST /api/collect}: stores a drawing
 *   <li>{@code GET /api/events}: the epochs of a training as they end
 *   <li>{@code /v2}, {@code /v1}: the Open Inference Protocol
 *   <li>{@code GET /healthz}: that the server lives, and which model it serves
 *   <li>{@code GET /readyz}: whether requests should be sent here
 *   <li>{@code GET /metrics}: how it does, for Prometheus
 *   <li>{@code GET /openapi.json}: all of these for programs
 * </ul>
 *
 * <p>Errors are {@code {"error": sentence}}.
 */
public final class DigitServer implements AutoCloseable {
  /** A stream hears something so often within the time that a client has to take an answer. */
  private static final int PAUSES_PER_REPLY = 3;

  private final HttpListener listener;
  private final Site site;
  private final ModelWatch watch;
  private final String host;
  private final Access access;
  private final Optional<Token> madeToken;

  /** What goes on beside the answering of requests, and ends with it. */
  interface Work extends AutoCloseable {
    @Override
    void close();
  }

  private DigitServer(
      HttpListener listener,
      Site site,
      ModelWatch watch,
      String host,
      Access access,
      Optional<Token> madeToken) {
    this.listener = listener;
    this.site = site;
    this.watch = watch;
    this.host = host;
    this.access = access;
    this.madeToken = madeToken;
  }

  /** Starts to serve one model; the rest is as {@link Content#of} says. */
  public static DigitServer start(
      String name, Model model, Kernels kernels, String host, int port) {
    return start(Content.of(name, model), kernels, host, port);
  }

  /** Starts to serve, for whom {@link Access#DEFAULT} lets in. */
  public static DigitServer start(Content content, Kernels kernels, String host, int port) {
    return start(content, kernels, Access.DEFAULT, host, port);
  }

  /**
   * Starts to serve.
   *
   * @param content what to show
   * @param kernels arithmetic to use
   * @param access who may talk to it
   * @param host name or address of this machine to listen at; 127.0.0.1 is not reachable from
   *     others
   * @param port 1 to 65535, or 0 for any that is free
   * @return the running server
   * @throws UsageException if there is no such port
   * @throws HandspunException if the address cannot be listened at or the model reads no 28 x 28
   *     images
   */
  public static DigitServer start(
      Content content, Kernels kernels, Access access, String host, int port) {
    if (port < 0 || port > 65535) {
      throw new UsageException("--port is %d, but must be 0 to 65535: try 8501.".formatted(port));
    }
    InetSocketAddress address = new InetSocketAddress(host, port);
    return start(content, kernels, access, address, Timeouts.DEFAULT, Capacity.DEFAULT);
  }

  /** As the other, with limits of one's own. */
  static DigitServer start(
      Content content,
      Kernels kernels,
      Access wanted,
      InetSocketAddress address,
      Timeouts timeouts,
      Capacity capacity) {
    String host = address.getHostString();
    if (address.isUnresolved()) {
      throw new HandspunException(
          "The host \"%s\" is not known: use --host with an address of this machine."
              .formatted(host));
    }
    Access access = wanted.at(address);
    Site site = Site.of(content, kernels, Told.by(access));
    try {
      HttpListener listener =
          HttpListener.start(
              address,
              access,
              site.routes(timeouts.reply().dividedBy(PAUSES_PER_REPLY)),
              timeouts,
              capacity,
              () -> site.models().served().sha256(),
              site.observers());
      ModelWatch watch =
          ModelWatch.start(site.models(), content.models().newest(), kernels, content.console());
      return new DigitServer(
          listener,
          site,
          watch,
          host,
          access,
          wanted.token().isPresent() ? Optional.empty() : access.token());
    } catch (IOException e) {
      site.close();
      throw cannotListen(host, address.getPort(), e);
    }
  }

  /** {@return where to point a browser on this machine} */
  public URI address() {
    InetSocketAddress bound = listener.address();
    String name = bound.getAddress().isAnyLocalAddress() ? "127.0.0.1" : host;
    String literal = name.contains(":") ? "[" + name + "]" : name;
    return URI.create(
        "%s://%s:%d/"
            .formatted(access.tls().isPresent() ? "https" : "http", literal, bound.getPort()));
  }

  /**
   * {@return the token that was made for clients to send, since there was none and it needs one}
   */
  public Optional<String> madeToken() {
    return madeToken.map(Token::text);
  }

  /** {@return whether whoever reaches this machine may talk to it} */
  public boolean isOpen() {
    return access.isOpen() && !listener.address().getAddress().isLoopbackAddress();
  }

  /**
   * Answers made-up requests for about a second, of which nobody is told, so that many that come at
   * once later find all compiled.
   */
  public void practise() {
    PredictPractice.run(
        new PredictEndpoint(site.models(), site.uploads(), new InferenceStatistics()));
  }

  /**
   * Is ready no more, lets requests end that are under way, for a few seconds at most, and stops.
   */
  @Override
  public void close() {
    site.endStreams();
    listener.close(site.monitoring().readiness());
    watch.close();
    site.close();
  }

  private static HandspunException cannotListen(String host, int port, IOException e) {
    String reason = String.valueOf(e.getMessage());
    return new HandspunException(
        reason.contains("in use")
            ? "Port %d at %s is in use: stop what listens there, or choose another port with --port N (0 takes any that is free)."
                .formatted(port, host)
            : "Could not listen on port %d at %s (%s): choose another with --port N and --host ADDRESS."
                .formatted(port, host, reason),
        e);
  }
}
