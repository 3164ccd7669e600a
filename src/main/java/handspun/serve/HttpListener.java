package handspun.serve;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** The JDK's HTTP server with limits, so that nobody can lock it up. */
record HttpListener(
    HttpServer server, RequestThreads threads, RequestHandler handler, Timeouts timeouts) {
  /** As many as there may be; those that only wait for a first byte hold no thread. */
  private static final int MOST_CONNECTIONS = 8192;

  /** The same where connections are few, so that silent ones do not keep others out for long. */
  private static final int FEW_IDLE_SECONDS = 5;

  private static final int IDLE_CHECK_MILLIS = 1000;

  /** That wait for a next request; of fewer connections, a quarter may. */
  private static final int MOST_IDLE = 200;

  private static final int BACKLOG = 1024;

  /**
   * Seconds after which the JDK's own timers cut a connection without a word. They only back up
   * {@link Timeouts}: the largest body may take 35 minutes by its rate, a whole queue of pictures
   * 90 seconds.
   */
  private static final int MOST_REQUEST_SECONDS = 3600;

  private static final int MOST_REPLY_SECONDS = 300;

  /** Seconds between two requests; a connection that sends nothing at first has as many. */
  private static final int MOST_IDLE_SECONDS = 30;

  /**
   * {@return a listener at work, at a resolved address; {@code access} is as it holds there, {@code
   * served} tells the SHA-256 of the model that is served}
   */
  static HttpListener start(
      InetSocketAddress address,
      Access access,
      Routes routes,
      Timeouts timeouts,
      Capacity capacity,
      Supplier<String> served,
      List<RequestObserver> observers)
      throws IOException {
    int most = Descriptors.connections(MOST_CONNECTIONS);
    // The server's class reads these once, when it is loaded.
    setUnlessGiven("sun.net.httpserver.nodelay", "true");
    setUnlessGiven("sun.net.httpserver.maxReqTime", Integer.toString(MOST_REQUEST_SECONDS));
    setUnlessGiven("sun.net.httpserver.maxRspTime", Integer.toString(MOST_REPLY_SECONDS));
    setUnlessGiven(
        "sun.net.httpserver.idleInterval",
        Integer.toString(most < capacity.threads() ? FEW_IDLE_SECONDS : MOST_IDLE_SECONDS));
    setUnlessGiven(
        "sun.net.httpserver.idleTimerScheduleMillis", Integer.toString(IDLE_CHECK_MILLIS));
    setUnlessGiven("jdk.httpserver.maxConnections", Integer.toString(most));
    setUnlessGiven(
        "sun.net.httpserver.maxIdleConnections", Integer.toString(Math.min(MOST_IDLE, most / 4)));
    Connections connections = new Connections(access.tls().isEmpty(), observers);
    HttpServer server = WatchedChannels.opening(connections, () -> create(address, access));
    RequestThreads threads =
        new RequestThreads(
            timeouts, capacity.within(most), () -> observers.forEach(RequestObserver::cutOff));
    Gate gate = Gate.of(access, server.getAddress(), address.getHostString());
    RequestHandler handler =
        new RequestHandler(
            gate, new InFlight(access.limits().predictions()), routes, threads, served, observers);
    server.createContext("/", connections.claiming(handler));
    server.setExecutor(threads);
    server.start();
    return new HttpListener(server, threads, handler, timeouts);
  }

  private static HttpServer create(InetSocketAddress address, Access access) throws IOException {
    if (access.tls().isEmpty()) {
      return HttpServer.create(address, BACKLOG);
    }
    HttpsServer server = HttpsServer.create(address, BACKLOG);
    server.setHttpsConfigurator(new HttpsConfigurator(access.tls().get()));
    return server;
  }

  private static void setUnlessGiven(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  /** {@return where it listens} */
  InetSocketAddress address() {
    return server.getAddress();
  }

  /**
   * Is ready no more, then listens no more, and lets requests end that are under way; all that not
   * for long.
   */
  void close(Readiness readiness) {
    long end = System.nanoTime() + timeouts.stop().toNanos();
    handler.stop();
    try {
      readiness.end(timeouts.stop().dividedBy(2));
      stopListening();
      threads.awaitNone(Duration.ofNanos(end - System.nanoTime()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    server.stop(0);
    threads.close();
  }

  /** At once; that everybody has been answered the JDK's server would notice late or never. */
  private void stopListening() {
    int seconds = Math.toIntExact(timeouts.stop().toSeconds());
    Thread stop = new Thread(() -> server.stop(seconds), "handspun-serve-stop");
    stop.setDaemon(true);
    stop.start();
  }
}
