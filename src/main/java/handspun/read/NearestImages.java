package handspun.read;

import handspun.network.Inputs;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds, among many images, those nearest to another by the Euclidean distance of their pixels, by
 * looking at all of them. Distances are whole numbers until their root is taken, so they are exact:
 * {@code |a - b|^2 = |a|^2 + |b|^2 - 2 ab}, of which {@code ab} needs inked pixels only.
 *
 * <p>Safe to share between threads.
 */
public final class NearestImages {
  private static final int RUNS_AT = 2;

  private final Inputs images;

  /** {@code |b|^2} of each image. */
  private final int[] squares;

  /**
   * An image that was found.
   *
   * @param index of it, from 0
   * @param squaredDistance sum of the squares of the pixels' differences
   */
  public record Found(int index, int squaredDistance) {
    /** {@return the Euclidean distance, in levels of 255} */
    public double distance() {
      return Math.sqrt(squaredDistance);
    }
  }

  /**
   * @param images to search, of at most 33,025 pixels each, so that no sum is too large
   */
  public NearestImages(Inputs images) {
    if ((long) images.width() * 255 * 255 > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(images.width() + " pixels are too many.");
    }
    this.images = images;
    squares = new int[images.count()];
    byte[] pixels = new byte[images.width()];
    for (int i = 0; i < squares.length; i++) {
      images.copyPixels(i, pixels);
      squares[i] = square(pixels);
    }
  }

  private static int square(byte[] pixels) {
    int square = 0;
    for (byte pixel : pixels) {
      square += (pixel & 0xff) * (pixel & 0xff);
    }
    return square;
  }

  /**
   * @param pixels as many unsigned bytes as the images have
   * @param most how many are wanted
   * @return so many images, or all if they are fewer, the nearest first; of equally near ones that
   *     with the smaller index
   */
  public List<Found> find(byte[] pixels, int most) {
    if (pixels.length != images.width()) {
      throw new IllegalArgumentException(
          "%d pixels are not an image of %d.".formatted(pixels.length, images.width()));
    }
    int[] wide = new int[pixels.length];
    for (int p = 0; p < wide.length; p++) {
      wide[p] = pixels[p] & 0xff;
    }
    int square = square(pixels);
    List<Found> nearest = new ArrayList<>();
    int farthest = Integer.MAX_VALUE;
    for (int i = 0; i < squares.length; i++) {
      int distance = square + squares[i] - 2 * product(wide, i);
      if (distance < farthest || nearest.size() < most) {
        insert(nearest, new Found(i, distance), most);
        farthest = nearest.get(nearest.size() - 1).squaredDistance();
      }
    }
    return nearest;
  }

  /** Later ones come behind those as near. */
  private static void insert(List<Found> nearest, Found found, int most) {
    int at = nearest.size();
    while (at > 0 && nearest.get(at - 1).squaredDistance() > found.squaredDistance()) {
      at--;
    }
    nearest.add(at, found);
    if (nearest.size() > most) {
      nearest.remove(most);
    }
  }

  /** {@return the sum of products with an image's pixels, which {@link Inputs} stores in runs} */
  private int product(int[] wide, int image) {
    byte[] data = images.data();
    int run = images.start(image) + RUNS_AT;
    int value = run + 2 * ((data[run - 2] & 0xff) | ((data[run - 1] & 0xff) << 8));
    int product = 0;
    int pixel = 0;
    for (int end = value; run < end; run += 2) {
      pixel += data[run] & 0xff;
      for (int to = pixel + data[run + 1]; pixel < to; pixel++) {
        product += wide[pixel] * (data[value++] & 0xff);
      }
    }
    return product;
  }
}
