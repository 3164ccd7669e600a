package handspun.files;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/** What a text is, told from its beginning. */
final class TextKind {
  private static final Pattern OLD_PICKLE =
      Pattern.compile("\\([ld]p?\\d*\\n|[\\]}(](q|l|d|\\()|c[A-Za-z_][\\w.]*\\n|\\(i[a-z_]");

  private static final Pattern JSON = Pattern.compile("[\\[{]\\s*[\"\\[{\\]}\\d-]");
  private static final Pattern ERROR_IN_JSON =
      Pattern.compile("\"(errors?|message|detail|status|code)\"\\s*:");
  private static final Pattern ARFF = Pattern.compile("(%.*)?@relation", Pattern.DOTALL);
  private static final Pattern CSV_LINE =
      Pattern.compile("[^\\r\\n]*[\\w\"][,;\\t][^\\r\\n]*[,;\\t]");
  private static final Pattern DATA_URL = Pattern.compile("data:\\w+/[\\w.+-]+[;,]");
  private static final Pattern WEB_PAGE =
      Pattern.compile("<(!doctype html|html|head|body|script|title|meta|h1|div|center)\\b");

  private TextKind() {}

  /**
   * {@return what a file is that is of no binary kind; {@link FileKind#UNKNOWN} if it is no text}
   */
  static FileKind of(byte[] start) {
    String decoded = new String(start, StandardCharsets.UTF_8);
    String text = decoded.startsWith("\ufeff") ? decoded.substring(1) : decoded;
    String trimmed = text.strip();
    String lower = trimmed.toLowerCase(Locale.ROOT);
    if (trimmed.isEmpty()) {
      return FileKind.BLANK;
    }
    if (lower.startsWith("version https://git-lfs")) {
      return FileKind.GIT_LFS_POINTER;
    }
    if (lower.startsWith("http/1.") || lower.startsWith("http/2 ")) {
      return FileKind.HTTP_ANSWER;
    }
    if (begins(lower, DATA_URL)) {
      return FileKind.DATA_URL;
    }
    if (lower.startsWith("<")) {
      return markup(lower);
    }
    if (begins(lower, JSON)) {
      return ERROR_IN_JSON.matcher(lower).find() ? FileKind.JSON_ERROR : FileKind.JSON;
    }
    if (begins(text, OLD_PICKLE)) {
      return FileKind.PICKLE;
    }
    if (!isPrintable(text)) {
      return FileKind.UNKNOWN;
    }
    if (begins(lower, ARFF)) {
      return FileKind.ARFF;
    }
    return begins(trimmed, CSV_LINE) ? FileKind.CSV : FileKind.TEXT;
  }

  private static boolean begins(String text, Pattern pattern) {
    return pattern.matcher(text).lookingAt();
  }

  /** A page may have drawings in it, and either may begin with a remark. */
  private static FileKind markup(String text) {
    if (begins(text, WEB_PAGE) || (text.contains("<html") && !text.startsWith("<svg"))) {
      return FileKind.WEB_PAGE;
    }
    if (text.contains("<svg") || text.startsWith("<!doctype svg")) {
      return FileKind.SVG;
    }
    if (text.startsWith("<!--")) {
      return FileKind.WEB_PAGE;
    }
    return text.contains("<error") || text.contains("<code>") ? FileKind.XML_ERROR : FileKind.XML;
  }

  private static boolean isPrintable(String text) {
    long strange =
        text.chars()
            .filter(c -> (c < ' ' && c != '\n' && c != '\r' && c != '\t') || c == 0xfffd)
            .count();
    // The last character may be cut in two.
    return strange <= 1;
  }
}
