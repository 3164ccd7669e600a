package handspun.serve;

import static handspun.serve.HostileRequest.body;
import static handspun.serve.HostileRequest.bodyWith;
import static handspun.serve.HostileRequest.post;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * Bodies whose length, chunks, coding or form contradict themselves, or that grow when unpacked.
 */
final class HostileBodies {
  private static final String PREDICT = "/api/predict";
  private static final String JSON = "Content-Type: application/json\r\n";
  private static final String FILE =
      "--XX\r\nContent-Disposition: form-data; name=\"f\"; filename=\"7.png\"\r\n\r\n";

  private HostileBodies() {}

  /** {@return bodies that two servers in a row could take for different ones} */
  static List<HostileRequest> lengths() {
    return List.of(
        head(
            "400",
            "a length and chunks",
            "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}"),
        head(
            "400",
            "chunks and a length",
            "Transfer-Encoding: chunked\r\nContent-Length: 7\r\n\r\n2\r\n{}\r\n0\r\n\r\n"),
        head("400", "two lengths", "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}"),
        head(
            "400",
            "two lengths that are the same",
            "Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}"),
        head("400", "a list of lengths", "Content-Length: 2, 2\r\n\r\n{}"),
        head("400", "a length with a sign", "Content-Length: +2\r\n\r\n{}"),
        head("400", "a negative length", "Content-Length: -2\r\n\r\n{}"),
        head("400", "a length in hexadecimals", "Content-Length: 0x2\r\n\r\n{}"),
        head("400", "a length with a fraction", "Content-Length: 2.0\r\n\r\n{}"),
        head("400", "a length of 20 digits", "Content-Length: 99999999999999999999\r\n\r\n{}"),
        head("400", "an empty length", "Content-Length:\r\n\r\n{}"),
        head("413", "the largest length", "Content-Length: 9223372036854775807\r\n\r\n{}"),
        head("400", "a body that ends early", "Content-Length: 1000\r\n\r\n{}"),
        head("501", "coding gzip", "Transfer-Encoding: gzip\r\n\r\n{}"),
        head("501", "coding identity", "Transfer-Encoding: identity\r\n\r\n{}"),
        head("501", "coding chunked twice", "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n"),
        head("501", "a coding like chunked", "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"),
        head(
            "501",
            "two codings",
            "Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        head(
            "400",
            "a space before a coding's colon",
            "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n"),
        head(
            "400",
            "another request behind the body",
            "Content-Length: 2\r\n\r\n{}GET /admin HTTP/1.1\r\nHost: evil.example\r\n\r\n"),
        head("400", "an expectation", "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n{}"),
        head(
            "400",
            "an expectation that there is not",
            "Expect: nonsense\r\nContent-Length: 2\r\n\r\n{}"));
  }

  static List<HostileRequest> chunks() {
    return List.of(
        chunked("400", "a size that is no number", "zz\r\n"),
        chunked("400", "a negative size", "-1\r\n\r\n"),
        chunked("400", "a size that overflows", "FFFFFFFF\r\n{}"),
        chunked("400", "a size of 20 digits", "1".repeat(20) + "\r\n"),
        chunked(
            "400", "a size of a million digits", "0".repeat(1_000_000) + "2\r\n{}\r\n0\r\n\r\n"),
        chunked("400", "a size as C writes it", "0x2\r\n{}\r\n0\r\n\r\n"),
        chunked("400", "an extension", "2;a=b\r\n{}\r\n0\r\n\r\n"),
        chunked(
            "400",
            "an extension of 100,000 bytes",
            "2;" + "a".repeat(100_000) + "\r\n{}\r\n0\r\n\r\n"),
        chunked("400", "a line that ends in LF alone", "2\n{}\n0\n\n"),
        chunked("400", "more than its size", "2\r\n{}{}\r\n0\r\n\r\n"),
        chunked("400", "less than its size", "5\r\n{}\r\n0\r\n\r\n"),
        chunked("400", "an end in the middle", "5\r\n{}"),
        chunked("400", "no last chunk", "2\r\n{}\r\n"),
        chunked("400", "nothing", ""),
        chunked("400", "a trailer", "2\r\n{}\r\n0\r\nHost: evil.example\r\n\r\n"),
        post(
            "413",
            "300,000 chunks of a byte",
            "/api/nearest",
            JSON
                + "Transfer-Encoding: chunked\r\n\r\n"
                + "1\r\nx\r\n".repeat(300_000)
                + "0\r\n\r\n"),
        chunked(
            "413",
            "chunks without an end",
            ("10000\r\n" + "x".repeat(0x10000) + "\r\n").repeat(100)));
  }

  static List<HostileRequest> codings() {
    return List.of(
        packed("413", "100 MB of zeros in gzip", "gzip", gzip(100_000_000, 1)),
        packed("415", "gzip in gzip", "gzip, gzip", gzip(1_000_000, 2)),
        packed("400", "gzip that ends early", "gzip", Arrays.copyOf(gzip(1000, 1), 20)),
        packed("400", "gzip that is none", "gzip", "{}".getBytes(StandardCharsets.US_ASCII)),
        packed("400", "deflate that is none", "deflate", "{}".getBytes(StandardCharsets.US_ASCII)),
        packed("400", "gzip of nothing", "gzip", new byte[0]),
        packed("415", "a coding that is not known", "br", "{}".getBytes(StandardCharsets.US_ASCII)),
        packed("415", "a coding of 10,000 letters", "x".repeat(10_000), new byte[2]),
        picture("415", "text", "text/plain", "hello"),
        picture("415", "a type of 8,000 letters", "x".repeat(8000), "hello"),
        picture("415", "an empty type", "", "hello"),
        picture("415", "a type that is none", ";;;/", "hello"),
        picture(
            "415",
            "XML with an entity",
            "text/xml",
            "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>"),
        picture("400", "JSON in another alphabet", "application/json; charset=utf-16", "\0{\0}"),
        body("413", "5 MB", PREDICT, "image/png", new byte[5_000_000]),
        body("404", "5 MB to nowhere", "/nowhere", "image/png", new byte[5_000_000]));
  }

  static List<HostileRequest> forms() {
    String form = "multipart/form-data; boundary=";
    return List.of(
        form("400", "without a boundary", "multipart/form-data", FILE),
        form("400", "an empty boundary", form, FILE),
        form("400", "a boundary of 10,000 letters", form + "b".repeat(10_000), FILE),
        form("400", "a boundary that is not closed", form + "\"XX", FILE + "\r\n--XX--\r\n"),
        form("400", "another boundary", form + "YY", FILE + "x\r\n--XX--\r\n"),
        form("400", "without an end", form + "XX", FILE + "x"),
        form("400", "without a file", form + "XX", "--XX--\r\n"),
        form("400", "two files", form + "XX", FILE + "x\r\n" + FILE + "y\r\n--XX--\r\n"),
        form("400", "1,000 parts", form + "XX", (FILE + "x\r\n").repeat(1000) + "--XX--\r\n"),
        form("400", "4 MB of boundaries", form + "XX", "--XX-\r\n".repeat(580_000)),
        form(
            "400",
            "a part's head of a megabyte",
            form + "XX",
            "--XX\r\nX: " + "y".repeat(1_000_000) + "\r\n\r\nx\r\n--XX--\r\n"),
        form(
            "400",
            "a part's head without an end",
            form + "XX",
            "--XX\r\nContent-Disposition: form-data"),
        form(
            "400",
            "a form in a form",
            form + "XX",
            "--XX\r\nContent-Type: " + form + "YY\r\n\r\n--YY--\r\n--XX--\r\n"),
        form(
            "415",
            "a file named as a path",
            form + "XX",
            FILE.replace("7.png", "../../etc/passwd\0") + "x\r\n--XX--\r\n"),
        form(
            "415",
            "500,000 fields of an HTML form",
            "application/x-www-form-urlencoded",
            "a=b&".repeat(500_000)));
  }

  /** {@return all of them} */
  static Stream<HostileRequest> all() {
    return Stream.of(lengths(), chunks(), codings(), forms()).flatMap(List::stream);
  }

  private static HostileRequest head(String answer, String name, String rest) {
    return post(answer, name, PREDICT, JSON + rest);
  }

  private static HostileRequest chunked(String answer, String name, String chunks) {
    return head(answer, "chunks: " + name, "Transfer-Encoding: chunked\r\n\r\n" + chunks);
  }

  private static HostileRequest packed(String answer, String name, String coding, byte[] body) {
    return bodyWith(answer, name, PREDICT, JSON + "Content-Encoding: " + coding + "\r\n", body);
  }

  private static HostileRequest picture(String answer, String name, String type, String body) {
    return body(answer, name, PREDICT, type, body.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static HostileRequest form(String answer, String name, String type, String body) {
    return picture(answer, "form: " + name, type, body);
  }

  /** {@return so many zeros, packed so many times} */
  private static byte[] gzip(int zeros, int times) {
    byte[] bytes = new byte[zeros];
    for (int t = 0; t < times; t++) {
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      try (OutputStream out = new GZIPOutputStream(packed)) {
        out.write(bytes);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      bytes = packed.toByteArray();
    }
    return bytes;
  }
}
