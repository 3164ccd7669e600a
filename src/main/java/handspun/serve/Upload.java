package handspun.serve;

import java.util.Locale;

/**
 * What a request's body is: pixels as JSON, or anything else, which is taken for a picture and
 * known by its first bytes.
 *
 * @param isJson which of the two
 * @param bytes of the one or the other; not copied
 */
record Upload(boolean isJson, byte[] bytes) {
  /**
   * @param request whose Content-Type is believed only as far as it has to be
   * @return its upload
   * @throws RefusedRequest with status 415 if the type is of something else, and 400 if a form does
   *     not hold exactly one file
   */
  static Upload of(Request request) {
    String type = request.contentType();
    String media = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    if (media.startsWith("image/")) {
      return new Upload(false, request.body());
    }
    if (media.endsWith("/json") || media.endsWith("+json")) {
      return new Upload(true, request.body());
    }
    return switch (media) {
      case "multipart/form-data" -> new Upload(false, MultipartForm.onlyFile(request));
      // What clients say when nobody told them what they send; the second is curl's default.
      case "",
          "application/x-www-form-urlencoded",
          "application/octet-stream",
          "binary/octet-stream",
          "*/*" ->
          new Upload(beginsLikeJson(request.body()), request.body());
      default ->
          throw new RefusedRequest(
              415,
              "The Content-Type is \"%s\": send a PNG or JPEG picture, such as with %s"
                  .formatted(type, request.curlLine("digit.png")));
    };
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
