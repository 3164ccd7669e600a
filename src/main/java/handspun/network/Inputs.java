package handspun.network;

import handspun.HandspunException;
import handspun.math.Kernels;
import java.io.Serializable;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * Many images, stored sparsely: 81 % of MNIST's pixels are background, and what is zero costs
 * neither memory nor arithmetic.
 *
 * <p>Strokes make runs of inked pixels, 25 in an image of MNIST. Of image {@code i}, the bytes
 * {@code start(i)..end(i)} of {@link #data()} hold: the number of runs (2 bytes, the lower one
 * first); for every run, how many pixels of background are before it, and how many pixels it has (a
 * byte each; a run of more than {@value Kernels#ROW} is continued by another one, and 255 pixels of
 * background by a run of 0); and then the brightness of all inked pixels, 1..255. That is 200 bytes
 * for an image of MNIST: what an epoch has to fetch from memory, example after example from
 * somewhere else, is what it waits for most.
 *
 * <p>Immutable: the bytes are handed out without a copy, for the kernels, and must not be changed.
 */
public final class Inputs implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The number of runs is stored in 16 bits, and a run may be a single pixel. */
  public static final int MOST_PIXELS = 1 << 16;

  private static final int HEADER = 2;
  private static final int MOST_BACKGROUND = 255;
  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final int width;
  private final int[] starts;
  private final byte[] data;

  /**
   * The data end with at least {@value Kernels#ROW} bytes that belong to no image: kernels may read
   * them.
   */
  private Inputs(int width, int[] starts, byte[] data) {
    this.width = width;
    this.starts = starts;
    this.data = data;
  }

  /**
   * @param width pixels per image, 1..{@value #MOST_PIXELS}
   * @param pixels images one after the other, one unsigned byte a pixel
   * @return the same images, sparse
   */
  public static Inputs ofPixels(int width, byte[] pixels) {
    if (width < 1 || width > MOST_PIXELS) {
      throw new IllegalArgumentException(
          "An image has " + width + " pixels, but must have 1 to " + MOST_PIXELS + ".");
    }
    int count = pixels.length / width;
    if (count * width != pixels.length) {
      throw new IllegalArgumentException(
          pixels.length + " pixels are not a whole number of images of " + width + " pixels.");
    }
    return ofPixels(width, pixels, 0, count);
  }

  /**
   * @param width pixels per image, 1..{@value #MOST_PIXELS}
   * @param pixels images one after the other, one unsigned byte a pixel
   * @param from first image
   * @param to one past the last image
   * @return those images, sparse
   */
  public static Inputs ofPixels(int width, byte[] pixels, int from, int to) {
    return new Builder(width, to - from).add(pixels, from, to).build();
  }

  /** Takes images piece by piece, so that never all of their pixels need be in memory. */
  public static final class Builder {
    /** To tell from these how much room all need. */
    private static final int SAMPLE = 256;

    /** More room than the images so far let expect: copying once more costs more. */
    private static final double AMPLE = 1.02;

    /** A larger part than this is not left unused. */
    private static final double SPARE = 1.0 / 16;

    private static final int MOST_BYTES = Integer.MAX_VALUE - 8;

    private final int width;
    private final int[] starts;
    private final Encoder encoder;
    private final int most;
    private byte[] data;
    private int taken;

    /**
     * @param width pixels per image, 1..{@value #MOST_PIXELS}
     * @param count how many images there will be
     */
    public Builder(int width, int count) {
      this.width = width;
      starts = new int[count + 1];
      encoder = new Encoder(width);
      most = mostBytes(width) + Kernels.ROW;
      data = new byte[Math.min(MOST_BYTES, Math.multiplyExact(most, Math.min(SAMPLE, count) + 1))];
    }

    /**
     * @param pixels images one after the other, one unsigned byte a pixel
     * @param from first image
     * @param to one past the last image
     * @return this
     * @throws HandspunException if they are too many to be in one block
     */
    public Builder add(byte[] pixels, int from, int to) {
      for (int i = from; i < to; i++) {
        int at = starts[taken];
        if (data.length - at < most) {
          grow(at);
        }
        starts[++taken] = encoder.encode(pixels, i * width, data, at);
      }
      return this;
    }

    private void grow(int at) {
      if (at > MOST_BYTES - most) {
        throw new HandspunException(
            (starts.length - 1)
                + " images are too many for one partition: after "
                + taken
                + " of them they take more than 2 GB; use more --partitions (of more --lanes).");
      }
      double all = AMPLE * at / taken * (starts.length - 1);
      data = Arrays.copyOf(data, (int) Math.min(MOST_BYTES, Math.max(all, at) + 2.0 * most));
    }

    /** {@return the images; to be called once, when all have been added} */
    public Inputs build() {
      if (taken != starts.length - 1) {
        throw new IllegalStateException(taken + " of " + (starts.length - 1) + " images.");
      }
      int used = starts[taken] + Kernels.ROW;
      return new Inputs(
          width, starts, data.length - used > SPARE * used ? Arrays.copyOf(data, used) : data);
    }
  }

  /**
   * Images that are still to come, from elsewhere. Whoever made them may put their bytes into
   * {@link #data()}, and says by {@code starts} where they are.
   *
   * @param width pixels per image, 1..{@value #MOST_PIXELS}
   * @param starts where each image's bytes start, and, one element more, where the last one's end;
   *     not copied
   * @return room for so many images of any content
   */
  public static Inputs room(int width, int[] starts) {
    int most = Math.multiplyExact(starts.length - 1, mostBytes(width));
    return new Inputs(width, starts, new byte[Math.addExact(most, Kernels.ROW)]);
  }

  /**
   * @param width pixels per image
   * @return the most bytes that an image can take
   */
  public static int mostBytes(int width) {
    return HEADER + 2 * (width + width / MOST_BACKGROUND + 1) + width;
  }

  /** Encodes images, with its scratch memory. Not for several threads at once. */
  public static final class Encoder {
    private final int width;
    private final byte[] runs;
    private final byte[] values;

    /**
     * @param width pixels per image, 1..{@value #MOST_PIXELS}
     */
    public Encoder(int width) {
      this.width = width;
      runs = new byte[2 * (width + width / MOST_BACKGROUND + 1)];
      values = new byte[width];
    }

    /**
     * @param pixels one unsigned byte each
     * @param from the image's first pixel
     * @param data receives its bytes, at most {@link Inputs#mostBytes}
     * @param at where its first byte goes
     * @return one past its last byte
     */
    public int encode(byte[] pixels, int from, byte[] data, int at) {
      int to = from + width;
      int r = 0;
      int inked = 0;
      int pixel = from;
      while (true) {
        int background = pixel;
        pixel = nextInked(pixels, pixel, to);
        if (pixel == to) {
          break;
        }
        int gap = pixel - background;
        for (; gap > MOST_BACKGROUND; gap -= MOST_BACKGROUND) {
          runs[r++] = (byte) MOST_BACKGROUND;
          runs[r++] = 0;
        }
        int run = pixel;
        int end = Math.min(to, run + Kernels.ROW);
        while (pixel < end && pixels[pixel] != 0) {
          values[inked++] = pixels[pixel++];
        }
        runs[r++] = (byte) gap;
        runs[r++] = (byte) (pixel - run);
      }
      data[at] = (byte) (r / 2);
      data[at + 1] = (byte) ((r / 2) >> 8);
      System.arraycopy(runs, 0, data, at + HEADER, r);
      System.arraycopy(values, 0, data, at + HEADER + r, inked);
      return at + HEADER + r + inked;
    }

    private static int nextInked(byte[] pixels, int from, int to) {
      int pixel = from;
      while (pixel + Long.BYTES <= to) {
        long eight = (long) EIGHT_BYTES.get(pixels, pixel);
        if (eight != 0) {
          return pixel + Long.numberOfTrailingZeros(eight) / Byte.SIZE;
        }
        pixel += Long.BYTES;
      }
      while (pixel < to && pixels[pixel] == 0) {
        pixel++;
      }
      return pixel;
    }
  }

  /** {@return number of images} */
  public int count() {
    return starts.length - 1;
  }

  /** {@return pixels per image} */
  public int width() {
    return width;
  }

  /**
   * @param image from 0
   * @return its first byte
   */
  public int start(int image) {
    return starts[image];
  }

  /**
   * @param image from 0
   * @return one past its last byte
   */
  public int end(int image) {
    return starts[image + 1];
  }

  /** {@return the bytes of all images; not to be changed} */
  public byte[] data() {
    return data;
  }

  /**
   * @param image from 0
   * @return its pixels, one unsigned byte each; a new array of {@link #width()}
   */
  public byte[] pixels(int image) {
    byte[] pixels = new byte[width];
    copyPixels(image, pixels);
    return pixels;
  }

  /**
   * Writes an image's pixels, one unsigned byte each, over an array of {@link #width()}.
   *
   * @param image from 0
   */
  public void copyPixels(int image, byte[] pixels) {
    Arrays.fill(pixels, (byte) 0);
    int run = starts[image] + HEADER;
    int value = run + 2 * ((data[run - 2] & 0xff) | ((data[run - 1] & 0xff) << 8));
    int pixel = 0;
    for (int end = value; run < end; run += 2) {
      pixel += data[run] & 0xff;
      int length = data[run + 1];
      System.arraycopy(data, value, pixels, pixel, length);
      value += length;
      pixel += length;
    }
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
    byte[] copied = new byte[starts[to] - first + Kernels.ROW];
    System.arraycopy(data, first, copied, 0, starts[to] - first);
    return new Inputs(width, moved, copied);
  }

  /**
   * @param sets images of one width, at least one set
   * @return all of them, one set after the other
   * @throws HandspunException if they take more than 2 GB
   */
  public static Inputs joined(List<Inputs> sets) {
    int count = 0;
    long bytes = Kernels.ROW;
    for (Inputs set : sets) {
      count = Math.addExact(count, set.count());
      bytes += set.starts[set.count()];
    }
    if (bytes > Builder.MOST_BYTES) {
      throw new HandspunException(
          "%d images are too many to be in memory at once: they take %d MB, more than 2 GB."
              .formatted(count, bytes >> 20));
    }
    int[] starts = new int[count + 1];
    byte[] data = new byte[(int) bytes];
    int taken = 0;
    for (Inputs set : sets) {
      int moved = starts[taken];
      System.arraycopy(set.data, 0, data, moved, set.starts[set.count()]);
      for (int i = 1; i <= set.count(); i++) {
        starts[++taken] = moved + set.starts[i];
      }
    }
    return new Inputs(sets.get(0).width, starts, data);
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
    byte[] copied = new byte[selected[images.length] + Kernels.ROW];
    for (int i = 0; i < images.length; i++) {
      System.arraycopy(data, start(images[i]), copied, selected[i], selected[i + 1] - selected[i]);
    }
    return new Inputs(width, selected, copied);
  }
}
