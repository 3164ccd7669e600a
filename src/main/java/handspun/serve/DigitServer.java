package handspun.serve;

import com.sun.net.httpserver.HttpServer;
import handspun.HandspunException;
import handspun.UsageException;
import handspun.math.Kernels;
import handspun.store.Model;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The page on which a person draws a digit, and its API.
 *
 * <ul>
 *   <li>{@code GET /}: the page
 *   <li>{@code POST /api/predict}: a picture ({@code image/png}, {@code image/jpeg}) or {@code
 *       {"pixels": [784 numbers 0..1]}} ({@code application/json}), answered by a {@link Reading}
 *   <li>{@code GET /api/model}: what is known about the model
 *   <li>{@code GET /healthz}: {@code {"status": "ok"}}
 * </ul>
 *
 * <p>Errors are {@code {"error": sentence}}.
 */
public final class DigitServer implements AutoCloseable {
  /** Seconds; a client that stalls holds a thread for so long. */
  private static final int MOST_REQUEST_SECONDS = 10;

  private static final int MOST_REPLY_SECONDS = 30;
  private static final int THREADS = 128;
  private static final int IDLE_THREAD_SECONDS = 30;

  private final HttpServer server;
  private final ThreadPoolExecutor pool;
  private final String host;

  private DigitServer(HttpServer server, ThreadPoolExecutor pool, String host) {
    this.server = server;
    this.pool = pool;
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
      throw new UsageException("--port is " + port + ", but must be 0 to 65535: try 8501.");
    }
    DigitReader reader = new DigitReader(model.network(), kernels);
    try {
      HttpServer server = listen(host, port);
      server.createContext("/", router(name, model, reader));
      ThreadPoolExecutor pool = pool();
      server.setExecutor(pool);
      server.start();
      return new DigitServer(server, pool, host);
    } catch (IOException e) {
      throw new HandspunException("The server cannot start: " + e.getMessage() + ".", e);
    }
  }

  /**
   * @return where to point a browser on this machine
   */
  public URI address() {
    InetSocketAddress bound = server.getAddress();
    String name = bound.getAddress().isAnyLocalAddress() ? "127.0.0.1" : host;
    String literal = name.contains(":") ? "[" + name + "]" : name;
    return URI.create("http://" + literal + ":" + bound.getPort() + "/");
  }

  /** Stops at once; requests that are being answered are cut off. */
  @Override
  public void close() {
    server.stop(0);
    pool.shutdownNow();
  }

  private static HttpServer listen(String host, int port) throws IOException {
    // The server's class reads these once, when it is loaded.
    setUnlessGiven("sun.net.httpserver.nodelay", "true");
    setUnlessGiven("sun.net.httpserver.maxReqTime", Integer.toString(MOST_REQUEST_SECONDS));
    setUnlessGiven("sun.net.httpserver.maxRspTime", Integer.toString(MOST_REPLY_SECONDS));
    InetSocketAddress address = new InetSocketAddress(host, port);
    if (address.isUnresolved()) {
      throw new HandspunException(
          "The host \"" + host + "\" is not known: use --host with an address of this machine.");
    }
    try {
      return HttpServer.create(address, 0);
    } catch (IOException e) {
      if (String.valueOf(e.getMessage()).contains("in use")) {
        throw new HandspunException(
            "Port "
                + port
                + " at "
                + host
                + " is in use: stop what listens there, or choose another port with --port N (0"
                + " takes any that is free).",
            e);
      }
      throw new HandspunException(
          "Port "
              + port
              + " at "
              + host
              + " cannot be listened at ("
              + e.getMessage()
              + "): choose another with --port N and --host ADDRESS.",
          e);
    }
  }

  private static void setUnlessGiven(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  private static Router router(String name, Model model, DigitReader reader) throws IOException {
    Map<String, String> types =
        Map.of(
            "index.html", "text/html; charset=utf-8",
            "style.css", "text/css; charset=utf-8",
            "page.js", "text/javascript; charset=utf-8",
            "icon.svg", "image/svg+xml");
    Router router = new Router();
    for (Map.Entry<String, String> file : types.entrySet()) {
      String path = file.getKey().equals("index.html") ? "/" : "/" + file.getKey();
      router.get(path, new PageFile(file.getKey(), file.getValue()));
    }
    router.post("/api/predict", new PredictEndpoint(reader));
    router.get("/api/model", new ModelEndpoint(name, model));
    router.get("/healthz", exchange -> Reply.json(json -> json.writeStringField("status", "ok")));
    return router;
  }

  private static ThreadPoolExecutor pool() {
    AtomicInteger number = new AtomicInteger();
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            IDLE_THREAD_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, "handspun-serve-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }
}
