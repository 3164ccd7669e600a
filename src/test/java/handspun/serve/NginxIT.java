package handspun.serve;

import static org.assertj.core.api.Assertions.assertThat;

import handspun.math.Kernels;
import handspun.train.Plan;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What clients get through a real nginx, which is set up as the documentation says. */
class NginxIT {
  private static final Plan PLAN = new Plan(RunFiles.TOPOLOGY, 40, 10, 3f, 1, 1);
  private static final String TOKEN = "Authorization: Bearer secret\r\n";

  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private LiveTraining training;
  private DigitServer server;
  private Nginx nginx;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    training = new LiveTraining("runs/now/model.handspun", PLAN);
    Content content =
        Content.of(training.file(), training.model())
            .watching(training)
            .logging(Optional.of(new AccessLog(AccessLog.Format.COMBINED, lines::add)));
    Access access =
        Access.DEFAULT
            .withHosts(List.of("localhost"))
            .withToken(Token.of("secret", "a test"))
            .behind(Proxies.of(List.of("127.0.0.1")));
    server = DigitServer.start(content, Kernels.fastest(), access, "127.0.0.1", 0);
    nginx = Nginx.start(folder, server.address().getPort());
  }

  @AfterEach
  void stop() throws Exception {
    if (nginx != null) {
      nginx.close();
    }
    server.close();
  }

  /** Trusts whoever answers: it is this machine. */
  private static SSLContext trusting() throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    X509TrustManager anybody =
        new X509TrustManager() {
          @Override
          public void checkClientTrusted(X509Certificate[] chain, String type) {}

          @Override
          public void checkServerTrusted(X509Certificate[] chain, String type) {}

          @Override
          public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
          }
        };
    context.init(null, new TrustManager[] {anybody}, new SecureRandom());
    return context;
  }

  private Socket send(String method, String path, String headers) throws Exception {
    URI address = nginx.address();
    Socket socket =
        trusting().getSocketFactory().createSocket(address.getHost(), address.getPort());
    String request =
        "%s %s HTTP/1.1\r\nHost: %s\r\n%s\r\n"
            .formatted(method, path, address.getAuthority(), headers);
    socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
    return socket;
  }

  private String answer(String method, String path, String headers) throws Exception {
    try (Socket socket = send(method, path, headers + "Connection: close\r\n");
        InputStream in = socket.getInputStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void theLinkWithTheTokenLeadsToThePageBelowThePath() throws Exception {
    assertThat(answer("GET", "/digits/", "")).contains(" 401 ");
    assertThat(answer("GET", "/digits/?token=secret", ""))
        .contains(" 303 ", "Location: ./\r\n", "HttpOnly; SameSite=Strict; Secure")
        .doesNotContain("Path=");
    assertThat(answer("GET", "/digits", "")).contains(" 301 ", "Location: /digits/\r\n");
    assertThat(answer("GET", "/digits/", TOKEN)).contains(" 200 ", "<!doctype html>");
  }

  @Test
  void aSlashInAModelsNameStaysEncoded() throws Exception {
    assertThat(answer("GET", "/digits/v2/models/runs%2Fnow%2Fmodel.handspun/ready", TOKEN))
        .contains(" 200 ", "\"ready\":true");
  }

  @Test
  void pagesOfTheProxyMayPostAndOthersMayNot() throws Exception {
    String own = "https://" + nginx.address().getAuthority();
    String post = TOKEN + "Content-Type: text/plain\r\nContent-Length: 0\r\nOrigin: ";
    assertThat(answer("POST", "/digits/api/predict", post + own + "\r\n")).contains(" 415 ");
    assertThat(answer("POST", "/digits/api/predict", post + "https://evil.example\r\n"))
        .contains(" 403 ", "{\"error\":");
  }

  @Test
  void theLogNamesTheClientThatTheProxyHasSeen() throws Exception {
    answer("GET", "/digits/readyz", "X-Forwarded-For: 192.0.2.9\r\n");
    assertThat(lines.poll(60, TimeUnit.SECONDS)).startsWith("127.0.0.1 ").contains("GET /readyz ");
  }

  @Test
  void eventsArriveWhenTheyHappen() throws Exception {
    try (Socket socket = send("GET", "/digits/api/events", TOKEN);
        BufferedReader events =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
      await(events, "retry: 1000");
      training.end(RunFiles.model(1));
      await(events, "event: end");
    }
  }

  /** Hangs if nothing comes before the stream ends, which it does not. */
  private static void await(BufferedReader events, String line) throws IOException {
    for (String next = ""; !next.equals(line); ) {
      next = events.readLine();
      assertThat(next).isNotNull();
    }
  }
}
