package handspun.files;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * What a file is, told from its first bytes, whatever its name or its sender say. The words of a
 * kind are for whoever expected another.
 */
public enum FileKind {
  EMPTY("empty (0 bytes)"),
  ZEROS("nothing but zero bytes, as a download that was broken off leaves them", "\\x00+\\z"),

  PNG("a PNG file", "\\x89PNG\\r\\n\\x1a\\n"),
  JPEG("a JPEG file", "\\xff\\xd8\\xff"),
  GIF("a GIF file", "GIF8"),
  WEBP("a WebP file", "RIFF.{4}WEBP"),
  HEIC("an HEIC file", "\\x00{2}..ftyp(hei[cxms]|hev[cx]|mif1|msf1)"),
  AVIF("an AVIF file", "\\x00{2}..ftypavi[fs]"),
  CAMERA_RAW(
      "a camera's raw file", "\\x00{2}..ftypcrx |FUJIFILMCCD|II(U\\x00|R[OS])|MMOR|FOVb|\\x00MRM"),
  TIFF("a TIFF file or a camera's raw file", "II\\*\\x00|MM\\x00\\*"),
  BMP("a BMP file", "BM.{4}\\x00{4}"),
  ICON("an icon (ICO) file", "\\x00{2}[\\x01\\x02]\\x00"),
  JPEG_XL("a JPEG XL file", "\\xff\\n|\\x00{3}\\x0cJXL "),
  JPEG_2000("a JPEG 2000 file", "\\xffO\\xffQ|\\x00{3}\\x0cjP  "),
  PHOTOSHOP("a Photoshop (PSD) file", "8BPS"),
  PICTURE_AS_TEXT(
      "a PNG or JPEG file that was changed as if it were text",
      "(.|\\xc2\\x89|\\xef\\xbf\\xbd)PNG[\\r\\n]|(\\xef\\xbf\\xbd){3,4}.{0,8}(JFIF|Exif)"),
  FILM("a film", "\\x00{2}..ftyp|RIFF.{4}AVI |\\x1aE\\xdf\\xa3"),
  PDF("a PDF document", "%PDF"),
  OFFICE("an office document", "\\xd0\\xcf\\x11\\xe0\\xa1\\xb1\\x1a\\xe1"),

  GZIP("packed with gzip", "\\x1f\\x8b"),
  NPZ("an archive of numpy's arrays (.npz)"),
  ZIP("a zip archive", "PK(\\x03\\x04|\\x05\\x06|\\x07\\x08)"),
  BZIP2("packed with bzip2", "BZh"),
  XZ("packed with xz", "\\xfd7zXZ\\x00"),
  ZSTD("packed with Zstandard", "\\x28\\xb5\\x2f\\xfd"),
  LZ4("packed with lz4", "\\x04\\x22\\x4d\\x18"),
  COMPRESS("packed with compress (.Z)", "\\x1f\\x9d"),
  SEVEN_ZIP("a 7z archive", "7z\\xbc\\xaf\\x27\\x1c"),
  RAR("a RAR archive", "Rar!\\x1a\\x07"),
  TAR("a tar archive", ".{257}ustar"),

  IDX("an IDX file", "\\x00{2}[\\x08\\x09\\x0b-\\x0e]."),
  NPY("a numpy array (.npy)", "\\x93NUMPY"),
  /** Those of the oldest protocol are texts. */
  PICKLE("a Python pickle", "\\x80[\\x02-\\x05]"),
  HDF5("an HDF5 file (.h5)", "\\x89HDF\\r\\n\\x1a\\n"),
  MATLAB("a MATLAB file (.mat)", "MATLAB 5"),
  PARQUET("a Parquet file", "PAR1"),
  SQLITE("an SQLite database", "SQLite format"),
  HANDSPUN("a file of Handspun's own, such as a model", "HANDS"),

  UTF_16("a text file in UTF-16", "\\xff\\xfe|\\xfe\\xff"),
  BLANK("a text file of nothing but blanks"),
  WEB_PAGE("a web page (a failed download)"),
  HTTP_ANSWER("a web server's answer with its header (a failed download)"),
  XML_ERROR("a server's error message in XML (a failed download)"),
  JSON_ERROR("a server's error message in JSON (a failed download)"),
  GIT_LFS_POINTER("a Git LFS pointer (git lfs pull fetches the file that it names)"),
  DATA_URL("an address that begins with \"data:\", not the file in it"),
  SVG("an SVG drawing"),
  XML("an XML document"),
  JSON("a JSON document"),
  ARFF("an ARFF file"),
  CSV("a table of values (CSV)"),
  TEXT("a text file"),
  UNKNOWN("of no kind that Handspun knows");

  /** So many bytes tell what a file is; drawings and web pages may begin with remarks. */
  public static final int BYTES = 1024;

  private static final String NEVER = "(?!)";
  private static final int ZIP_NAME_LENGTH_AT = 26;
  private static final int ZIP_NAME_AT = 30;
  private static final Pattern OFFICE_PART =
      Pattern.compile("\\[Content_Types]\\.xml|mimetype|(_rels|docProps|word|xl|ppt)/.*");

  private final String what;
  private final Pattern start;

  /** One that is told by more than a few bytes. */
  FileKind(String what) {
    this(what, NEVER);
  }

  /** Takes what it is, after "is", and a pattern of its first bytes, each a character. */
  FileKind(String what, String start) {
    this.what = what;
    this.start = Pattern.compile(start, Pattern.DOTALL);
  }

  /** {@return what a file is, by its first {@value #BYTES} bytes, or all if it has fewer} */
  public static FileKind of(byte[] start) {
    if (start.length == 0) {
      return EMPTY;
    }
    byte[] bytes = Arrays.copyOf(start, Math.min(BYTES, start.length));
    String characters = new String(bytes, StandardCharsets.ISO_8859_1);
    for (FileKind kind : values()) {
      if (kind.start.matcher(characters).lookingAt()) {
        return kind == ZIP ? zip(characters) : kind;
      }
    }
    return TextKind.of(bytes);
  }

  /** By the name of the first file in it. */
  private static FileKind zip(String start) {
    if (start.length() < ZIP_NAME_AT) {
      return ZIP;
    }
    int length = start.charAt(ZIP_NAME_LENGTH_AT) | start.charAt(ZIP_NAME_LENGTH_AT + 1) << 8;
    String name = start.substring(ZIP_NAME_AT, Math.min(start.length(), ZIP_NAME_AT + length));
    if (name.endsWith(".npy")) {
      return NPZ;
    }
    return OFFICE_PART.matcher(name).matches() ? OFFICE : ZIP;
  }

  /** {@return what a file of this kind is, after "is"} */
  public String what() {
    return what;
  }

  /** {@return whether files are in it} */
  public boolean isArchive() {
    return switch (this) {
      case ZIP, TAR, SEVEN_ZIP, RAR -> true;
      default -> false;
    };
  }
}
