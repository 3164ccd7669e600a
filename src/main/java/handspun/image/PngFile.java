package handspun.image;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The chunks of a PNG file (W3C, "Portable Network Graphics", section 5). */
final class PngFile {
  private static final int SIGNATURE_BYTES = 8;

  /** Length and type before the content, checksum behind it. */
  private static final int FRAME_BYTES = 12;

  /** Behind the signature, and length and type of the first chunk. */
  private static final int SIZE_AT = SIGNATURE_BYTES + 8;

  private static final int CHECKSUM_BYTES = 4;

  private static final int EXIF = 0x65584966;

  /** The type of the last chunk. */
  static final int END = 0x49454e44;

  private PngFile() {}

  /** {@return width times height as the header says; 0 if that is missing} */
  static long pixels(byte[] file) {
    if (file.length < SIZE_AT + 8) {
      return 0;
    }
    ByteBuffer size = ByteBuffer.wrap(file).position(SIZE_AT);
    return (long) size.getInt() * size.getInt();
  }

  /**
   * A part of a file.
   *
   * @param type its four letters
   */
  record Chunk(int type, ByteBuffer content) {}

  /** {@return the chunks up to the end, or to where the file is broken} */
  static List<Chunk> chunks(byte[] file) {
    List<Chunk> chunks = new ArrayList<>();
    ByteBuffer rest = ByteBuffer.wrap(file).position(SIGNATURE_BYTES);
    int type = 0;
    while (rest.remaining() >= FRAME_BYTES && type != END) {
      int length = rest.getInt();
      type = rest.getInt();
      if (length < 0 || length > rest.remaining() - CHECKSUM_BYTES) {
        break;
      }
      chunks.add(new Chunk(type, rest.slice(rest.position(), length)));
      rest.position(rest.position() + length + CHECKSUM_BYTES);
    }
    return chunks;
  }

  /** {@return how the picture is to be turned, as its eXIf chunk says} */
  static Orientation orientation(List<Chunk> chunks) {
    return chunks.stream()
        .filter(chunk -> chunk.type == EXIF)
        .findFirst()
        .flatMap(chunk -> Exif.orientation(chunk.content))
        .orElse(Orientation.UPRIGHT);
  }
}
