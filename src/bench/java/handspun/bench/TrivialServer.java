package handspun.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The least that can answer: the same server of the JDK as {@code serve} has, with as many threads,
 * that reads each body to its end and answers what it was given at its start. Everything that
 * {@code serve} takes beyond this is ours.
 */
public final class TrivialServer {
  /** What it prints when it listens, before its port. */
  static final String LISTENS = "Listens at http://127.0.0.1:";

  private static final int BACKLOG = 1024;
  private static final int LEAST_THREADS = 2;
  private static final int MOST_THREADS = 1200;
  private static final int IDLE_SECONDS = 10;

  private TrivialServer() {}

  /**
   * Serves until the process is ended.
   *
   * @param args the file that is the answer
   */
  public static void main(String[] args) throws IOException {
    byte[] answer = Files.readAllBytes(Path.of(args[0]));
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
    server.setExecutor(
        new ThreadPoolExecutor(
            LEAST_THREADS, MOST_THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>()));
    server.createContext("/", exchange -> answer(exchange, answer));
    server.start();
    System.out.println(LISTENS + server.getAddress().getPort() + "/");
  }

  private static void answer(HttpExchange exchange, byte[] answer) throws IOException {
    long unused = exchange.getRequestBody().readAllBytes().length;
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }
}
