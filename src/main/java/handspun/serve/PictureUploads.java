package handspun.serve;

import handspun.HandspunException;
import handspun.image.Picture;
import handspun.image.PictureDecoder;
import handspun.image.PictureFile;
import handspun.image.PictureTooLargeException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;

/**
 * The pictures in requests' bodies. Those that are large or costly to decode have a queue of their
 * own, so that they hold up each other only, and not the drawings that most people send.
 */
final class PictureUploads implements DigitServer.Work {
  /** Largest picture file, in bytes. */
  static final int MOST_BYTES = 4 << 20;

  /** Width times height of the largest picture. */
  static final int MOST_PIXELS = 4096 * 4096;

  /** Largest body: a form has lines of its own, and may have other fields. */
  static final int MOST_BODY_BYTES = MOST_BYTES + (64 << 10);

  /** A picture of 16 million pixels takes less than a second of a quiet core. */
  private static final Duration MOST_TIME = Duration.ofSeconds(10);

  /** More would only take the processor from each other. */
  private static final int SMALL_THREADS = Math.min(2, Runtime.getRuntime().availableProcessors());

  /** Each is read within 50 ms. */
  private static final int SMALL_QUEUE = 64;

  /** Each takes 200 MB while it is decoded, which is most of the heap that bin/handspun gives. */
  private static final int LARGE_THREADS = 1;

  private static final int LARGE_QUEUE = 8;

  /** Of bodies with a picture. That of a picture need not be said. */
  static final String[] TYPES = {
    "image/png", "image/jpeg", "application/octet-stream", "multipart/form-data"
  };

  /** What clients send as the type where nobody chose one; the second is curl's default. */
  private static final List<String> UNSPECIFIED =
      List.of(
          "",
          "application/x-www-form-urlencoded",
          "application/octet-stream",
          "binary/octet-stream",
          "*/*");

  private static final WorkQueue.Words WORDS =
      new WorkQueue.Words(
          "The server has too many pictures to read at the moment: try again in a second.",
          "The picture has taken %d s and was not read: send a smaller one, or save it as PNG.");

  private final PictureDecoder decoder = new PictureDecoder(MOST_PIXELS);
  private final WorkQueue small =
      new WorkQueue("handspun-decode-small", SMALL_THREADS, SMALL_QUEUE, MOST_TIME, WORDS);
  private final WorkQueue large =
      new WorkQueue("handspun-decode-large", LARGE_THREADS, LARGE_QUEUE, MOST_TIME, WORDS);

  /** {@return whether a request has JSON in the place of a picture} */
  static boolean isJson(Request request) {
    String media = request.media();
    return media.endsWith("/json")
        || media.endsWith("+json")
        || (UNSPECIFIED.contains(media) && beginsLikeJson(request.body()));
  }

  private static boolean beginsLikeJson(byte[] body) {
    int i = 0;
    while (i < body.length && " \t\r\n".indexOf(body[i]) >= 0) {
      i++;
    }
    return i < body.length && (body[i] == '{' || body[i] == '[');
  }

  /**
   * Decodes the picture in a request and has it answered, when its turn comes.
   *
   * @param turn is run when it has come, in a thread of the queue
   * @param answer is given the picture, in the same thread
   * @return what it gave
   * @throws RefusedRequest if there is no picture that can be read, or no room for it
   */
  Reply answer(Request request, Runnable turn, Function<Picture, Reply> answer) {
    byte[] file = file(request);
    requireAtMost(MOST_BYTES, file);
    WorkQueue queue = PictureFile.isCostly(file) ? large : small;
    return queue.run(
        () -> {
          turn.run();
          return answer.apply(decode(file, request));
        });
  }

  /**
   * {@return what is read of drawings, which takes as long as small pictures, when its turn comes}
   */
  Reply read(Callable<Reply> reading) {
    return small.run(reading);
  }

  private static byte[] file(Request request) {
    String media = request.media();
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

  static void requireAtMost(int most, byte[] upload) {
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

  @Override
  public void close() {
    small.close();
    large.close();
  }
}
