package handspun.image;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** JPEG files to test with, of kinds that Java does not write by itself. */
public final class JpegBytes {
  static final int FIRST_APPLICATION = 0xe0;
  static final int QUANTIZATION = 0xdb;
  static final int SCAN = 0xda;
  static final int END = 0xd9;

  private JpegBytes() {}

  static byte[] progressive(BufferedImage image) {
    return write(new IIOImage(image, null, null), true);
  }

  /** Whatever its bands mean: as they are, with no segment that says it. */
  static byte[] raw(Raster raster) {
    return write(new IIOImage(raster, null, null), false);
  }

  private static byte[] write(IIOImage image, boolean progressive) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ImageWriteParam settings = writer.getDefaultWriteParam();
    settings.setProgressiveMode(
        progressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
    settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    settings.setCompressionQuality(0.95f);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, image, settings);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /** Where a marker is first. */
  public static int find(byte[] file, int marker) {
    return find(file, marker, 0);
  }

  static int find(byte[] file, int marker, int from) {
    for (int at = from; at < file.length - 1; at++) {
      if (file[at] == (byte) 0xff && file[at + 1] == (byte) marker) {
        return at;
      }
    }
    throw new IllegalArgumentException("No marker " + Integer.toHexString(marker));
  }

  public static byte[] insert(byte[] file, int at, byte[] bytes) {
    return ByteBuffer.allocate(file.length + bytes.length)
        .put(file, 0, at)
        .put(bytes)
        .put(file, at, file.length - at)
        .array();
  }

  static byte[] without(byte[] file, int from, int to) {
    return ByteBuffer.allocate(file.length - (to - from))
        .put(file, 0, from)
        .put(file, to, file.length - to)
        .array();
  }

  /** Without the JFIF segment, with which Java begins. */
  static byte[] withoutJfif(byte[] file) {
    return without(file, 2, 2 + 18);
  }

  public static byte[] segment(int marker, byte[] content) {
    return ByteBuffer.allocate(content.length + 4)
        .put((byte) 0xff)
        .put((byte) marker)
        .putChar((char) (content.length + 2))
        .put(content)
        .array();
  }

  static byte[] exifSegment(byte[] tiff) {
    return segment(
        FIRST_APPLICATION + 1, insert(tiff, 0, "Exif\0\0".getBytes(StandardCharsets.US_ASCII)));
  }

  static byte[] adobeSegment(int transform) {
    byte[] content = "Adobe.......".getBytes(StandardCharsets.US_ASCII);
    content[content.length - 1] = (byte) transform;
    return segment(FIRST_APPLICATION + 14, content);
  }
}
