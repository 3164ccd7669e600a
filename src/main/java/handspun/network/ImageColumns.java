package handspun.network;

import java.util.Arrays;

/**
 * The inked pixels of a block of images, sorted by pixel, and by image within a pixel: so a wide
 * row of weights is fetched once for all images that need it. Room that is used again and again.
 *
 * <p>Not for several threads at once.
 */
final class ImageColumns {
  /** So few that a piece of all their rows fits the cache that is nearest to the processor. */
  static final int BLOCK = 64;

  /** Fewer images do not have enough pixels in common. */
  static final int WORTH_IT = 16;

  private static final int SHIFT = 40;

  private final int weightsAt;
  private final int stride;

  /** Multiplying by this and shifting divides a multiple of the stride by the stride. */
  private final long inverse;

  private final int[] next;
  private final int[] rows;
  private final int[] starts;
  private final int[] offsets;
  private final float[] brightness;
  private int count;

  ImageColumns(Layout layout) {
    int width = layout.topology().inputs();
    weightsAt = layout.first().weights();
    stride = layout.stride(1);
    inverse = (1L << SHIFT) / stride + 1;
    next = new int[width + 1];
    rows = new int[width];
    starts = new int[width + 1];
    offsets = new int[BLOCK * width];
    brightness = new float[BLOCK * width];
  }

  /**
   * Sorts the pixels of a block.
   *
   * @param images decoded images
   * @param from first image
   * @param to one past the last image, at most {@value #BLOCK} of them
   */
  void sort(DecodedImages images, int from, int to) {
    int[] entryRows = images.rows();
    float[] entryBrightness = images.brightness();
    int[] imageStarts = images.starts();
    Arrays.fill(next, 0);
    for (int k = imageStarts[from]; k < imageStarts[to]; k++) {
      next[pixel(entryRows[k]) + 1]++;
    }
    count = 0;
    int at = 0;
    for (int pixel = 0; pixel < rows.length; pixel++) {
      int entries = next[pixel + 1];
      if (entries > 0) {
        rows[count] = weightsAt + pixel * stride;
        starts[count++] = at;
      }
      next[pixel + 1] = at;
      at += entries;
    }
    starts[count] = at;
    for (int s = from; s < to; s++) {
      for (int k = imageStarts[s]; k < imageStarts[s + 1]; k++) {
        int place = next[pixel(entryRows[k]) + 1]++;
        offsets[place] = (s - from) * stride;
        brightness[place] = entryBrightness[k];
      }
    }
  }

  private int pixel(int row) {
    return (int) (((row - weightsAt) * inverse) >>> SHIFT);
  }

  /** How many pixels are inked in any of the images. */
  int count() {
    return count;
  }

  /** Where the weights of each of these pixels are. */
  int[] rows() {
    return rows;
  }

  /** The first entry of each of these pixels, and behind the last one the number of all. */
  int[] starts() {
    return starts;
  }

  /** Of each entry, where the row of its image starts, relative to that of the first image. */
  int[] offsets() {
    return offsets;
  }

  float[] brightness() {
    return brightness;
  }
}
