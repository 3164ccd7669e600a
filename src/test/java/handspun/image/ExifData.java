package handspun.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Exif data to test with. */
final class ExifData {
  private ExifData() {}

  /** Says how a picture is turned, between the tags of a camera's name and of its notes. */
  static byte[] oriented(ByteOrder order, int value) {
    return oriented(order, value, 3, 1);
  }

  static byte[] oriented(ByteOrder order, int value, int type, int count) {
    ByteBuffer tiff = ByteBuffer.allocate(130).order(order);
    tiff.put((order == ByteOrder.BIG_ENDIAN ? "MM" : "II").getBytes(StandardCharsets.US_ASCII));
    tiff.putChar((char) 42).putInt(26).position(26).putChar((char) 3);
    entry(tiff, 0x010f, 2, 40).putInt(80);
    entry(tiff, 0x0112, type, count);
    if (type == 3) {
      tiff.putChar((char) value).putChar((char) 0);
    } else {
      tiff.putInt(value);
    }
    entry(tiff, 0x927c, 7, 18).putInt(8);
    return tiff.putInt(0).array();
  }

  private static ByteBuffer entry(ByteBuffer tiff, int tag, int type, int count) {
    return tiff.putChar((char) tag).putChar((char) type).putInt(count);
  }
}
