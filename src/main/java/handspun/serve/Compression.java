package handspun.serve;

import com.sun.net.httpserver.Headers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Makes texts smaller on their way to clients that can undo it (RFC 9110, 12.5.3). */
final class Compression {
  /** A shorter one fits a packet of the network as it is. */
  private static final int LEAST_BYTES = 1400;

  private static final List<String> TEXTS = List.of("text/", "application/json", "image/svg");

  private Compression() {}

  /**
   * {@return the reply, its body compressed if it is a text of some length and the client can undo
   * it}
   *
   * @param request headers of the client
   */
  static Reply of(Reply reply, Headers request) {
    String type = reply.headers().getOrDefault("Content-Type", "");
    if (reply.body().length < LEAST_BYTES || TEXTS.stream().noneMatch(type::startsWith)) {
      return reply;
    }
    Reply varying = reply.with("Vary", "Accept-Encoding");
    if (!isAccepted(request)) {
      return varying;
    }
    Reply compressed =
        new Reply(reply.status(), varying.headers(), gzip(reply.body()))
            .with("Content-Encoding", "gzip");
    // Other bytes of the same text.
    String tag = reply.headers().get("ETag");
    return tag == null ? compressed : compressed.with("ETag", "W/" + tag);
  }

  private static boolean isAccepted(Headers request) {
    return request.getOrDefault("Accept-Encoding", List.of()).stream()
        .flatMap(codings -> Arrays.stream(codings.split(",")))
        .map(coding -> coding.replace(" ", ""))
        .anyMatch(coding -> coding.matches("(?i)gzip(;q=(1(\\.0*)?|0?\\.\\d*[1-9]\\d*))?"));
  }

  private static byte[] gzip(byte[] body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(body.length / 2);
    try (OutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
