package handspun.data;

import handspun.HandspunException;
import handspun.files.Location;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/** What a file is, told from its first bytes, and in words for whoever expected something else. */
public enum FileKind {
  EMPTY("empty: it has 0 bytes", Advice.DOWNLOAD),
  BLANK("a text of nothing but blanks", Advice.DOWNLOAD),
  ZEROS("nothing but zero bytes, as a download that was broken off leaves them", Advice.DOWNLOAD),
  WEB_PAGE("a web page: a failed download", Advice.DOWNLOAD),
  GIT_LFS_POINTER(
      "a Git LFS pointer, which only names the file",
      "fetch the file itself with git lfs install and git lfs pull"),
  XML_ERROR("a server's error message in XML: a failed download", Advice.DOWNLOAD),
  XML("an XML document", Advice.DOWNLOAD),
  JSON_ERROR("a server's error message in JSON: a failed download", Advice.DOWNLOAD),
  JSON("a JSON text", Advice.NAME_ANOTHER),
  HTTP_ANSWER("a web server's answer with its header: a failed download", Advice.DOWNLOAD),
  GZIP("packed with gzip, and more than twice", "unpack it with gunzip"),
  NPZ("an archive of numpy's arrays (.npz)", Advice.NAME_ANOTHER),
  ZIP("a zip archive", "unpack it with unzip, and name the folder"),
  BZIP2("packed with bzip2", "unpack it with bunzip2"),
  XZ("packed with xz", "unpack it with unxz"),
  ZSTD("packed with Zstandard", "unpack it with unzstd"),
  LZ4("packed with lz4", "unpack it with unlz4"),
  COMPRESS("packed with compress (.Z)", "unpack it with uncompress"),
  SEVEN_ZIP("a 7z archive", "unpack it with 7z x, and name the folder"),
  RAR("a RAR archive", "unpack it with unrar x, and name the folder"),
  TAR("a tar archive", "unpack it with tar xf, and name the folder"),
  IDX("an IDX file", "name the folder with the files of images and labels"),
  NPY("a numpy array (.npy)", "save images and labels together as .npz: x_train, y_train, ..."),
  PICKLE("a Python pickle", Advice.NAME_ANOTHER),
  HDF5("an HDF5 file (.h5)", "save the arrays with numpy as .npz: x_train, y_train, ..."),
  MATLAB("a MATLAB file (.mat)", "take the set's IDX files, or save its arrays with numpy as .npz"),
  PARQUET("a Parquet file", "save it as CSV, label first"),
  ARFF("an ARFF file", "save it as CSV, label first"),
  SQLITE("an SQLite database", Advice.NAME_ANOTHER),
  PICTURE("a picture", Advice.NAME_ANOTHER),
  PDF("a PDF document", Advice.NAME_ANOTHER),
  HANDSPUN("a file of Handspun's own, such as a model", Advice.NAME_ANOTHER),
  UTF_16("a text in UTF-16", "save it as UTF-8"),
  CSV("a table of values (CSV)", Advice.NAME_ANOTHER),
  TEXT("a text", "look into it; " + Advice.DOWNLOAD + " if that failed"),
  UNKNOWN("of no kind that Handspun knows", Advice.DOWNLOAD);

  /** So many bytes tell what a file is; a tar archive says it at byte 257. */
  public static final int BYTES = 512;

  private static final int QUOTED = 60;
  private static final Pattern OLD_PICKLE =
      Pattern.compile(
          "(\\([ld]p?\\d*\\n|[\\]}(](q|l|d|\\()|c[A-Za-z_][\\w.]*\\n|\\(i[a-z_]).*", 32);
  private static final Pattern ERROR_IN_JSON =
      Pattern.compile(
          ".*\"(errors?|message|detail|status|code)\"\\s*:.*",
          Pattern.DOTALL | Pattern.CASE_INSENSITIVE);
  private static final Pattern CSV_LINE =
      Pattern.compile("[^\\r\\n]*[\\w\"][,;\\t][^\\r\\n]*[,;\\t].*", Pattern.DOTALL);

  private final String what;
  private final String advice;

  FileKind(String what, String advice) {
    this.what = what;
    this.advice = advice;
  }

  /** Constants of an enum cannot use its own static fields. */
  private static final class Advice {
    static final String DOWNLOAD = "copy or download it again";
    static final String NAME_ANOTHER = "name another file";
  }

  /**
   * @param start the first {@value #BYTES} bytes of a file, or all if it has fewer
   * @return what the file is
   */
  public static FileKind of(byte[] start) {
    if (start.length == 0) {
      return EMPTY;
    }
    FileKind binary = binary(start);
    return binary != null ? binary : text(start);
  }

  private static FileKind binary(byte[] start) {
    if (isAll(start, 0)) {
      return ZEROS;
    }
    if (begins(start, "1f8b")) {
      return GZIP;
    }
    if (begins(start, "504b0304")) {
      return isFirstEntryNpy(start) ? NPZ : ZIP;
    }
    String[][] magics = {
      {"504b0506", "ZIP"},
      {"504b0708", "ZIP"},
      {"425a68", "BZIP2"},
      {"fd377a585a00", "XZ"},
      {"28b52ffd", "ZSTD"},
      {"04224d18", "LZ4"},
      {"1f9d", "COMPRESS"},
      {"377abcaf271c", "SEVEN_ZIP"},
      {"526172211a07", "RAR"},
      {"934e554d5059", "NPY"},
      {"894844460d0a1a0a", "HDF5"},
      {"4d41544c41422035", "MATLAB"},
      {"50415231", "PARQUET"},
      {"53514c69746520666f726d6174", "SQLITE"},
      {"89504e47", "PICTURE"},
      {"ffd8ff", "PICTURE"},
      {"47494638", "PICTURE"},
      {"25504446", "PDF"},
      {"48414e4453", "HANDSPUN"},
      {"fffe", "UTF_16"},
      {"feff", "UTF_16"},
    };
    for (String[] magic : magics) {
      if (begins(start, magic[0])) {
        return valueOf(magic[1]);
      }
    }
    if (start[0] == (byte) 0x80 && start.length > 1 && start[1] >= 2 && start[1] <= 5) {
      return PICKLE;
    }
    if (start.length >= 4 && start[0] == 0 && start[1] == 0 && IdxType.of(start[2]) != null) {
      return IDX;
    }
    if (start.length >= 262 && latin1(start).startsWith("ustar", 257)) {
      return TAR;
    }
    return null;
  }

  private static FileKind text(byte[] start) {
    boolean marked = begins(start, "efbbbf");
    String text = new String(start, StandardCharsets.UTF_8).substring(marked ? 1 : 0);
    String trimmed = text.strip();
    String lower = trimmed.toLowerCase(Locale.ROOT);
    if (trimmed.isEmpty()) {
      return BLANK;
    }
    if (lower.startsWith("version https://git-lfs")) {
      return GIT_LFS_POINTER;
    }
    if (lower.startsWith("http/1.") || lower.startsWith("http/2 ")) {
      return HTTP_ANSWER;
    }
    if (lower.startsWith("<")) {
      return markup(lower);
    }
    if (lower.matches("(?s)[\\[{]\\s*[\"\\[{\\]}\\d-].*")) {
      return ERROR_IN_JSON.matcher(lower).matches() ? JSON_ERROR : JSON;
    }
    if (OLD_PICKLE.matcher(text).matches()) {
      return PICKLE;
    }
    if (!isPrintable(text)) {
      return UNKNOWN;
    }
    if (lower.matches("(?s)(%.*)?@relation.*")) {
      return ARFF;
    }
    return CSV_LINE.matcher(trimmed).matches() ? CSV : TEXT;
  }

  private static FileKind markup(String text) {
    if (text.matches("(?s)<(!doctype html|html|head|body|script|title|meta|!--|h1|div|center).*")
        || text.contains("<html")) {
      return WEB_PAGE;
    }
    return text.contains("<error") || text.contains("<code>") ? XML_ERROR : XML;
  }

  private static boolean isFirstEntryNpy(byte[] start) {
    int length = start.length < 30 ? 0 : start[26] & 0xff;
    return length >= 4
        && start.length >= 30 + length
        && latin1(start).substring(30, 30 + length).endsWith(".npy");
  }

  private static boolean isAll(byte[] bytes, int value) {
    for (byte b : bytes) {
      if (b != value) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPrintable(String text) {
    long strange =
        text.chars()
            .filter(c -> (c < ' ' && c != '\n' && c != '\r' && c != '\t') || c == 0xfffd)
            .count();
    // The last character may be cut in two.
    return strange <= 1;
  }

  private static boolean begins(byte[] start, String hex) {
    byte[] magic = HexFormat.of().parseHex(hex);
    return start.length >= magic.length && Arrays.equals(magic, Arrays.copyOf(start, magic.length));
  }

  private static String latin1(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** {@return whether it is no pickle for sure} A pickle of protocol 0 may look like any text. */
  boolean isNoPickle() {
    return switch (this) {
      case PICKLE, CSV, TEXT, UNKNOWN -> false;
      default -> true;
    };
  }

  /** {@return whether files are in it} */
  boolean isArchive() {
    return switch (this) {
      case ZIP, TAR, SEVEN_ZIP, RAR -> true;
      default -> false;
    };
  }

  /** {@return what a file of this kind is, after "is"} */
  public String what() {
    return what;
  }

  /**
   * @param path a file
   * @param start its first {@value #BYTES} bytes, unpacked
   * @param expected what it should be, with its article
   * @return a sentence that says what it is instead, and what to do
   */
  public static HandspunException refusal(Location path, byte[] start, String expected) {
    FileKind kind = of(start);
    String detail =
        switch (kind) {
          case TEXT -> " (\"%s\")".formatted(beginning(start));
          case UNKNOWN ->
              " (it starts with the bytes %s)"
                  .formatted(PackedFile.hex(Arrays.copyOf(start, Math.min(start.length, 8))));
          default -> "";
        };
    return new HandspunException(
        "%s is %s%s; expected is %s: %s."
            .formatted(path, kind.what, detail, expected, kind.advice));
  }

  private static String beginning(byte[] start) {
    String line =
        new String(start, StandardCharsets.UTF_8).strip().replaceAll("[\\p{Cntrl}]+", " ");
    return line.length() > QUOTED ? line.substring(0, QUOTED) + " ..." : line;
  }
}
