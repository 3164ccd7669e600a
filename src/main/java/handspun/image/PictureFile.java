package handspun.image;

import handspun.files.FileKind;

/**
 * What a picture's first bytes say about it, without decoding it. They may lie: {@link
 * PictureDecoder} counts what a picture really takes.
 */
public final class PictureFile {
  /** Decoding so many takes about 20 ms and 10 MB. */
  private static final long MOST_CHEAP_PIXELS = 1 << 20;

  private PictureFile() {}

  /** {@return whether a file is of a kind that is read; it may be damaged} */
  public static boolean isRead(byte[] file) {
    return switch (FileKind.of(file)) {
      case PNG, JPEG -> true;
      default -> false;
    };
  }

  /**
   * {@return whether a file is a picture of many pixels, or one whose pixels come in several scans;
   * by its headers alone}
   */
  public static boolean isCostly(byte[] file) {
    return switch (FileKind.of(file)) {
      case PNG -> PngFile.pixels(file) > MOST_CHEAP_PIXELS;
      case JPEG -> isCostly(JpegFile.header(file));
      default -> false;
    };
  }

  /** If the first scan has all components, Java's reader reads no other, unless progressive. */
  private static boolean isCostly(JpegFile header) {
    return header
        .frame()
        .filter(frame -> (long) frame.width() * frame.height() <= MOST_CHEAP_PIXELS)
        .filter(frame -> header.isWhole() && !frame.isProgressive())
        .isEmpty();
  }
}
