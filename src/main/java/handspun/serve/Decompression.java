package handspun.serve;

import com.sun.net.httpserver.Headers;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.function.IntConsumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

/** Unpacks what a client has made smaller on its way (RFC 9110, 8.4.1). */
final class Decompression {
  private Decompression() {}

  /**
   * {@return the body as it was before; refuses one that unpacks to more than {@code most} bytes}
   *
   * @param request headers of the client
   * @param unpacked is told how many bytes there are, each time
   */
  static byte[] of(byte[] body, Headers request, int most, IntConsumer unpacked) {
    String coding =
        String.join(",", request.getOrDefault("Content-Encoding", List.of()))
            .strip()
            .toLowerCase(Locale.ROOT);
    return switch (coding) {
      case "", "identity" -> body;
      case "gzip", "x-gzip" -> unpack(coding, body, GZIPInputStream::new, most, unpacked);
      case "deflate" -> unpack(coding, body, InflaterInputStream::new, most, unpacked);
      default ->
          throw new RefusedRequest(
              415,
              "The body's Content-Encoding is \"%s\", but gzip, deflate and identity are read."
                  .formatted(Query.shortened(coding)));
    };
  }

  @FunctionalInterface
  private interface Unpacking {
    InputStream of(InputStream packed) throws IOException;
  }

  private static byte[] unpack(
      String coding, byte[] body, Unpacking unpacking, int most, IntConsumer unpacked) {
    try (InputStream in = unpacking.of(new ByteArrayInputStream(body))) {
      return RequestBody.readAll(in, 0, most, unpacked);
    } catch (IOException e) {
      throw new RefusedRequest(
          400,
          "The body's Content-Encoding is \"%s\", but it cannot be unpacked so (%s)."
              .formatted(coding, e.getMessage()));
    }
  }
}
