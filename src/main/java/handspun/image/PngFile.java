package handspun.image;

import java.nio.ByteBuffer;

/** The chunks of a PNG file (W3C, "Portable Network Graphics", section 5). */
final class PngFile {
  private static final int SIGNATURE_BYTES = 8;

  /** Length and type before the content, checksum behind it. */
  private static final int FRAME_BYTES = 12;

  private static final int EXIF = 0x65584966;
  private static final int END = 0x49454e44;

  private PngFile() {}

  /**
   * @param file beginning as a PNG file does
   * @return how the picture is to be turned, as its eXIf chunk says
   */
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
