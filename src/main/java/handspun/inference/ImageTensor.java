package handspun.inference;

import handspun.image.DigitNormalizer;
import handspun.read.Images;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Images as they have arrived. A brightness becomes the nearest of 256 when the image is read, so
 * that a large request is not in memory twice.
 *
 * @param datatype of the elements: UINT8, or FP32 from 0 to 1, the lowest byte first
 * @param data in which the elements are, not copied
 * @param at where they begin
 */
public record ImageTensor(Datatype datatype, int count, byte[] data, int at) implements Images {
  /** The name of the one input that a model has. */
  public static final String NAME = "pixels";

  private static final VarHandle FLOAT =
      MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);

  @Override
  public void copyPixels(int image, byte[] target, int to) {
    int size = DigitNormalizer.PIXELS;
    if (datatype == Datatype.UINT8) {
      System.arraycopy(data, at + image * size, target, to, size);
      return;
    }
    int from = at + image * size * Float.BYTES;
    for (int p = 0; p < size; p++) {
      float brightness = (float) FLOAT.get(data, from + p * Float.BYTES);
      if (!(brightness >= 0 && brightness <= 1)) {
        throw PixelsParser.wrongPixel(datatype, image, p, Float.toString(brightness));
      }
      // As Datatype.pixel, and faster: of a float, all of this is exact.
      target[to + p] = (byte) (Datatype.WHITE * (double) brightness + 0.5);
    }
  }
}
