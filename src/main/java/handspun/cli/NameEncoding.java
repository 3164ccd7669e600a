package handspun.cli;

import handspun.UsageException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Sees to it that no file is taken for another one because Java could not read its name. Java reads
 * names in the locale's encoding. Bytes that are not of that encoding become U+FFFD, and what
 * passed through a second process, such as spark-submit's, may have become a question mark.
 */
final class NameEncoding {
  private static final String REPLACED = "\uFFFD";

  private NameEncoding() {}

  /**
   * Refuses a command line, or folders that relative names start from, that could not be decoded.
   */
  static void require(String... args) {
    Charset encoding = Charset.forName(System.getProperty("sun.jnu.encoding"));
    require("The argument", List.of(args), encoding);
    require("The current folder", List.of(System.getProperty("user.dir")), encoding);
    require("Handspun's folder", List.of(Home.folder().toString()), encoding);
  }

  static void require(String what, List<String> names, Charset encoding) {
    boolean hasNone = encoding.equals(StandardCharsets.US_ASCII);
    for (String name : names) {
      if (name.contains(REPLACED) || (hasNone && name.contains("?"))) {
        throw new UsageException(
            "%s %s has characters that are not in %s, the encoding of this locale: set LC_ALL to a locale that has them, such as LC_ALL=C.UTF-8, or choose another name."
                .formatted(what, name.replace(REPLACED, "?"), encoding.name()));
      }
    }
  }
}
