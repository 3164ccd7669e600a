package handspun.image;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** PNG files to test with, changed chunk by chunk. */
public final class PngBytes {
  /** Signature and header. */
  private static final int HEADER_BYTES = 33;

  private static final int END_BYTES = 12;

  private PngBytes() {}

  public static byte[] chunk(String type, byte[] content) {
    ByteBuffer chunk = ByteBuffer.allocate(content.length + 12);
    chunk.putInt(content.length).put(type.getBytes(StandardCharsets.US_ASCII)).put(content);
    CRC32 crc = new CRC32();
    crc.update(chunk.array(), 4, content.length + 4);
    return chunk.putInt((int) crc.getValue()).array();
  }

  public static byte[] afterHeader(byte[] file, byte[] chunk) {
    return JpegBytes.insert(file, HEADER_BYTES, chunk);
  }

  static byte[] beforeEnd(byte[] file, byte[] chunk) {
    return JpegBytes.insert(file, file.length - END_BYTES, chunk);
  }

  static byte[] withoutEnd(byte[] file) {
    return JpegBytes.without(file, file.length - END_BYTES, file.length);
  }
}
