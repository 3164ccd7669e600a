package handspun.serve;

import handspun.HandspunException;
import handspun.image.Picture;
import handspun.image.PictureDecoder;
import handspun.image.PictureFile;
import handspun.image.PictureTooLargeException;
import handspun.read.DigitReader;
import handspun.read.Reading;
import java.time.Duration;
import java.util.List;

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
  private static final int SMALL_THREADS = Math.min(2, Runtime.getRuntime().availableProcessors());

  /** Each is read within 50 ms. */
  private static final int SMALL_QUEUE = 64;

  /** Each takes 200 MB while it is decoded, which is most of the heap that bin/handspun gives. */
  private static final int LARGE_THREADS = 1;

  private static final int LARGE_QUEUE = 8;

  /** What clients send as the type where nobody chose one; the second is curl's default. */
  private static final List<String> UNSPECIFIED =
      List.of(
          "",
          "application/x-www-form-urlencoded",
          "application/octet-stream",
          "binary/octet-stream",
          "*/*");

  private final DigitReader reader;
  private final PictureDecoder decoder = new PictureDecoder(MOST_PIXELS);
  private final DecodingQueue small =
      new DecodingQueue("handspun-decode-small", SMALL_THREADS, SMALL_QUEUE, MOST_TIME);
  private final DecodingQueue large =
      new DecodingQueue("handspun-decode-large", LARGE_THREADS, LARGE_QUEUE, MOST_TIME);

  PredictEndpoint(DigitReader reader) {
    this.reader = reader;
  }

  @Override
  public List<String> methods() {
    return List.of("POST");
  }

  @Override
  public int mostBytes() {
    return MOST_BYTES + MOST_FORM_BYTES;
  }

  @Override
  public Reply answer(Request request) {
    String media = request.media();
    byte[] body = request.body();
    if (isJson(media) || (UNSPECIFIED.contains(media) && beginsLikeJson(body))) {
      requireAtMost(MOST_JSON_BYTES, body);
      return Reply.json(reader.read(PixelsJson.parse(body))::writeFields);
    }
    byte[] file = file(media, request);
    requireAtMost(MOST_BYTES, file);
    DecodingQueue queue = PictureFile.isCostly(file) ? large : small;
    return queue.run(() -> read(decode(file, request)));
  }

  private static boolean isJson(String media) {
    return media.endsWith("/json") || media.endsWith("+json");
  }

  private static boolean beginsLikeJson(byte[] body) {
    int i = 0;
    while (i < body.length && " \t\r\n".indexOf(body[i]) >= 0) {
      i++;
    }
    return i < body.length && (body[i] == '{' || body[i] == '[');
  }

  private static byte[] file(String media, Request request) {
    if (media.equals("multipart/form-data")) {
      return MultipartForm.onlyFile(request);
    }
    if (media.startsWith("image/") || UNSPECIFIED.contains(media)) {
      return request.body();
    }
    throw new RefusedRequest(
        415,
        "The Content-Type is \"%s\": send a PNG or JPEG picture, such as with %s"
            .formatted(request.contentType(), request.curlLine("digit.png")));
  }

  private static void requireAtMost(int most, byte[] upload) {
    if (upload.length > most) {
      throw RefusedRequest.tooLarge(most);
    }
  }

  private Picture decode(byte[] file, Request request) {
    try {
      return decoder.decode(file);
    } catch (PictureTooLargeException e) {
      throw new RefusedRequest(413, e.getMessage());
    } catch (HandspunException e) {
      if (file.length == 0 || PictureFile.isRead(file)) {
        throw new RefusedRequest(400, e.getMessage());
      }
      throw new RefusedRequest(
          415, "%s For example: %s".formatted(e.getMessage(), request.curlLine("digit.png")));
    }
  }

  private Reply read(Picture picture) {
    Reading reading =
        reader
            .read(picture)
            .orElseThrow(
                () ->
                    new RefusedRequest(
                        422, "The picture is blank: draw a digit that stands out from the paper."));
    return Reply.json(reading::writeFields);
  }

  @Override
  public void close() {
    small.close();
    large.close();
  }
}
