package handspun.cli;

import static org.assertj.core.api.Assertions.assertThat;

import handspun.StartedProcesses;
import handspun.files.Location;
import handspun.image.Pictures;
import handspun.network.Initializer;
import handspun.network.Network;
import handspun.network.Topology;
import handspun.store.Model;
import handspun.store.ModelFile;
import handspun.store.Provenance;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program serves, as a user starts it. */
class ServeIT {
  private static final String HANDSPUN = Path.of("bin/handspun").toAbsolutePath().toString();

  private static final int SIGTERM = 15;

  @TempDir private Path folder;

  private String model;

  @BeforeEach
  void writeAModel() {
    Network network = Network.random(new Topology(784, 10), Initializer.NORMAL, 1);
    Provenance provenance = new Provenance("", Map.of(), "", Map.of(), 0, Double.NaN, Double.NaN);
    Path file = folder.resolve("model.handspun");
    ModelFile.write(Location.of(file), new Model(network, Optional.empty(), provenance));
    model = file.toString();
  }

  private ProcessBuilder serve(int port, String... options) {
    List<String> command =
        new ArrayList<>(
            List.of(HANDSPUN, "serve", "--model", model, "--port", Integer.toString(port)));
    command.addAll(List.of(options));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.directory(folder.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    StartedProcesses.mark(builder.environment());
    return builder;
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void servesUntilItIsStoppedAndEndsWhatIsUnderWay() throws Exception {
    Process process = serve(0).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (BufferedReader out = process.inputReader()) {
      String line = out.readLine();
      assertThat(line)
          .matches(
              "Draw a digit at http://127\\.0\\.0\\.1:\\d+/ \\(model .*model\\.handspun; Ctrl-C"
                  + " ends\\)");
      URI address = URI.create(line.split(" ")[4]);
      HttpResponse<String> response =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(address.resolve("/api/predict"))
                      .header("Content-Type", "image/png")
                      .POST(BodyPublishers.ofByteArray(Pictures.sevenPng()))
                      .build(),
                  BodyHandlers.ofString());
      assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
      try (Socket underWay = new Socket(address.getHost(), address.getPort())) {
        send(
            underWay,
            String.join(
                "\r\n",
                "POST /api/predict HTTP/1.1",
                "Host: localhost",
                "Expect: 100-continue",
                "Content-Length: 5",
                "",
                ""));
        // The server says so when it is with the request.
        byte[] goOn = underWay.getInputStream().readNBytes("HTTP/1.1 100 ".length());
        assertThat(new String(goOn, StandardCharsets.UTF_8)).isEqualTo("HTTP/1.1 100 ");
        send(underWay, "hel");
        // What Ctrl-C does, but from outside.
        process.toHandle().destroy();
        send(underWay, "lo");
        assertThat(new String(underWay.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
            .contains("HTTP/1.1 415 ", "curl --data-binary");
      }
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(128 + SIGTERM);
      assertThat(out.readLine()).isNull();
      try (ServerSocket free = new ServerSocket(address.getPort())) {
        assertThat(free.isBound()).isTrue();
      }
    } finally {
      process.destroyForcibly();
    }
  }

  /** A server, and the address that it says. */
  private record Running(Process process, BufferedReader out, URI address)
      implements AutoCloseable {
    static Running start(ProcessBuilder builder) throws IOException {
      Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
      BufferedReader out = process.inputReader();
      return new Running(
          process, out, URI.create(lineThatStarts(out, "Draw a digit at ").split(" ")[4]));
    }

    /** A request whose body will come. */
    Socket beginRequest() throws IOException {
      Socket socket = new Socket(address.getHost(), address.getPort());
      send(
          socket,
          String.join(
              "\r\n",
              "POST /api/predict HTTP/1.1",
              "Host: localhost",
              "Expect: 100-continue",
              "Content-Length: 5",
              "",
              ""));
      byte[] goOn = socket.getInputStream().readNBytes("HTTP/1.1 100 Continue\r\n\r\n".length());
      assertThat(new String(goOn, StandardCharsets.UTF_8)).startsWith("HTTP/1.1 100 ");
      return socket;
    }

    /** What Ctrl-C and a service manager do, but from outside. */
    void signal() throws IOException, InterruptedException {
      Process kill = new ProcessBuilder("kill", "-TERM", Long.toString(process.pid())).start();
      assertThat(kill.waitFor()).isZero();
    }

    boolean listens() {
      try (Socket socket = new Socket(address.getHost(), address.getPort())) {
        return socket.isConnected();
      } catch (IOException e) {
        return false;
      }
    }

    void awaitDeaf() throws InterruptedException {
      while (process.isAlive() && listens()) {
        Thread.sleep(10);
      }
    }

    int await() throws InterruptedException {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      return process.exitValue();
    }

    @Override
    public void close() throws IOException {
      process.destroyForcibly();
      out.close();
    }
  }

  @Test
  void writesALineForEachRequestAndBeginsAnotherFileInTime() throws Exception {
    Path log = folder.resolve("logs").resolve("access.log");
    ProcessBuilder builder = serve(0, "--access-log", log.toString());
    builder.environment().put("HANDSPUN_JAVA_OPTS", "-Dhandspun.access.size=2KB");
    int requests = 40;
    try (Running server = Running.start(builder);
        Socket underWay = server.beginRequest()) {
      for (int i = 0; i < requests; i++) {
        get(server.address().resolve("/healthz?" + i));
      }
      server.signal();
      server.awaitDeaf();
      send(underWay, "hello");
      assertThat(server.await()).isEqualTo(128 + SIGTERM);
    }
    String lines = Files.readString(log);
    for (Path older : listed(log.getParent())) {
      if (!older.equals(log)) {
        assertThat(older.toString()).matches(".*access\\.log\\.\\d\\.gz");
        try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(older))) {
          lines += new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
      }
    }
    assertThat(listed(log.getParent())).hasSizeGreaterThan(2);
    for (int i = 0; i < requests; i++) {
      assertThat(lines).containsOnlyOnce("\"GET /healthz?%d HTTP/1.1\" 200 ".formatted(i));
    }
    // Also the one that ended while the server did.
    assertThat(lines).containsOnlyOnce("\"POST /api/predict HTTP/1.1\" 415 ");
    assertThat(lines.lines()).hasSize(requests + 1);
  }

  private static List<Path> listed(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  @Test
  void isReadyNoMoreBeforeItListensNoMore() throws Exception {
    try (Running server = Running.start(serve(0));
        Socket underWay = server.beginRequest()) {
      HttpClient client = HttpClient.newHttpClient();
      HttpRequest ready = HttpRequest.newBuilder(server.address().resolve("/readyz")).build();
      HttpResponse<String> before = client.send(ready, BodyHandlers.ofString());
      assertThat(before.statusCode()).isEqualTo(200);
      assertThat(before.body()).isEqualTo("{\"status\":\"ready\"}");
      server.signal();
      HttpResponse<String> after = client.send(ready, BodyHandlers.ofString());
      while (after.statusCode() == 200) {
        after = client.send(ready, BodyHandlers.ofString());
      }
      assertThat(after.statusCode()).isEqualTo(503);
      assertThat(after.body()).startsWith("{\"error\":\"The server is being stopped");
      assertThat(after.headers().firstValue("Connection")).contains("close");
      server.awaitDeaf();
      assertThat(server.process().isAlive()).isTrue();
      send(underWay, "hello");
      assertThat(new String(underWay.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .contains("HTTP/1.1 415 ", "Connection: close");
      assertThat(server.await()).isEqualTo(128 + SIGTERM);
    }
  }

  @Test
  void waitsForARequestButNotAfterASecondSignal() throws Exception {
    long patient = nanosToEnd(false);
    assertThat(patient).isGreaterThan(TimeUnit.SECONDS.toNanos(3));
    assertThat(nanosToEnd(true)).isLessThan(patient);
  }

  /** How long the server takes to end while a request is under way that never ends. */
  private long nanosToEnd(boolean twice) throws Exception {
    try (Running server = Running.start(serve(0));
        Socket underWay = server.beginRequest()) {
      long begin = System.nanoTime();
      server.signal();
      server.awaitDeaf();
      if (twice) {
        server.signal();
      }
      assertThat(server.await()).isEqualTo(128 + SIGTERM);
      assertThat(underWay.isClosed()).isFalse();
      return System.nanoTime() - begin;
    }
  }

  @Test
  void namesAPortThatIsInUse() throws IOException, InterruptedException {
    try (ServerSocket taken = new ServerSocket(0)) {
      Process process = serve(taken.getLocalPort()).start();
      try (BufferedReader err = process.errorReader()) {
        assertThat(err.readLine())
            .startsWith("handspun: Port " + taken.getLocalPort())
            .contains("in use", "--port N");
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(1);
      } finally {
        process.destroyForcibly();
      }
    }
  }

  @Test
  void servesWhileItTrainsAndThenTheModel() throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            HANDSPUN, "train", "--watch=0", "--epochs", "1", "--augment", "none", "--run", "run");
    builder.directory(folder.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    StartedProcesses.mark(builder.environment());
    Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (BufferedReader out = process.inputReader()) {
      String line = lineThatStarts(out, "Watch it learn at http://127.0.0.1:");
      URI address = URI.create(line.split(" ")[4]);
      assertThat(get(address.resolve("/api/model"))).contains("\"epochs\":0", "\"training\":true");
      String events = get(address.resolve("/api/events"));
      assertThat(events).contains("event: epoch", "event: end");
      assertThat(lineThatStarts(out, "The page at ")).contains("model.handspun (Ctrl-C ends)");
      // What only the saved model has.
      assertThat(get(address.resolve("/api/model")))
          .contains("\"acceptance\":{\"leastScore\"", "\"training\":false", "\"epochs\":[0,1]");
      assertThat(get(address.resolve("/api/epochs")))
          .matches(
              "\\{\"epochs\":\\[0,1],\"metrics\":\\[\\{\"epoch\":1,\"cost\":\\d\\.\\d+,"
                  + "\"validationAccuracy\":0\\.[89]\\d*}]}");
    }
    process.destroy();
    assertThat(process.waitFor()).isEqualTo(128 + SIGTERM);
  }

  private static String lineThatStarts(BufferedReader out, String start) throws IOException {
    String line = out.readLine();
    while (line != null && !line.startsWith(start)) {
      line = out.readLine();
    }
    assertThat(line).as(start).isNotNull();
    return line;
  }

  private static String get(URI address) throws Exception {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
        .body();
  }
}
