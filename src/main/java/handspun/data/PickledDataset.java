package handspun.data;

import handspun.HandspunException;
import handspun.files.Location;
import handspun.network.Inputs;
import java.util.List;
import java.util.Map;

/**
 * Reads the pickle of MNIST that Nielsen's "Neural Networks and Deep Learning" uses: three pairs
 * (images, labels) to train, validate and test, where images are an array of n x 784 brightnesses
 * 0..1 and labels an array of n integers.
 *
 * <p>Pixels become bytes again. Nielsen's file holds every byte divided by 256; if all pixels of a
 * file are such numbers, exactly those bytes are read. Otherwise every pixel is taken for a byte
 * divided by 255, and rounded.
 */
final class PickledDataset {
  private static final String[] SETS = {"training", "validation", "test"};
  private static final int MOST_LABEL = 255;

  private final PickleFile file;
  private final Pair[] pairs = new Pair[SETS.length];

  private record Pair(NumpyArray images, byte[] labels) {}

  private PickledDataset(PickleFile file) {
    this.file = file;
  }

  /**
   * @param path a pickle, packed with gzip if its name ends in {@code .gz}
   * @return its three sets
   * @throws HandspunException if it holds anything else
   */
  static Dataset read(Location path) {
    PickledDataset read = new PickledDataset(PickleFile.read(path));
    read.takePairs();
    int divisor = read.divisor();
    Examples[] sets = new Examples[SETS.length];
    for (int s = 0; s < SETS.length; s++) {
      sets[s] = read.examples(s, divisor);
    }
    return new Dataset(
        sets[0],
        sets[1],
        sets[2],
        path.toString(),
        Map.of(read.file.plainName(), read.file.sha256()));
  }

  private void takePairs() {
    Object[] sets = sequence(file.value());
    if (sets == null || sets.length != SETS.length) {
      throw fault(
          "does not hold three pairs (images, labels) to train, validate and test, but "
              + name(file.value()));
    }
    for (int s = 0; s < SETS.length; s++) {
      Object[] pair = sequence(sets[s]);
      if (pair == null || pair.length != 2) {
        throw fault(
            "has no pair (images, labels) as its " + SETS[s] + " set, but " + name(sets[s]));
      }
      pairs[s] = new Pair(images(s, pair[0]), labels(s, pair[1]));
      int images = pairs[s].images().shape()[0];
      if (images != pairs[s].labels().length) {
        throw fault(
            "has "
                + images
                + " images, but "
                + pairs[s].labels().length
                + " labels in its "
                + SETS[s]
                + " set");
      }
      if (images == 0 && s != 1) {
        throw fault("has no images in its " + SETS[s] + " set");
      }
      requireSameSize(s);
    }
  }

  private NumpyArray images(int set, Object value) {
    if (value instanceof NumpyArray images
        && images.isFloatingPoint()
        && images.shape().length == 2) {
      int pixels = images.shape()[1];
      int side = side(pixels);
      if (side * side != pixels || pixels < 1 || pixels > Inputs.MOST_PIXELS) {
        throw fault(
            "has "
                + SETS[set]
                + " images of "
                + pixels
                + " pixels, but expected is the square of a number from 1 to 256, such as 784");
      }
      return images;
    }
    throw fault(
        "has as "
            + SETS[set]
            + " images not an array of n x 784 floating-point numbers, but "
            + name(value));
  }

  private byte[] labels(int set, Object value) {
    if (!(value instanceof NumpyArray array)
        || array.isFloatingPoint()
        || array.shape().length != 1) {
      throw fault("has as " + SETS[set] + " labels not an array of n integers, but " + name(value));
    }
    byte[] labels = new byte[array.count()];
    for (int i = 0; i < labels.length; i++) {
      long label = array.integer(i);
      if (label < 0 || label > MOST_LABEL) {
        throw fault(
            "has the label "
                + label
                + " at "
                + SETS[set]
                + " example "
                + i
                + ", but labels are 0 to "
                + MOST_LABEL);
      }
      labels[i] = (byte) label;
    }
    return labels;
  }

  private void requireSameSize(int set) {
    int expected = pairs[0].images().shape()[1];
    int found = pairs[set].images().shape()[1];
    if (found != expected) {
      throw fault(
          "has training images of "
              + expected
              + " pixels, but "
              + SETS[set]
              + " images of "
              + found);
    }
  }

  /** Checks every pixel; 256 if each is a byte divided by 256, otherwise 255. */
  private int divisor() {
    int divisor = 256;
    for (int s = 0; s < SETS.length; s++) {
      NumpyArray images = pairs[s].images();
      for (int p = 0; p < images.count(); p++) {
        double pixel = images.number(p);
        if (!(pixel >= 0 && pixel <= 1)) {
          int width = images.shape()[1];
          throw fault(
              "has the value "
                  + pixel
                  + " at pixel "
                  + p % width
                  + " of "
                  + SETS[s]
                  + " image "
                  + p / width
                  + ", but brightness is 0 to 1");
        }
        double value = pixel * 256;
        if (value != (int) value || value > 255) {
          divisor = 255;
        }
      }
    }
    return divisor;
  }

  private Examples examples(int set, int divisor) {
    NumpyArray images = pairs[set].images();
    byte[] pixels = new byte[images.count()];
    for (int p = 0; p < pixels.length; p++) {
      pixels[p] = (byte) Math.round(images.number(p) * divisor);
    }
    int width = images.shape()[1];
    int side = side(width);
    return new Examples(side, side, Inputs.ofPixels(width, pixels), pairs[set].labels());
  }

  private static int side(int pixels) {
    return (int) Math.round(Math.sqrt(pixels));
  }

  private HandspunException fault(String phrase) {
    return new HandspunException(file.path() + " " + phrase + ".");
  }

  private static Object[] sequence(Object value) {
    if (value instanceof List<?> list) {
      return list.toArray();
    }
    return value instanceof Object[] tuple ? tuple : null;
  }

  /** What was found instead, in a few words. */
  private static String name(Object value) {
    if (value instanceof NumpyArray) {
      return "a numpy " + value;
    }
    Object[] sequence = sequence(value);
    if (sequence != null) {
      return "a list or tuple of " + sequence.length;
    }
    if (value instanceof Map) {
      return "a dict";
    }
    return value == null ? "None" : "a " + value.getClass().getSimpleName();
  }
}
