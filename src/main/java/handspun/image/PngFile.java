package handspun.image;

import java.nio.ByteBuffer;

/** The chunks of a PNG file (W3C, "Portable Network Graphics", section 5). */
final class PngFile {
  private static final int SIGNATURE_BYTES = 8;

  /** Length and type before the content, checksum behind it. */
  private static final int FRAME_BYTES = 12;

  /** Behind the signature, and length and type of the first chunk. */
  private static final int SIZE_AT = SIGNATURE_BYTES + 8;

  private static final int EXIF = 0x65584966;
  private static final int END = 0x49454e44;

  private PngFile() {}

  /** {@return width times height as the header says; 0 if that is missing} */
  static long pixels(byte[] file) {
    if (file.length < SIZE_AT + 8) {
      return 0;
    }
    ByteBuffer size = ByteBuffer.wrap(file).position(SIZE_AT);
    return (long) size.getInt() * size.getInt();
  }

  /** {@return how the picture is to be turned, as its eXIf chunk says} */
  static Orientation orientation(byte[] file) {
    ByteBuffer chunks = ByteBuffer.wrap(file).position(SIGNATURE_BYTES);
    while (chunks.remaining() >= FRAME_BYTES) {
      int length = chunks.getInt();
      int type = chunks.getInt();
      if (length < 0 || length > chunks.remaining() - 4 || type == END) {
        break;
      }
      if (type == EXIF) {
        ByteBuffer content = chunks.duplicate().limit(chunks.position() + length);
        return Exif.orientation(content).orElse(Orientation.UPRIGHT);
      }
      chunks.position(chunks.position() + length + 4);
    }
    return Orientation.UPRIGHT;
  }
}
