package handspun.image;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/** What a file is, by its first bytes, whatever its name or its sender say. */
final class FileKind {
  /** How many bytes may come before the first element of a web page or an SVG file. */
  private static final int BEGINNING = 1024;

  private static final String PNG = "\u0089PNG\r\n\u001a\n";
  private static final String JPEG = "\u00ff\u00d8\u00ff";

  private static final Pattern SVG =
      Pattern.compile("(?is)^\\s*(<\\?xml|<!--|<!doctype svg|<svg\\b).*<svg\\b.*");
  private static final Pattern WEB_PAGE =
      Pattern.compile(
          "(?is)^\\s*(<!--.*?-->\\s*)?(<!doctype html|<html|<head|<body|<title|<script).*");
  private static final Pattern TEXT = Pattern.compile("[\\s\\x20-\\x7e]+");

  private FileKind() {}

  static boolean isPng(byte[] file) {
    return beginning(file).startsWith(PNG);
  }

  static boolean isJpeg(byte[] file) {
    return beginning(file).startsWith(JPEG);
  }

  /**
   * @param file of any kind, but no PNG or JPEG file
   * @return its kind, with an article, for a sentence
   */
  static String name(byte[] file) {
    String text = beginning(file);
    if (text.isEmpty()) {
      return "an empty file";
    }
    String picture = picture(text);
    return picture.isEmpty() ? other(text) : picture;
  }

  private static String picture(String text) {
    if (text.startsWith("GIF8")) {
      return "a GIF file";
    }
    if (text.startsWith("RIFF") && text.startsWith("WEBP", 8)) {
      return "a WebP file";
    }
    if (text.startsWith("ftyp", 4)) {
      return isoMedia(text);
    }
    if (text.startsWith("II*\0") || text.startsWith("MM\0*")) {
      return "a TIFF file or a camera's raw file";
    }
    if (text.startsWith("BM") && text.startsWith("\0\0\0\0", 6)) {
      return "a BMP file";
    }
    if (text.startsWith("\0\0\1\0") || text.startsWith("\0\0\2\0")) {
      return "an icon (ICO) file";
    }
    if (text.startsWith("\u00ff\n") || text.startsWith("JXL ", 4)) {
      return "a JPEG XL file";
    }
    if (text.startsWith("jP  ", 4) || text.startsWith("\u00ffO\u00ffQ")) {
      return "a JPEG 2000 file";
    }
    if (text.startsWith("8BPS")) {
      return "a Photoshop (PSD) file";
    }
    if (text.startsWith("PNG", 1) || text.startsWith("\u00ef\u00bf\u00bdPNG")) {
      return "a PNG file that was changed as if it were text";
    }
    return "";
  }

  /** The container of HEIF pictures is that of films too; its brand tells them apart. */
  private static String isoMedia(String text) {
    String brand = text.substring(8, Math.min(12, text.length()));
    return switch (brand) {
      case "avif", "avis" -> "an AVIF file";
      case "heic", "heix", "hevc", "hevx", "heim", "heis", "mif1", "msf1" -> "an HEIC file";
      case "crx " -> "a camera's raw file";
      default -> "a film (MP4 or QuickTime)";
    };
  }

  private static String other(String text) {
    if (text.startsWith("%PDF")) {
      return "a PDF file";
    }
    if (text.startsWith("PK\3\4")) {
      return "a ZIP archive or an office document";
    }
    if (text.startsWith("\u001f\u008b")) {
      return "packed by gzip";
    }
    String plain = text.startsWith("\u00ef\u00bb\u00bf") ? text.substring(3) : text;
    if (SVG.matcher(plain).matches() || plain.stripLeading().startsWith("<svg")) {
      return "an SVG drawing";
    }
    if (WEB_PAGE.matcher(plain).matches()) {
      return "a web page";
    }
    if (plain.toLowerCase(Locale.ROOT).startsWith("data:image/")) {
      return "an address that begins with \"data:\", not the picture in it";
    }
    if (plain.startsWith("version https://git-lfs")) {
      return "a pointer of Git LFS, not the picture itself (git lfs pull fetches it)";
    }
    return TEXT.matcher(plain).matches()
        ? "a text, neither a PNG nor a JPEG file"
        : "neither a PNG nor a JPEG file";
  }

  private static String beginning(byte[] file) {
    return StandardCharsets.ISO_8859_1
        .decode(ByteBuffer.wrap(file, 0, Math.min(BEGINNING, file.length)))
        .toString();
  }
}
