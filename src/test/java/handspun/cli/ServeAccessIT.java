package handspun.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import handspun.StartedProcesses;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Who may talk to the packaged program, and what is left of it where the system is short. */
class ServeAccessIT {
  private static final String SERVE =
      Path.of("bin/handspun").toAbsolutePath()
          + " serve --model data/models/drawn.handspun --port 0 ";

  private static Process start(String command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder("bash", "-c", command);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().remove("HANDSPUN_TOKEN");
    StartedProcesses.mark(builder.environment());
    return builder.start();
  }

  private static URI address(BufferedReader out) throws IOException {
    String line = out.readLine();
    assertThat(line).startsWith("Draw a digit at http");
    return URI.create(line.split(" ")[4]);
  }

  private static HttpResponse<String> get(URI address) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(address).timeout(Duration.ofMinutes(2)).build(),
            BodyHandlers.ofString());
  }

  @Test
  void printsALinkWithATokenWhereOthersCanReachIt() throws Exception {
    Process process = start("exec " + SERVE + "--host 0.0.0.0");
    try (BufferedReader out = process.inputReader()) {
      URI link = address(out);
      assertThat(link.toString()).matches("http://127\\.0\\.0\\.1:\\d+/\\?token=[\\w-]{32}");
      assertThat(get(link.resolve("/")).statusCode()).isEqualTo(401);
      assertThat(get(link).headers().firstValue("Set-Cookie")).isPresent();
    } finally {
      process.destroy();
      process.waitFor();
    }
  }

  @Test
  void warnsLoudlyThatEverybodyMayComeIn() throws Exception {
    Process process = start("exec " + SERVE + "--host 0.0.0.0 --no-token");
    try (BufferedReader out = process.inputReader();
        BufferedReader err = process.errorReader()) {
      assertThat(get(address(out)).statusCode()).isEqualTo(200);
      assertThat(err.readLine()).startsWith("WARNING: --no-token lets EVERYBODY");
    } finally {
      process.destroy();
      process.waitFor();
    }
  }

  @Test
  void takesATokenFromTheEnvironmentAndDoesNotTellIt() throws Exception {
    Process process = start("HANDSPUN_TOKEN=from-outside exec " + SERVE);
    try (BufferedReader out = process.inputReader()) {
      URI page = address(out);
      assertThat(page.getQuery()).isNull();
      assertThat(get(page).statusCode()).isEqualTo(401);
      assertThat(get(page.resolve("?token=from-outside")).statusCode()).isEqualTo(303);
    } finally {
      process.destroy();
      process.waitFor();
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void refusesConnectionsWithoutSpinningWhereDescriptorsAreShort() throws Exception {
    Process process = start("ulimit -n 256; exec " + SERVE);
    List<Socket> sockets = new ArrayList<>();
    try (BufferedReader out = process.inputReader()) {
      URI page = address(out);
      assertThat(get(page.resolve("healthz")).statusCode()).isEqualTo(200);
      awaitRest(process);
      for (int i = 0; i < 400; i++) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), page.getPort());
        sockets.add(socket);
      }
      Duration before = computed(process);
      long start = System.nanoTime();
      Thread.sleep(TimeUnit.SECONDS.toMillis(3));
      Duration taken = computed(process).minus(before);
      // The accept loop would spin on a whole core.
      assertThat(taken).isLessThan(Duration.ofNanos(System.nanoTime() - start).dividedBy(2));
      // More of them than there are descriptors: these were not left to wait.
      assertThat(sockets.stream().filter(ServeAccessIT::isClosed).count()).isGreaterThan(144);
      assertThat(openFiles(process)).isLessThan(256);
      closeAll(sockets);
      assertThat(patiently(page.resolve("healthz")).statusCode()).isEqualTo(200);
    } finally {
      closeAll(sockets);
      process.destroy();
      process.waitFor();
    }
  }

  /** At first the server practises, and Java compiles. */
  private static void awaitRest(Process process) throws InterruptedException {
    Duration before = computed(process);
    for (int tries = 0; tries < 120; tries++) {
      Thread.sleep(500);
      Duration now = computed(process);
      if (now.minus(before).toMillis() <= 50) {
        return;
      }
      before = now;
    }
    fail("The server does not come to rest.");
  }

  private static Duration computed(Process process) {
    return process.toHandle().info().totalCpuDuration().orElseThrow();
  }

  private static int openFiles(Process process) {
    return Path.of("/proc", Long.toString(process.pid()), "fd").toFile().list().length;
  }

  private static void closeAll(List<Socket> sockets) throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  /** The server learns a little later that others have gone. */
  private static HttpResponse<String> patiently(URI address) throws Exception {
    for (int tries = 0; tries < 1000; tries++) {
      try {
        return get(address);
      } catch (IOException e) {
        Thread.sleep(50);
      }
    }
    return get(address);
  }

  private static boolean isClosed(Socket socket) {
    try {
      socket.setSoTimeout(1);
      return socket.getInputStream().read() < 0;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }
}
