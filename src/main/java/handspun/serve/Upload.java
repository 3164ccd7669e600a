package handspun.serve;

import java.util.Locale;
import java.util.Set;

/**
 * What a request's body is: pixels as JSON, or anything else, which is taken for a picture and
 * known by its first bytes.
 *
 * @param isJson which of the two
 * @param bytes of the one or the other; not copied
 */
record Upload(boolean isJson, byte[] bytes) {
  private static final String FORM = "multipart/form-data";

  /** What clients say when nobody told them what they send; the second is curl's default. */
  private static final Set<String> UNTOLD =
      Set.of(
          "",
          "application/x-www-form-urlencoded",
          "application/octet-stream",
          "binary/octet-stream",
          "*/*");

  /**
   * @param request whose Content-Type is believed only as far as it has to be
   * @return its upload
   * @throws RefusedRequest with status 415 if the type is of something else, and 400 if a form does
   *     not hold exactly one file
   */
  static Upload of(Request request) {
    String type = request.contentType();
    String media = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    if (media.equals("application/json") || media.equals("text/json") || media.endsWith("+json")) {
      return new Upload(true, request.body());
    }
    if (media.startsWith("image/")) {
      return new Upload(false, request.body());
    }
    if (UNTOLD.contains(media)) {
      return new Upload(beginsLikeJson(request.body()), request.body());
    }
    if (media.equals(FORM)) {
      return new Upload(false, MultipartForm.onlyFile(request));
    }
    throw new RefusedRequest(
        415,
        "The Content-Type is \"%s\": send a PNG or JPEG picture, such as with %s"
            .formatted(type, request.curlLine("digit.png")));
  }

  private static boolean beginsLikeJson(byte[] body) {
    int i = 0;
    while (i < body.length
        && (body[i] == ' ' || body[i] == '\t' || body[i] == '\r' || body[i] == '\n')) {
      i++;
    }
    return i < body.length && (body[i] == '{' || body[i] == '[');
  }
}
