package handspun.serve;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A form with files as browsers and {@code curl -F} send it ({@code multipart/form-data}, RFC 7578;
 * the parts as in RFC 2046): a line {@code --boundary} before each part, headers and an empty line
 * in it, and {@code --boundary--} at the end. Lines end with CR LF; LF alone is forgiven.
 */
final class MultipartForm {
  private static final Pattern BOUNDARY =
      Pattern.compile(
          ";\\s*boundary=(?:\"([^\"]{1,200})\"|([^\\s;\"]{1,200}))", Pattern.CASE_INSENSITIVE);

  /** Not {@code name*=}, nor the {@code name=} at the end of {@code filename=}. */
  private static final Pattern FILE_NAME =
      Pattern.compile(";\\s*filename\\*?=", Pattern.CASE_INSENSITIVE);

  private static final Pattern DISPOSITION =
      Pattern.compile("content-disposition:\\s*form-data\\b", Pattern.CASE_INSENSITIVE);

  /** Headers of one part. */
  private static final int MOST_HEADER_BYTES = 8 << 10;

  /** A form of ours has one; others bring a few fields along. */
  private static final int MOST_PARTS = 64;

  private final byte[] body;
  private final byte[] delimiter;

  /** Of the form's own lines: 2, or 1 where they end with LF alone. */
  private int lineBreakBytes = 1;

  private MultipartForm(byte[] body, String boundary) {
    this.body = body;
    this.delimiter = ("--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
  }

  /** {@return the contents of a form's only file; what other fields say is passed over} */
  static byte[] onlyFile(Request request) {
    Matcher boundary = BOUNDARY.matcher(request.contentType());
    if (!boundary.find()) {
      throw malformed("its Content-Type names no boundary", request);
    }
    String name = boundary.group(1) == null ? boundary.group(2) : boundary.group(1);
    List<byte[]> files = new MultipartForm(request.body(), name).files(request);
    if (files.size() != 1) {
      throw new RefusedRequest(
          400,
          "The form has %s, but one picture is read: send one, such as with %s"
              .formatted(
                  files.isEmpty() ? "no file" : files.size() + " files",
                  request.curlLine("digit.png")));
    }
    return files.get(0);
  }

  private List<byte[]> files(Request request) {
    List<byte[]> files = new ArrayList<>();
    int start = delimiterAt(0);
    if (start < 0) {
      throw malformed("the boundary that its Content-Type names is not in it", request);
    }
    int firstLineEnd = lineEnd(start);
    if (firstLineEnd >= 2 && firstLineEnd <= body.length && body[firstLineEnd - 2] == '\r') {
      lineBreakBytes = 2;
    }
    for (int parts = 0; !isLast(start); parts++) {
      int from = lineEnd(start + delimiter.length);
      int end = delimiterAt(from);
      if (end < 0) {
        throw malformed("its end is missing", request);
      }
      if (parts == MOST_PARTS) {
        throw malformed("it has more than %d parts".formatted(MOST_PARTS), request);
      }
      addFile(from, end, files, request);
      start = end;
    }
    return files;
  }

  private void addFile(int from, int end, List<byte[]> files, Request request) {
    int contents = from;
    boolean isForm = false;
    boolean isFile = false;
    while (true) {
      int next = lineEnd(contents);
      if (next > end || next - from > MOST_HEADER_BYTES) {
        throw malformed("a part has no empty line after its headers", request);
      }
      String line =
          new String(body, contents, next - contents, StandardCharsets.ISO_8859_1).strip();
      contents = next;
      if (line.isEmpty()) {
        break;
      }
      if (DISPOSITION.matcher(line).lookingAt()) {
        isForm = true;
        isFile = FILE_NAME.matcher(line).find();
      }
    }
    if (!isForm) {
      throw malformed("a part has no Content-Disposition: form-data", request);
    }
    if (isFile) {
      files.add(Arrays.copyOfRange(body, contents, Math.max(contents, end - lineBreakBytes)));
    }
  }

  /**
   * {@return where the next line begins with the delimiter, and has nothing else but its end; or
   * -1}
   */
  private int delimiterAt(int from) {
    for (int i = from; i <= body.length - delimiter.length; i++) {
      boolean beginsLine =
          i == 0
              || (body[i - 1] == '\n' && (lineBreakBytes == 1 || (i > 1 && body[i - 2] == '\r')));
      if (beginsLine
          && Arrays.equals(body, i, i + delimiter.length, delimiter, 0, delimiter.length)) {
        if (isLast(i) || isBlank(i + delimiter.length)) {
          return i;
        }
      }
    }
    return -1;
  }

  private boolean isLast(int start) {
    int after = start + delimiter.length;
    return after + 1 < body.length
        && body[after] == '-'
        && body[after + 1] == '-'
        && isBlank(after + 2);
  }

  /** Blanks may follow a boundary; anything else makes it the beginning of a longer line. */
  private boolean isBlank(int from) {
    int i = from;
    while (i < body.length && (body[i] == ' ' || body[i] == '\t' || body[i] == '\r')) {
      i++;
    }
    return i == body.length || body[i] == '\n';
  }

  /** {@return where the line after this one begins; beyond the body if this is the last} */
  private int lineEnd(int from) {
    int i = from;
    while (i < body.length && body[i] != '\n') {
      i++;
    }
    return i + 1;
  }

  private static RefusedRequest malformed(String problem, Request request) {
    return new RefusedRequest(
        400,
        "The form cannot be read (%s): send the picture by itself, such as with %s"
            .formatted(problem, request.curlLine("digit.png")));
  }
}
