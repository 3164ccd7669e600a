package handspun.serve;

import com.sun.net.httpserver.HttpExchange;
import handspun.HandspunException;
import handspun.image.Picture;
import handspun.image.PictureDecoder;
import handspun.image.PictureTooLargeException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.concurrent.Semaphore;

/** Reads the digit in a request's body. */
final class PredictEndpoint implements Endpoint {
  /** Largest picture file, in bytes. */
  static final int MOST_BYTES = 4 << 20;

  /** Largest JSON, in bytes: 784 numbers with all their digits need 20 KiB. */
  static final int MOST_JSON_BYTES = 256 << 10;

  /** Width times height of the largest picture. */
  static final int MOST_PIXELS = 4096 * 4096;

  /** A sender who is cut off before the end of its body may never see the answer. */
  private static final int MOST_IGNORED_BYTES = 16 << 20;

  private static final int DECODINGS_AT_ONCE = 2;

  private final DigitReader reader;
  private final PictureDecoder decoder = new PictureDecoder(MOST_PIXELS);

  /** A large picture takes 200 MB while it is decoded. */
  private final Semaphore decodings = new Semaphore(DECODINGS_AT_ONCE);

  PredictEndpoint(DigitReader reader) {
    this.reader = reader;
  }

  @Override
  public Reply answer(HttpExchange exchange) throws IOException {
    String type = exchange.getRequestHeaders().getFirst("Content-Type");
    String media = type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    Reading reading =
        switch (media) {
          case "image/png", "image/jpeg" -> readPicture(body(exchange, MOST_BYTES));
          case "application/json" -> reader.read(PixelsJson.parse(body(exchange, MOST_JSON_BYTES)));
          default ->
              throw new RefusedRequest(
                  415,
                  "The Content-Type is "
                      + (type == null ? "missing" : "\"" + type + "\"")
                      + ": send image/png, image/jpeg or application/json.");
        };
    return Reply.json(reading::writeFields);
  }

  private Reading readPicture(byte[] file) {
    decodings.acquireUninterruptibly();
    try {
      Picture picture = decoder.decode(file);
      return reader
          .read(picture)
          .orElseThrow(
              () ->
                  new RefusedRequest(
                      422, "The picture is blank: draw a digit that stands out from the paper."));
    } catch (PictureTooLargeException e) {
      throw new RefusedRequest(413, e.getMessage());
    } catch (RefusedRequest e) {
      throw e;
    } catch (HandspunException e) {
      throw new RefusedRequest(400, e.getMessage());
    } finally {
      decodings.release();
    }
  }

  private static byte[] body(HttpExchange exchange, int most) throws IOException {
    InputStream in = exchange.getRequestBody();
    byte[] body = in.readNBytes(most + 1);
    if (body.length <= most) {
      return body;
    }
    for (int ignored = 0; ignored < MOST_IGNORED_BYTES && in.read(body) > 0; ) {
      ignored += body.length;
    }
    throw new RefusedRequest(
        413, "The body has more than " + most + " bytes: send a smaller picture.");
  }
}
