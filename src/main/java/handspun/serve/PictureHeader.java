package handspun.serve;

import java.nio.ByteBuffer;

/**
 * What the first bytes of a picture say about the work of decoding it. They may lie: what a picture
 * really takes is limited elsewhere.
 */
final class PictureHeader {
  private static final long PNG = 0x89504e470d0a1a0aL;

  /** About 20 ms and 10 MB. */
  private static final long MOST_CHEAP_PIXELS = 1 << 20;

  private PictureHeader() {}

  static boolean isPngOrJpeg(byte[] file) {
    return isPng(file) || isJpeg(file);
  }

  /**
   * @param file any bytes
   * @return whether this is a picture of many pixels, or one whose pixels come in many scans
   */
  static boolean isCostly(byte[] file) {
    ByteBuffer bytes = ByteBuffer.wrap(file);
    if (isPng(file)) {
      // Signature, length and name of the first part, width, height.
      return file.length >= 24 && isLarge(bytes.getInt(16), bytes.getInt(20));
    }
    return isJpeg(file) && isCostlyJpeg(bytes);
  }

  private static boolean isPng(byte[] file) {
    return file.length >= Long.BYTES && ByteBuffer.wrap(file).getLong() == PNG;
  }

  private static boolean isJpeg(byte[] file) {
    return file.length > 2
        && (file[0] & 0xff) == 0xff
        && (file[1] & 0xff) == 0xd8
        && (file[2] & 0xff) == 0xff;
  }

  /** Walks over the segments before the first frame: FF, marker, length, contents. */
  private static boolean isCostlyJpeg(ByteBuffer bytes) {
    bytes.position(2);
    while (bytes.remaining() >= 9) {
      int marker;
      do {
        marker = bytes.get() & 0xff;
      } while (marker == 0xff && bytes.remaining() >= 8);
      int length = bytes.getShort(bytes.position()) & 0xffff;
      boolean isFrame =
          marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
      if (isFrame) {
        boolean isSequential = marker <= 0xc1;
        int height = bytes.getShort(bytes.position() + 3) & 0xffff;
        int width = bytes.getShort(bytes.position() + 5) & 0xffff;
        return !isSequential || isLarge(width, height);
      }
      if (length < 2 || length > bytes.remaining()) {
        break;
      }
      bytes.position(bytes.position() + length);
    }
    // Nothing to be decoded, or nothing that is known.
    return true;
  }

  private static boolean isLarge(int width, int height) {
    return (long) width * height > MOST_CHEAP_PIXELS;
  }
}
