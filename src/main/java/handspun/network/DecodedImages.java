package handspun.network;

import handspun.math.Brightness;
import handspun.math.Kernels;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Images made ready for the first layer: of every entry, where its weights are in the working
 * vector, and its brightness. Room that is used again and again; it grows to what the largest
 * mini-batch needs and then stays.
 *
 * <p>Not for several threads at once.
 */
public final class DecodedImages {
  private static final int IMAGES_AT_FIRST = 128;

  /**
   * So many pixels that pieces of all their rows fit the cache that is nearest to the processor.
   */
  private static final int PART = 160;

  private static final VarHandle EIGHT_PIXELS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private final Kernels kernels;
  private final int width;
  private final int stride;
  private final int weightsAt;
  private final int[] starts;
  private int[] rows;
  private float[] brightness;
  private final ImageColumns columns;

  /** Of images that are looked at part by part. */
  private final int parts;

  /** Ends of the parts but the last, of all images: see {@link Kernels#affineSparse}. */
  private final int[] cuts;

  private int count;

  /**
   * @param layout of the network
   * @param kernels what decodes
   * @param most how many images to make room for
   */
  public DecodedImages(Layout layout, Kernels kernels, int most) {
    this.kernels = kernels;
    width = layout.topology().inputs();
    stride = layout.stride(1);
    weightsAt = layout.first().weights();
    starts = new int[most + 1];
    boolean worthIt = stride > Kernels.ROW && most >= ImageColumns.WORTH_IT;
    columns = worthIt ? new ImageColumns(layout) : null;
    parts = 1 + (width - 1) / PART;
    cuts = new int[worthIt ? Math.multiplyExact(most, parts - 1) : 0];
    int room = width * Math.min(most, IMAGES_AT_FIRST) + Kernels.ROW;
    rows = new int[room];
    brightness = new float[room];
  }

  /** Forgets all images. */
  public void clear() {
    count = 0;
  }

  /**
   * Decodes one image more.
   *
   * @param inputs images as wide as the input layer
   * @param image which one
   */
  public void add(Inputs inputs, int image) {
    int at = starts[count];
    makeRoom(at + width);
    starts[++count] =
        kernels.decode(
            inputs.data(),
            inputs.start(image),
            inputs.end(image),
            weightsAt,
            stride,
            rows,
            brightness,
            at);
  }

  /**
   * Decodes a part of one image more.
   *
   * @param inputs images as wide as the input layer
   * @param image which one
   * @param fromPixel first pixel of the part
   * @param toPixel one past its last pixel
   */
  public void add(Inputs inputs, int image, int fromPixel, int toPixel) {
    int at = starts[count];
    add(inputs, image);
    int from = firstAtOrAfter(fromPixel, at);
    int to = firstAtOrAfter(toPixel, from);
    System.arraycopy(rows, from, rows, at, to - from);
    System.arraycopy(brightness, from, brightness, at, to - from);
    starts[count] = at + to - from;
  }

  private int firstAtOrAfter(int pixel, int from) {
    int row = weightsAt + pixel * stride;
    int k = from;
    while (k < starts[count] && rows[k] < row) {
      k++;
    }
    return k;
  }

  /**
   * Decodes one image more.
   *
   * @param pixels unsigned bytes
   * @param from the first of as many as the input layer has units
   */
  void add(byte[] pixels, int from) {
    int at = starts[count];
    makeRoom(at + width);
    int i = 0;
    while (i < width) {
      int end = Math.min(width, i + Long.BYTES);
      if (end - i == Long.BYTES && (long) EIGHT_PIXELS.get(pixels, from + i) == 0) {
        i = end;
        continue;
      }
      for (; i < end; i++) {
        byte pixel = pixels[from + i];
        // Background is overwritten by the next pixel: cheaper than a branch that is often wrong.
        rows[at] = weightsAt + i * stride;
        brightness[at] = Brightness.of(pixel);
        at += (pixel | -pixel) >>> 31;
      }
    }
    starts[++count] = at;
  }

  private void makeRoom(int entries) {
    if (entries + Kernels.ROW > rows.length) {
      int room = entries + Kernels.ROW + rows.length / 2;
      rows = Arrays.copyOf(rows, room);
      brightness = Arrays.copyOf(brightness, room);
    }
  }

  /** {@return number of images} */
  public int count() {
    return count;
  }

  /** Whether to go through the images by {@link #columns}. */
  boolean byColumns() {
    return columns != null && count >= ImageColumns.WORTH_IT;
  }

  /** {@return how many parts the images have: see {@link #cuts}} */
  int parts() {
    return byColumns() ? parts : 1;
  }

  /**
   * Cuts the images into {@link #parts} of as many pixels each.
   *
   * @return of every part but the last, where its entries end, image by image
   */
  int[] cuts() {
    if (parts() == 1) {
      return cuts;
    }
    for (int s = 0; s < count; s++) {
      int k = starts[s];
      for (int part = 1; part < parts; part++) {
        int row = weightsAt + part * PART * stride;
        while (k < starts[s + 1] && rows[k] < row) {
          k++;
        }
        cuts[(part - 1) * count + s] = k;
      }
    }
    return cuts;
  }

  /** The inked pixels of the images from {@code from} to {@code to}, sorted by pixel. */
  ImageColumns columns(int from, int to) {
    columns.sort(this, from, to);
    return columns;
  }

  int[] starts() {
    return starts;
  }

  int[] rows() {
    return rows;
  }

  float[] brightness() {
    return brightness;
  }
}
