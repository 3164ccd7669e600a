package handspun.serve;

import handspun.HandspunException;
import handspun.UsageException;
import handspun.math.Kernels;
import handspun.read.Reading;
import handspun.store.Model;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;

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
 *   <li>{@code GET /api/parameters}: its network's weights and biases
 *   <li>{@code GET /healthz}: that the server lives, and which model it serves
 * </ul>
 *
 * <p>Errors are {@code {"error": sentence}}.
 */
public final class DigitServer implements AutoCloseable {
  private final HttpListener listener;
  private final PictureUploads uploads;
  private final String host;

  private DigitServer(HttpListener listener, PictureUploads uploads, String host) {
    this.listener = listener;
    this.uploads = uploads;
    this.host = host;
  }

  /**
   * Starts to serve.
   *
   * @param name of the model, for people
   * @param model whose network has 784 inputs
   * @param kernels arithmetic to use
   * @param host name or address of this machine to listen at; 127.0.0.1 is not reachable from
   *     others
   * @param port 1 to 65535, or 0 for any that is free
   * @return the running server
   * @throws UsageException if there is no such port
   * @throws HandspunException if the address cannot be listened at or the model reads no 28 x 28
   *     images
   */
  public static DigitServer start(
      String name, Model model, Kernels kernels, String host, int port) {
    if (port < 0 || port > 65535) {
      throw new UsageException("--port is %d, but must be 0 to 65535: try 8501.".formatted(port));
    }
    InetSocketAddress address = new InetSocketAddress(host, port);
    return start(name, model, kernels, address, Timeouts.DEFAULT, Capacity.DEFAULT);
  }

  /** As the other, with limits of one's own. */
  static DigitServer start(
      String name,
      Model model,
      Kernels kernels,
      InetSocketAddress address,
      Timeouts timeouts,
      Capacity capacity) {
    String host = address.getHostString();
    if (address.isUnresolved()) {
      throw new HandspunException(
          "The host \"%s\" is not known: use --host with an address of this machine."
              .formatted(host));
    }
    ServedModels models = new ServedModels(ServedModel.of(name, model, kernels));
    PictureUploads uploads = new PictureUploads();
    try {
      Map<String, Endpoint> endpoints = endpoints(models, uploads);
      HttpListener listener =
          HttpListener.start(
              address, endpoints, timeouts, capacity, () -> models.served().sha256());
      return new DigitServer(listener, uploads, host);
    } catch (IOException e) {
      uploads.close();
      throw cannotListen(host, address.getPort(), e);
    }
  }

  /** {@return where to point a browser on this machine} */
  public URI address() {
    InetSocketAddress bound = listener.address();
    String name = bound.getAddress().isAnyLocalAddress() ? "127.0.0.1" : host;
    String literal = name.contains(":") ? "[" + name + "]" : name;
    return URI.create("http://" + literal + ":" + bound.getPort() + "/");
  }

  /** Lets requests end that are under way, for a few seconds at most, and stops. */
  @Override
  public void close() {
    listener.close();
    uploads.close();
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

  private static Map<String, Endpoint> endpoints(ServedModels models, PictureUploads uploads)
      throws IOException {
    Map<String, Endpoint> endpoints = new TreeMap<>();
    endpoints.putAll(PageFiles.endpoints());
    endpoints.put("/api/predict", new PredictEndpoint(models, uploads));
    endpoints.put("/api/steps", new StepsEndpoint(models, uploads));
    endpoints.put("/api/model", new ModelEndpoint(models));
    endpoints.put("/api/parameters", new ParametersEndpoint(models));
    endpoints.put("/healthz", new HealthEndpoint(models));
    return endpoints;
  }
}
