package handspun.serve;

import static handspun.serve.HostileRequest.get;
import static handspun.serve.HostileRequest.raw;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Request lines and headers that are malformed, forged or far too large. */
final class HostileHeads {
  private static final String HOST = "Host: localhost\r\n";
  private static final String JSON_POST = "POST /api/predict HTTP/1.1\r\n" + HOST;
  private static final String ORIGIN = JSON_POST + "Content-Length: 2\r\nOrigin: ";

  private HostileHeads() {}

  static List<HostileRequest> lines() {
    return List.of(
        raw("400", "a word", "hello\r\n\r\n"),
        raw("400", "a method alone", "GET\r\n\r\n"),
        raw("400", "a method and a space", "GET \r\n\r\n"),
        raw("400", "HTTP/0.9", "GET /\r\n\r\n"),
        raw("405", "no method", " / HTTP/1.1\r\n" + HOST + "\r\n"),
        raw("405", "a method in small letters", "get / HTTP/1.1\r\n" + HOST + "\r\n"),
        raw(
            "405",
            "a method of 10,000 letters",
            "G".repeat(10_000) + " / HTTP/1.1\r\n" + HOST + "\r\n"),
        raw("405", "DELETE", "DELETE /healthz HTTP/1.1\r\n" + HOST + "\r\n"),
        raw("405", "BREW", "BREW /api/predict HTTP/1.1\r\n" + HOST + "\r\n"),
        raw("405", "TRACE", "TRACE / HTTP/1.1\r\n" + HOST + "Cookie: secret\r\n\r\n"),
        raw(
            "400",
            "CONNECT to another server",
            "CONNECT evil.example:443 HTTP/1.1\r\n" + HOST + "\r\n"),
        raw("405", "CONNECT to a path", "CONNECT / HTTP/1.1\r\n" + HOST + "\r\n"),
        raw("404", "OPTIONS *", "OPTIONS * HTTP/1.1\r\n" + HOST + "\r\n"),
        raw("404", "GET *", "GET * HTTP/1.1\r\n" + HOST + "\r\n"),
        raw("404", "the preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
        raw("200", "a version that there is not", "GET / HTTP/9.9\r\n" + HOST + "\r\n"),
        raw("200", "a version that is none", "GET / nonsense\r\n" + HOST + "\r\n"),
        raw(
            "200",
            "further words behind the version",
            "GET / HTTP/1.1 and more\r\n" + HOST + "\r\n"),
        raw("404", "two spaces", "GET  / HTTP/1.1\r\n" + HOST + "\r\n"),
        raw("400", "tabs for spaces", "GET\t/\tHTTP/1.1\r\n" + HOST + "\r\n"),
        raw("200", "empty lines first", "\r\n\r\n\r\nGET / HTTP/1.0\r\n\r\n"),
        raw("200", "HTTP/1.0 without a host", "GET / HTTP/1.0\r\n\r\n"),
        raw("400", "NUL in the request line", "GET /\0 HTTP/1.1\r\n" + HOST + "\r\n"),
        raw("400", "a hello of TLS", "\26\3\1\2\0\1\0\r\n\r\n"),
        raw("400", "a hello of SSH", "SSH-2.0-OpenSSH_9.2\r\n\r\n"),
        raw("400", "Redis", "*1\r\n$4\r\nPING\r\n"),
        raw("400", "Java's serialisation", "\u00ac\u00ed\0\5sr\0\21java.util.HashSet\r\n\r\n"));
  }

  static List<HostileRequest> addresses() {
    return List.of(
        get("200", "an address with the server's name", "http://localhost/healthz"),
        get("404", "an address with another server's name", "http://evil.example/etc/passwd"),
        get("400", "an address that is no URI", "http://["),
        get("400", "an address of another kind", "mailto:me@evil.example"),
        get("400", "percent without digits", "/%zz"),
        get("400", "percent at the end", "/a%"),
        get("404", "NUL in a path", "/%00"),
        get("404", "UTF-8 in more bytes than it needs", "/%c0%ae%c0%ae/"),
        get("404", "a path that leads out", "/../../etc/passwd"),
        get("404", "the same, encoded", "/%2e%2e%2f%2e%2e%2fetc%2fpasswd"),
        get("404", "the same from a folder that there is", "/exact/../../files.txt"),
        get("400", "backslashes", "/..\\..\\windows"),
        get("404", "two slashes", "//healthz"),
        get("404", "a parameter of the path", "/healthz;a=b"),
        get("404", "the class beside the page", "/DigitServer.class"),
        get("404", "the list of files", "/files.txt"),
        get("404", "a space in a path", "/a b"),
        get("400", "a brace in a path", "/{model}"),
        get("404", "letters that are not ASCII", "/\u00e4"),
        get("404", "a path of 100,000 bytes", "/" + "y".repeat(100_000)),
        get("200", "a query of 100,000 names", "/api/model?" + "a&".repeat(100_000)),
        get("404", "a model that is a path", "/api/model?model=..%2f..%2fetc%2fpasswd"),
        get("404", "a model of 5,000 bytes", "/api/model?model=" + "f".repeat(5000)),
        get("400", "an epoch that is none", "/api/parameters?epoch=-1"),
        get("400", "an epoch of 30 digits", "/api/parameters?epoch=" + "9".repeat(30)),
        get("400", "a digit that is none", "/api/test-images?actual=99"),
        get("404", "events of no training", "/api/events"),
        get("404", "a model of the protocol that is a path", "/v2/models/..%2f..%2fetc/ready"),
        get("404", "a version of a model that there is not", "/v2/models/m/versions/-1/ready"),
        get("200", "names that are no UTF-8", "/metrics?%ff=%c3%28"));
  }

  static List<HostileRequest> hosts() {
    return List.of(
        raw("400", "no host", "GET / HTTP/1.1\r\n\r\n"),
        raw("400", "two hosts", "GET / HTTP/1.1\r\n" + HOST + HOST + "\r\n"),
        raw(
            "400",
            "two hosts that differ",
            "GET / HTTP/1.1\r\n" + HOST + "Host: evil.example\r\n\r\n"),
        raw("421", "an empty host", "GET / HTTP/1.1\r\nHost:\r\n\r\n"),
        raw(
            "421",
            "a name that was made to lead here",
            "GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n"),
        raw("421", "the same to HTTP/1.0", "GET / HTTP/1.0\r\nHost: evil.example\r\n\r\n"),
        raw(
            "421",
            "a name that begins as ours",
            "GET / HTTP/1.1\r\nHost: localhost.evil.example\r\n\r\n"),
        raw("421", "a name behind ours", "GET / HTTP/1.1\r\nHost: localhost@evil.example\r\n\r\n"),
        raw("421", "another way to write 127.0.0.1", "GET / HTTP/1.1\r\nHost: 2130706433\r\n\r\n"),
        raw("421", "an address that is not closed", "GET / HTTP/1.1\r\nHost: [::1\r\n\r\n"),
        raw(
            "421",
            "a host of 10,000 letters",
            "GET / HTTP/1.1\r\nHost: " + "h".repeat(10_000) + "\r\n\r\n"),
        raw("403", "a foreign page", ORIGIN + "https://evil.example\r\n\r\n{}"),
        raw("403", "a page without an origin", ORIGIN + "null\r\n\r\n{}"),
        raw(
            "403",
            "a page whose name begins as ours",
            ORIGIN + "http://localhost.evil.example\r\n\r\n{}"),
        raw("403", "a page of another port", ORIGIN + "http://localhost:1\r\n\r\n{}"),
        raw("403", "an origin that is none", ORIGIN + "://\r\n\r\n{}"),
        raw(
            "403",
            "an origin of 100,000 letters",
            ORIGIN + "http://" + "o".repeat(100_000) + "\r\n\r\n{}"),
        raw(
            "405",
            "a foreign page that asks first",
            "OPTIONS /api/predict HTTP/1.1\r\n"
                + HOST
                + "Origin: https://evil.example\r\nAccess-Control-Request-Method: POST\r\n\r\n"));
  }

  static List<HostileRequest> headers() {
    return List.of(
        get("400", "a line without a colon", "/", "no colon\r\n"),
        get("400", "a header without a name", "/", ": value\r\n"),
        get("400", "a space in a header's name", "/", "X Y: z\r\n"),
        get("400", "a space before the colon", "/", "X : z\r\n"),
        get("200", "a line that goes on in the next", "/", "X: a\r\n b\r\n"),
        raw(
            "421",
            "a host that goes on in the next line",
            "GET / HTTP/1.1\r\nHost: localhost\r\n .evil.example\r\n\r\n"),
        get("400", "NUL in a header's name", "/", "X\0Y: z\r\n"),
        get("200", "NUL in a header", "/", "X: a\0b\r\n"),
        get("200", "letters that are not ASCII in a header", "/", "X: \u00ff\u00fe\r\n"),
        raw("200", "lines that end in LF alone", "GET / HTTP/1.1\r\nHost: localhost\nX: y\n\n"),
        raw("200", "lines that end in CR alone", "GET / HTTP/1.1\r\nHost: localhost\rX: y\r\r"),
        get("200", "150 headers", "/", headers(150)),
        get("400", "250 headers", "/", headers(250)),
        get("400", "100,000 headers", "/", headers(100_000)),
        get("200", "a header of 100,000 bytes", "/", "X: " + "y".repeat(100_000) + "\r\n"),
        get("400", "a header of a megabyte", "/", "X: " + "y".repeat(1_000_000) + "\r\n"),
        get("400", "a cookie of 2 MB", "/", "Cookie: handspun=" + "c".repeat(2_000_000) + "\r\n"),
        get("200", "50,000 cookies", "/", "Cookie: " + "a=b;".repeat(50_000) + "\r\n"),
        get("200", "10,000 ranges", "/", "Range: bytes=0-" + ",0-".repeat(10_000) + "\r\n"),
        get("200", "50,000 tags", "/", "If-None-Match: " + "\"a\",".repeat(50_000) + "\r\n"),
        get("200", "codings that are none", "/", "Accept-Encoding: gzip;q=nonsense, ;;;q=,\r\n"),
        get(
            "200",
            "an upgrade to HTTP/2",
            "/",
            "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"),
        get("200", "an upgrade to WebSocket", "/", "Connection: Upgrade\r\nUpgrade: websocket\r\n"),
        get(
            "200",
            "another client's address",
            "/",
            "X-Forwarded-For: 127.0.0.1\r\nX-Forwarded-Host: evil.example\r\n"));
  }

  /** {@return those who do not know that the token is "secret"} */
  static List<HostileRequest> tokens(int port) {
    String cookie = "Cookie: handspun-" + port + "=";
    return List.of(
        get("401", "no token", "/"),
        get("401", "no token for a file of the page", "/main.js"),
        get("401", "no token for an address that there is not", "/nothing"),
        get("401", "another token", "/", "Authorization: Bearer secres\r\n"),
        get("401", "a longer token", "/", "Authorization: Bearer secretsecret\r\n"),
        get("401", "an empty token", "/", "Authorization: Bearer \r\n"),
        get(
            "401",
            "a token of 100,000 letters",
            "/",
            "Authorization: Bearer " + "s".repeat(100_000) + "\r\n"),
        get("401", "a password", "/", "Authorization: Basic c2VjcmV0OnNlY3JldA==\r\n"),
        get("401", "another cookie", "/", cookie + "secres\r\n"),
        get("401", "an empty cookie", "/", cookie + "\r\n"),
        get("401", "the cookie of another port", "/", "Cookie: handspun-1=secret\r\n"),
        get(
            "401",
            "50,000 cookies but the right one",
            "/",
            "Cookie: " + "a=secret;".repeat(40_000) + "\r\n"),
        get("401", "another token in the page's address", "/?token=secres"),
        get("401", "the token in an address of the API", "/api/model?token=secret"),
        get(
            "200",
            "the token, and another one",
            "/",
            "Authorization: Bearer secret\r\nAuthorization: Bearer x\r\n"),
        get("303", "the token twice in the page's address", "/?token=secret&token=secret"));
  }

  /** {@return all of them} */
  static Stream<HostileRequest> all() {
    return Stream.of(lines(), addresses(), hosts(), headers()).flatMap(List::stream);
  }

  private static String headers(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "X%d: y\r\n".formatted(i))
        .collect(Collectors.joining());
  }
}
