package handspun.serve;

import handspun.StartedProcesses;
import java.io.File;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A real nginx with TLS, which has a path lead to a server as the documentation says. */
final class Nginx implements AutoCloseable {
  private static final Path SNIPPET = Path.of("src", "docs", "serve", "nginx.conf");
  private static final int PATIENCE_SECONDS = 60;
  private static final int PAUSE_MILLIS = 10;

  private static final String CONFIGURATION =
      """
      daemon off;
      master_process off;
      pid nginx.pid;
      error_log stderr;
      events {}
      http {
        access_log off;
        client_body_temp_path body;
        proxy_temp_path proxy;
        fastcgi_temp_path fastcgi;
        uwsgi_temp_path uwsgi;
        scgi_temp_path scgi;
        server {
          listen 127.0.0.1:%d ssl;
          ssl_certificate certificate.pem;
          ssl_certificate_key key.pem;
          include handspun.conf;
        }
      }
      """;

  private final Process process;
  private final int port;

  private Nginx(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts it before a server. Where it is missing, the tests are skipped, aloud.
   *
   * @param folder an empty one
   * @param target port of the server
   */
  static Nginx start(Path folder, int target) throws Exception {
    String nginx = program("nginx", "nginx-light");
    String openssl = program("openssl", "openssl");
    run(
        folder,
        List.of(
            openssl,
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-subj",
            "/CN=localhost",
            "-keyout",
            "key.pem",
            "-out",
            "certificate.pem"));
    int port = freePort();
    Files.writeString(
        folder.resolve("handspun.conf"),
        Files.readString(SNIPPET).replace("127.0.0.1:8501", "127.0.0.1:" + target));
    Files.writeString(folder.resolve("nginx.conf"), CONFIGURATION.formatted(port));
    List<String> command = List.of(nginx, "-p", folder.toString(), "-c", "nginx.conf");
    run(folder, List.of(nginx, "-p", folder.toString(), "-c", "nginx.conf", "-t"));
    Process process = builder(folder, command).start();
    Nginx started = new Nginx(process, port);
    started.awaitPort();
    return started;
  }

  private static String program(String name, String debian) {
    Optional<File> found = Chromium.program(name).or(() -> inSbin(name));
    if (found.isEmpty()) {
      String missing =
          "The tests behind nginx are skipped: %s is not in the PATH (Debian: apt-get install %s)."
              .formatted(name, debian);
      System.out.println(missing);
      Assumptions.abort(missing);
    }
    return found.get().toString();
  }

  /** Where Debian has it, and a plain user's PATH does not lead. */
  private static Optional<File> inSbin(String name) {
    return Optional.of(new File("/usr/sbin", name)).filter(File::canExecute);
  }

  private static ProcessBuilder builder(Path folder, List<String> command) {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("said").toFile());
    StartedProcesses.mark(builder.environment());
    return builder;
  }

  private static void run(Path folder, List<String> command) throws Exception {
    int exit = builder(folder, command).start().waitFor();
    if (exit != 0) {
      throw new IOException(command + " said: " + Files.readString(folder.resolve("said")));
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private void awaitPort() throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!listens()) {
      if (System.nanoTime() > end || !process.isAlive()) {
        throw new IOException("nginx does not listen.");
      }
      Thread.sleep(PAUSE_MILLIS);
    }
  }

  private boolean listens() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (ConnectException e) {
      return false;
    }
  }

  /** {@return where the server seems to be} */
  URI address() {
    return URI.create("https://localhost:" + port + "/digits/");
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
