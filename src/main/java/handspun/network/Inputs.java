package handspun.network;

import java.util.Arrays;

/**
 * Many images, stored sparsely: 81 % of MNIST's pixels are background, and what is zero costs
 * neither memory nor arithmetic.
 *
 * <p>Compressed sparse rows: image {@code i} has the entries {@code start(i)..end(i)} of {@link
 * #index()} (pixel index, unsigned, ascending) and {@link #value()} (brightness 1..255, unsigned).
 *
 * <p>Immutable: the arrays are handed out without a copy, for the kernels, and must not be changed.
 */
public final class Inputs {
  /** Pixel indices are stored in 16 bits. */
  public static final int MOST_PIXELS = 1 << 16;

  private final int width;
  private final int[] starts;
  private final short[] index;
  private final byte[] value;

  /**
   * @param width pixels per image, 1..{@value #MOST_PIXELS}
   * @param starts where each image's entries start, and at the end their number; not copied
   * @param index pixel index of each entry, unsigned, ascending within an image; not copied
   * @param value brightness of each entry, unsigned; not copied
   */
  public Inputs(int width, int[] starts, short[] index, byte[] value) {
    if (width < 1 || width > MOST_PIXELS) {
      throw new IllegalArgumentException(
          "An image has " + width + " pixels, but must have 1 to " + MOST_PIXELS + ".");
    }
    int entries = starts[starts.length - 1];
    if (entries != index.length || entries != value.length) {
      throw new IllegalArgumentException(
          entries + " entries, but " + index.length + " indices and " + value.length + " values.");
    }
    this.width = width;
    this.starts = starts;
    this.index = index;
    this.value = value;
  }

  /**
   * @param width pixels per image
   * @param pixels images one after the other, one unsigned byte a pixel
   * @return the same images, sparse
   */
  public static Inputs ofPixels(int width, byte[] pixels) {
    int count = pixels.length / width;
    if (count * width != pixels.length) {
      throw new IllegalArgumentException(
          pixels.length + " pixels are not a whole number of images of " + width + " pixels.");
    }
    return ofPixels(width, pixels, 0, count);
  }

  /**
   * @param width pixels per image
   * @param pixels images one after the other, one unsigned byte a pixel
   * @param from first image
   * @param to one past the last image
   * @return those images, sparse
   */
  public static Inputs ofPixels(int width, byte[] pixels, int from, int to) {
    int[] starts = new int[to - from + 1];
    short[] index = new short[width];
    byte[] value = new byte[width];
    int k = 0;
    for (int i = from; i < to; i++) {
      if (index.length - k < width) {
        int room = (int) Math.min((long) (to - from) * width, 2L * index.length + width);
        index = Arrays.copyOf(index, room);
        value = Arrays.copyOf(value, room);
      }
      k = appendInked(pixels, i * width, width, index, value, k);
      starts[i - from + 1] = k;
    }
    return new Inputs(width, starts, Arrays.copyOf(index, k), Arrays.copyOf(value, k));
  }

  private static int appendInked(
      byte[] pixels, int at, int width, short[] index, byte[] value, int k) {
    for (int x = 0; x < width; x++) {
      // Background is overwritten by the next pixel: cheaper than a branch that is often wrong.
      byte pixel = pixels[at + x];
      index[k] = (short) x;
      value[k] = pixel;
      k += (pixel | -pixel) >>> 31;
    }
    return k;
  }

  /**
   * @return number of images
   */
  public int count() {
    return starts.length - 1;
  }

  /**
   * @return pixels per image
   */
  public int width() {
    return width;
  }

  /**
   * @param image from 0
   * @return its first entry
   */
  public int start(int image) {
    return starts[image];
  }

  /**
   * @param image from 0
   * @return one past its last entry
   */
  public int end(int image) {
    return starts[image + 1];
  }

  /**
   * @param image from 0
   * @param pixel 0..{@link #width()}
   * @return the image's first entry at or after that pixel, or its end
   */
  public int entryAt(int image, int pixel) {
    if (pixel == 0) {
      return starts[image];
    }
    if (pixel == width) {
      return starts[image + 1];
    }
    int low = starts[image];
    int high = starts[image + 1];
    while (low < high) {
      int middle = (low + high) >>> 1;
      if ((index[middle] & 0xffff) < pixel) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /**
   * @return pixel index of every entry; not to be changed
   */
  public short[] index() {
    return index;
  }

  /**
   * @return brightness of every entry; not to be changed
   */
  public byte[] value() {
    return value;
  }

  /**
   * @param image from 0
   * @return its pixels, one unsigned byte each; a new array of {@link #width()}
   */
  public byte[] pixels(int image) {
    byte[] pixels = new byte[width];
    for (int k = start(image); k < end(image); k++) {
      pixels[index[k] & 0xffff] = value[k];
    }
    return pixels;
  }

  /**
   * @param from first image
   * @param to one past the last image
   * @return those images, in arrays of their own
   */
  public Inputs slice(int from, int to) {
    int first = starts[from];
    int[] moved = new int[to - from + 1];
    for (int i = 0; i < moved.length; i++) {
      moved[i] = starts[from + i] - first;
    }
    return new Inputs(
        width,
        moved,
        Arrays.copyOfRange(index, first, starts[to]),
        Arrays.copyOfRange(value, first, starts[to]));
  }

  /**
   * @param images which ones, in which order
   * @return those images, in arrays of their own
   */
  public Inputs select(int[] images) {
    int[] selected = new int[images.length + 1];
    for (int i = 0; i < images.length; i++) {
      selected[i + 1] = selected[i] + end(images[i]) - start(images[i]);
    }
    short[] selectedIndex = new short[selected[images.length]];
    byte[] selectedValue = new byte[selected[images.length]];
    for (int i = 0; i < images.length; i++) {
      int length = selected[i + 1] - selected[i];
      System.arraycopy(index, start(images[i]), selectedIndex, selected[i], length);
      System.arraycopy(value, start(images[i]), selectedValue, selected[i], length);
    }
    return new Inputs(width, selected, selectedIndex, selectedValue);
  }
}
