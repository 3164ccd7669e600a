package handspun.math;

import java.io.ByteArrayOutputStream;

/** An image as the kernels decode it, encoded from the description of the format. */
final class EncodedImage {
  private EncodedImage() {}

  /**
   * Runs of at most 16 pixels, gaps of at most 255, and a row of bytes behind that means nothing.
   */
  static byte[] of(byte... pixels) {
    ByteArrayOutputStream runs = new ByteArrayOutputStream();
    ByteArrayOutputStream values = new ByteArrayOutputStream();
    int gap = 0;
    for (int i = 0; i < pixels.length; ) {
      if (pixels[i] == 0) {
        gap++;
        i++;
        continue;
      }
      for (; gap > 255; gap -= 255) {
        runs.write(255);
        runs.write(0);
      }
      int length = 0;
      for (; length < 16 && i < pixels.length && pixels[i] != 0; length++) {
        values.write(pixels[i++]);
      }
      runs.write(gap);
      runs.write(length);
      gap = 0;
    }
    ByteArrayOutputStream image = new ByteArrayOutputStream();
    image.write(runs.size() / 2 & 0xff);
    image.write(runs.size() / 2 >> 8);
    image.writeBytes(runs.toByteArray());
    image.writeBytes(values.toByteArray());
    for (int k = 0; k < Kernels.ROW; k++) {
      image.write(0x5a);
    }
    return image.toByteArray();
  }
}
