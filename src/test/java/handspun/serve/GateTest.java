package handspun.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import handspun.math.Kernels;
import java.io.IOException;
import java.net.CookieManager;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may talk to the server, over real HTTP. */
class GateTest {
  private static final String SECRET = "correct-horse-battery";
  private static final Access WITH_TOKEN = Access.DEFAULT.withToken(Token.of(SECRET, "a test"));
  private static final String PIXELS =
      "{\"pixels\":[" + String.join(",", Collections.nCopies(784, "0")) + "]}";

  private DigitServer server;

  @AfterEach
  void stop() {
    server.close();
  }

  private void serve(Access access) {
    serve(access, "127.0.0.1");
  }

  private void serve(Access access, String host) {
    server =
        DigitServer.start(
            Content.of("runs/a/model.handspun", RunFiles.model(1)),
            Kernels.fastest(),
            access,
            host,
            0);
  }

  /** What a client was answered: the names of headers in small letters. */
  private record Answered(int status, Map<String, String> headers, String body) {
    String header(String name) {
      return headers.get(name);
    }

    String error() throws IOException {
      assertThat(headers).containsEntry("content-type", "application/json");
      JsonNode json = new ObjectMapper().readTree(body);
      assertThat(json.fieldNames()).toIterable().containsExactly("error");
      return json.get("error").asText();
    }
  }

  /** Sends just these headers, which other clients would not let a test choose. */
  private Answered send(String line, String body, String... headers) throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (Socket socket = new Socket(loopback, server.address().getPort())) {
      socket.setSoTimeout(60_000);
      List<String> lines = new ArrayList<>(List.of(line));
      lines.addAll(Arrays.asList(headers));
      lines.add("Content-Length: " + body.length());
      lines.add("Connection: close");
      String request = String.join("\r\n", lines) + "\r\n\r\n" + body;
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return parse(new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1));
    }
  }

  private static Answered parse(String answer) {
    String[] parts = answer.split("\r\n\r\n", 2);
    String[] lines = parts[0].split("\r\n");
    Map<String, String> headers = new TreeMap<>();
    for (String header : Arrays.asList(lines).subList(1, lines.length)) {
      String[] pair = header.split(": ", 2);
      headers.merge(pair[0].toLowerCase(Locale.ROOT), pair[1], (one, other) -> one + "|" + other);
    }
    return new Answered(Integer.parseInt(lines[0].split(" ")[1]), headers, parts[1]);
  }

  private Answered get(String path, String... headers) throws IOException {
    return send("GET " + path + " HTTP/1.1", "", headers);
  }

  private Answered predict(String... headers) throws IOException {
    return send("POST /api/predict HTTP/1.1", PIXELS, headers);
  }

  private String own() {
    return "Host: 127.0.0.1:" + server.address().getPort();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "LOCALHOST:1",
        "127.0.0.1",
        "127.0.0.1:8501",
        "[::1]:80",
        "localhost."
      })
  void answersToTheNamesOfThisMachine(String host) throws IOException {
    serve(Access.DEFAULT);
    assertThat(get("/healthz", "Host: " + host).status()).isEqualTo(200);
    assertThat(predict("Host: " + host).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:8501",
        "127.0.0.1.evil.example",
        "192.0.2.1",
        "x",
        ""
      })
  void refusesTheNamesThatAPageCouldHaveLeadHere(String host) throws IOException {
    serve(Access.DEFAULT);
    for (Answered answered :
        List.of(get("/api/model", "Host: " + host), predict("Host: " + host))) {
      assertThat(answered.status()).isEqualTo(421);
      assertThat(answered.error())
          .contains('"' + host.replace(":8501", "") + '"', "localhost", "--allow-host");
    }
  }

  @Test
  void answersToANameThatSomebodyAllows() throws IOException {
    serve(Access.DEFAULT.withHosts(List.of("Digits.example.org")));
    assertThat(get("/", "Host: digits.example.org").status()).isEqualTo(200);
    // A proxy that does not hand on the name, and one that does.
    String origin = "Origin: https://digits.example.org";
    assertThat(predict(own(), origin).status()).isEqualTo(200);
    assertThat(predict("Host: digits.example.org", origin).status()).isEqualTo(200);
    assertThat(get("/", "Host: other.example.org").status()).isEqualTo(421);
  }

  @Test
  void wantsOneHostFromAllButTheOldest() throws IOException {
    serve(Access.DEFAULT);
    assertThat(get("/healthz").error()).contains("0 headers Host");
    assertThat(get("/healthz", own(), "Host: evil.example").error()).contains("2 headers Host");
    assertThat(send("GET /healthz HTTP/1.0", "").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://evil.example", "https://evil.example:8501", "http://127.0.0.1:1", "null"})
  void refusesWhatPagesOfOtherSitesPost(String origin) throws IOException {
    serve(Access.DEFAULT);
    Answered refused = predict(own(), "Origin: " + origin);
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.error())
        .contains('"' + origin + '"', "only from this server's own", "--cors");
    assertThat(get("/api/model", own(), "Origin: " + origin).status()).isEqualTo(200);
  }

  @Test
  void takesWhatItsOwnPageAndProgramsPost() throws IOException {
    serve(Access.DEFAULT);
    assertThat(predict(own(), own().replace("Host: ", "Origin: http://")).status()).isEqualTo(200);
    assertThat(predict("Host: localhost", "Origin: http://localhost:80").status()).isEqualTo(200);
    assertThat(predict(own()).status()).isEqualTo(200);
    // A browser says so, and its pages cannot.
    assertThat(predict(own(), "Origin: https://a.example", "Sec-Fetch-Site: same-origin").status())
        .isEqualTo(200);
  }

  @Test
  void tellsABrowserThatPagesOfSomeSitesMayAsk() throws IOException {
    serve(Access.DEFAULT.withOrigins(List.of("https://notes.example", "http://b.example:81")));
    String origin = "Origin: https://notes.example";
    Answered preflight =
        send(
            "OPTIONS /api/predict HTTP/1.1",
            "",
            own(),
            origin,
            "Access-Control-Request-Method: POST");
    assertThat(preflight.status()).isEqualTo(204);
    assertThat(preflight.headers())
        .containsEntry("access-control-allow-origin", "https://notes.example")
        .containsEntry("vary", "Origin");
    assertThat(preflight.header("access-control-allow-methods")).contains("POST");
    assertThat(preflight.header("access-control-allow-headers"))
        .contains("Authorization", "Content-Type", "Inference-Header-Content-Length");
    Answered answered = predict(own(), origin);
    assertThat(answered.status()).isEqualTo(200);
    assertThat(answered.headers())
        .containsEntry("access-control-allow-origin", "https://notes.example");
    assertThat(answered.header("access-control-expose-headers")).contains("Handspun-Model");
    assertThat(predict(own()).header("vary")).contains("Origin");
    Answered style = get("/style.css", own(), "Accept-Encoding: gzip");
    assertThat(style.header("vary")).contains("Origin", "Accept-Encoding");
  }

  @Test
  void tellsOtherPagesNothing() throws IOException {
    serve(Access.DEFAULT.withOrigins(List.of("https://notes.example")));
    String evil = "Origin: https://evil.example";
    Answered preflight =
        send(
            "OPTIONS /api/predict HTTP/1.1",
            "",
            own(),
            evil,
            "Access-Control-Request-Method: POST");
    assertThat(preflight.status()).isEqualTo(403);
    assertThat(preflight.headers()).doesNotContainKey("access-control-allow-origin");
    assertThat(predict(own(), evil).status()).isEqualTo(403);
    assertThat(get("/api/model", own(), evil).headers())
        .doesNotContainKey("access-control-allow-origin");
  }

  @Test
  void allowsPagesOfAllSitesWhereThatIsWanted() throws IOException {
    serve(Access.DEFAULT.withOrigins(List.of("*")));
    assertThat(predict(own(), "Origin: https://a.example").headers())
        .containsEntry("access-control-allow-origin", "*");
  }

  @Test
  void saysNothingToPagesOfOtherSitesByItself() throws IOException {
    serve(Access.DEFAULT);
    String[] headers = {own(), "Origin: https://a.example", "Access-Control-Request-Method: POST"};
    Answered preflight = send("OPTIONS /api/predict HTTP/1.1", "", headers);
    assertThat(preflight.status()).isEqualTo(405);
    Answered page = get("/", headers);
    assertThat(page.headers()).doesNotContainKey("access-control-allow-origin");
    assertThat(page.header("vary")).isEqualTo("Accept-Encoding");
  }

  @ParameterizedTest
  @CsvSource({
    "/, ",
    "/main.js, ",
    "/api/model, ",
    "/nothing, ",
    "/api/model, Authorization: Bearer wrong",
    "/api/model, Authorization: Basic correct-horse-battery",
    "/api/model, Cookie: other=correct-horse-battery",
    "/api/model?token=correct-horse-battery, ",
    "/?token=wrong, ",
    "/?token=, "
  })
  void asksForTheTokenAndNeverTellsIt(String path, String header) throws IOException {
    serve(WITH_TOKEN);
    Answered refused = header == null ? get(path, own()) : get(path, own(), header);
    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.header("www-authenticate")).startsWith("Bearer");
    assertThat(refused.error())
        .contains("Authorization: Bearer")
        .doesNotContain("correct", "wrong");
    assertThat(refused.headers()).doesNotContainKey("set-cookie");
  }

  @Test
  void takesTheTokenFromProgramsInAHeader() throws IOException {
    serve(WITH_TOKEN);
    assertThat(predict(own(), "Authorization: Bearer " + SECRET).status()).isEqualTo(200);
    assertThat(get("/api/model", own(), "authorization: bearer " + SECRET).status()).isEqualTo(200);
    assertThat(predict(own()).status()).isEqualTo(401);
  }

  @Test
  void handsACookieToWhoOpensThePageWithTheToken() throws IOException {
    serve(WITH_TOKEN);
    Answered welcome = get("/?lang=id&token=" + SECRET + "&x=1", own());
    assertThat(welcome.status()).isEqualTo(303);
    assertThat(welcome.header("location")).isEqualTo("./?lang=id&x=1");
    assertThat(get("/?token=" + SECRET, own()).header("location")).isEqualTo("./");
    String cookie = welcome.header("set-cookie");
    assertThat(cookie).endsWith("; HttpOnly; SameSite=Strict");
    String sent = "Cookie: a=b; " + cookie.split(";")[0];
    assertThat(get("/", own(), sent).status()).isEqualTo(200);
    assertThat(predict(own(), sent).status()).isEqualTo(200);
  }

  @Test
  void saysWithoutATokenThatItLivesButNotWhatOf() throws IOException {
    serve(WITH_TOKEN);
    assertThat(get("/healthz", own()).body()).contains("\"status\":\"ok\"", "\"file\":null");
    assertThat(get("/api/model", own(), "Authorization: Bearer " + SECRET).body())
        .contains("\"file\":\"runs/a/model.handspun\"");
  }

  @Test
  void makesATokenWhereOthersCanReachIt() throws IOException {
    serve(Access.DEFAULT, "0.0.0.0");
    Optional<String> token = server.madeToken();
    assertThat(token.orElseThrow()).hasSizeGreaterThanOrEqualTo(32);
    assertThat(get("/api/model", "Host: anything.example").status()).isEqualTo(401);
    String bearer = "Authorization: Bearer " + token.get();
    Answered answered = get("/api/model", "Host: anything.example", bearer);
    assertThat(answered.status()).isEqualTo(200);
    assertThat(answered.body()).contains("\"file\":null", "\"data\":null", "\"versions\":{}");
    assertThat(get("/api/models", own(), bearer).body()).contains("\"file\":null");
  }

  @Test
  void letsEverybodyInWhereThatIsWantedButByNoForeignName() throws IOException {
    serve(Access.DEFAULT.open().telling(true), "0.0.0.0");
    assertThat(server.madeToken()).isEmpty();
    assertThat(server.isOpen()).isTrue();
    assertThat(get("/healthz", "Host: 192.0.2.1:80").body()).contains("runs/a/model.handspun");
    assertThat(predict("Host: [2001:db8::1]:80").status()).isEqualTo(200);
    assertThat(predict("Host: evil.example").status()).isEqualTo(421);
  }

  @Test
  void pagesBehindAPathWorkWithTheCookie() throws Exception {
    serve(WITH_TOKEN);
    HttpClient browser =
        HttpClient.newBuilder()
            .cookieHandler(new CookieManager())
            .followRedirects(HttpClient.Redirect.ALWAYS)
            .build();
    try (PathProxy proxy = PathProxy.start("/digits/", server.address())) {
      assertThat(open(browser, proxy.address()).statusCode()).isEqualTo(401);
      HttpResponse<String> page = open(browser, proxy.address().resolve("?token=" + SECRET));
      assertThat(page.statusCode()).isEqualTo(200);
      assertThat(page.uri()).isEqualTo(proxy.address().resolve("./"));
      for (String path : List.of("main.js", "least-worker.js", "api/model")) {
        assertThat(open(browser, proxy.address().resolve(path)).statusCode()).isEqualTo(200);
      }
    }
  }

  private static HttpResponse<String> open(HttpClient browser, URI address) throws Exception {
    return browser.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
  }
}
