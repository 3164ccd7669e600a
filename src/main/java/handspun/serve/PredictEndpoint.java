package handspun.serve;

import handspun.HandspunException;
import handspun.image.DigitNormalizer;
import handspun.image.Picture;
import handspun.image.PictureDecoder;
import handspun.image.PictureFile;
import handspun.image.PictureTooLargeException;
import handspun.read.DigitReader;
import java.time.Duration;

/**
 * Reads the digit in a request's body. Pictures that are large or costly to decode have a queue of
 * their own, so that they hold up each other only, and not the drawings that most people send.
 */
final class PredictEndpoint implements Endpoint, AutoCloseable {
  /** Largest picture file, in bytes. */
  static final int MOST_BYTES = 4 << 20;

  /** Largest JSON, in bytes: 784 numbers with all their digits need 20 KiB. */
  static final int MOST_JSON_BYTES = 256 << 10;

  /** Width times height of the largest picture. */
  static final int MOST_PIXELS = 4096 * 4096;

  /** A form's own lines; other fields of it may be no longer. */
  private static final int MOST_FORM_BYTES = 64 << 10;

  /** A picture of 16 million pixels takes less than a second of a quiet core. */
  private static final Duration MOST_TIME = Duration.ofSeconds(10);

  /** More would only take the processor from each other. */
  private static final int SMALL_AT_ONCE = Math.min(2, Runtime.getRuntime().availableProcessors());

  /** Each is read within 50 ms. */
  private static final int SMALL_PLACES = 64;

  /** Each takes 200 MB while it is decoded, which is most of the heap that bin/handspun gives. */
  private static final int LARGE_AT_ONCE = 1;

  private static final int LARGE_PLACES = 8;

  private final DigitReader reader;
  private final PictureDecoder decoder = new PictureDecoder(MOST_PIXELS);
  private final DecodingQueue small =
      new DecodingQueue("handspun-decode-small", SMALL_AT_ONCE, SMALL_PLACES, MOST_TIME);
  private final DecodingQueue large =
      new DecodingQueue("handspun-decode-large", LARGE_AT_ONCE, LARGE_PLACES, MOST_TIME);

  PredictEndpoint(DigitReader reader) {
    this.reader = reader;
  }

  @Override
  public int mostBytes() {
    return MOST_BYTES + MOST_FORM_BYTES;
  }

  @Override
  public Reply answer(Request request) {
    Upload upload = Upload.of(request);
    if (upload.isJson()) {
      requireAtMost(MOST_JSON_BYTES, upload);
      return read(PixelsJson.parse(upload.bytes()));
    }
    requireAtMost(MOST_BYTES, upload);
    DecodingQueue queue = PictureFile.isCostly(upload.bytes()) ? large : small;
    try {
      return queue.run(() -> read(decoder.decode(upload.bytes())));
    } catch (RefusedRequest e) {
      throw e;
    } catch (PictureTooLargeException e) {
      throw new RefusedRequest(413, e.getMessage());
    } catch (HandspunException e) {
      throw notRead(request, upload.bytes(), e.getMessage());
    }
  }

  private static void requireAtMost(int most, Upload upload) {
    if (upload.bytes().length > most) {
      throw new RefusedRequest(
          413, "The body has more than %d bytes: send a smaller picture.".formatted(most));
    }
  }

  private static RefusedRequest notRead(Request request, byte[] file, String reason) {
    if (file.length == 0 || PictureFile.isRead(file)) {
      return new RefusedRequest(400, reason);
    }
    return new RefusedRequest(
        415, "%s For example: %s".formatted(reason, request.curlLine("digit.png")));
  }

  private Reply read(Picture picture) {
    byte[] pixels =
        DigitNormalizer.normalize(picture)
            .orElseThrow(
                () ->
                    new RefusedRequest(
                        422, "The picture is blank: draw a digit that stands out from the paper."));
    return read(pixels);
  }

  private Reply read(byte[] pixels) {
    try {
      return Reply.json(reader.read(pixels)::writeFields);
    } catch (HandspunException e) {
      throw new RefusedRequest(500, e.getMessage());
    }
  }

  @Override
  public void close() {
    small.close();
    large.close();
  }
}
