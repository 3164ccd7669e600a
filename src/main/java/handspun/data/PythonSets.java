package handspun.data;

import handspun.HandspunException;
import handspun.files.Location;
import handspun.network.Inputs;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The sets of images and labels that Python programs keep: three pairs (images, labels) to train,
 * validate and test, as in Nielsen's "Neural Networks and Deep Learning"; two pairs to train and
 * test; or arrays by name, such as {@code x_train}, {@code y_train}, {@code x_test}, {@code
 * y_test}.
 *
 * <p>Pixels become bytes again. Integers are these bytes. Nielsen's file holds every byte divided
 * by 256; if all pixels are such numbers, exactly those bytes are read. Otherwise, if they are
 * 0..1, every pixel is taken for a byte divided by 255, and rounded; and if all are whole numbers
 * 0..255, they are the bytes.
 */
final class PythonSets {
  private enum Use {
    TRAINING,
    VALIDATION,
    TEST;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private record Pair(PythonImages images, byte[] labels) {}

  private final Map<Use, Pair> pairs = new EnumMap<>(Use.class);

  private PythonSets() {}

  /** {@return the sets in what a file holds; refuses anything else} */
  static UnsplitDataset of(Location path, Object value, String sha256) {
    PythonSets sets = new PythonSets();
    try {
      if (value instanceof Map<?, ?> named) {
        sets.takeNamed(named);
      } else {
        sets.takePairs(value);
      }
      sets.requireUsable();
      double divisor = sets.divisor();
      return new UnsplitDataset(
          path,
          sets.examples(Use.TRAINING, divisor).orElseThrow(),
          sets.examples(Use.VALIDATION, divisor),
          sets.examples(Use.TEST, divisor),
          Map.of(PackedFile.plainName(path), sha256));
    } catch (PythonDataException e) {
      throw new HandspunException(path + " " + e.getMessage() + ".", e);
    }
  }

  private void takePairs(Object value) {
    Object[] sets = PythonValue.sequence(value);
    if (sets == null || sets.length < 2 || sets.length > 3) {
      throw new PythonDataException(
          "does not hold three pairs (images, labels) to train, validate and test, nor two to train and test, but %s"
              .formatted(PythonValue.name(value)));
    }
    Use[] uses = sets.length == 3 ? Use.values() : new Use[] {Use.TRAINING, Use.TEST};
    for (int s = 0; s < sets.length; s++) {
      Object[] pair = PythonValue.sequence(sets[s]);
      if (pair == null || pair.length != 2) {
        throw new PythonDataException(
            "has no pair (images, labels) as its %s set, but %s"
                .formatted(uses[s], PythonValue.name(sets[s])));
      }
      take(uses[s], pair[0], pair[1]);
    }
  }

  private void takeNamed(Map<?, ?> named) {
    for (Use use : Use.values()) {
      Object images = null;
      Object labels = null;
      for (Map.Entry<?, ?> entry : named.entrySet()) {
        String name = String.valueOf(entry.getKey()).toLowerCase(Locale.ROOT);
        if (useOf(name) == use && name.matches("y[_-].*|.*[_-]y|.*(label|target).*")) {
          labels = entry.getValue();
        } else if (useOf(name) == use && name.matches("x[_-].*|.*[_-]x|.*(im(g|age)|data).*")) {
          images = entry.getValue();
        }
      }
      if (images != null && labels != null) {
        take(use, images, labels);
      } else if (images != null || labels != null || use == Use.TRAINING) {
        throw new PythonDataException(
            "has no %s %s, but %s; x_train, y_train, x_test and y_test are expected"
                .formatted(use, images == null ? "images" : "labels", named.keySet()));
      }
    }
  }

  private static Use useOf(String name) {
    if (name.contains("train")) {
      return Use.TRAINING;
    }
    if (name.contains("test") || name.contains("t10k")) {
      return Use.TEST;
    }
    return name.contains("val") ? Use.VALIDATION : null;
  }

  private void take(Use use, Object images, Object labels) {
    PythonImages taken;
    try {
      taken = PythonImages.of(images);
    } catch (PythonDataException e) {
      throw new PythonDataException("has as %s images %s".formatted(use, e.getMessage()), e);
    }
    pairs.put(use, new Pair(taken, labels(use, labels)));
  }

  private static byte[] labels(Use use, Object value) {
    Object[] list = PythonValue.sequence(value);
    NumpyArray array = value instanceof NumpyArray found ? found : null;
    boolean isColumn =
        array != null
            && !array.isFloatingPoint()
            && array.shape().length >= 1
            && array.count() == array.shape()[0];
    if (list == null && !isColumn) {
      throw new PythonDataException(
          "has as %s labels not an array or list of n integers, but %s"
              .formatted(use, PythonValue.name(value)));
    }
    byte[] labels = new byte[list == null ? array.count() : list.length];
    for (int i = 0; i < labels.length; i++) {
      Number label = list == null ? (Number) array.integer(i) : PythonValue.number(list[i]);
      if (label == null
          || label.doubleValue() != label.longValue()
          || label.longValue() < 0
          || label.longValue() >= LabelCounts.LABELS) {
        throw new PythonDataException(
            "has the label %s at %s example %d, but labels are whole numbers from 0 to %d"
                .formatted(
                    label == null ? PythonValue.name(list[i]) : label,
                    use,
                    i,
                    LabelCounts.LABELS - 1));
      }
      labels[i] = label.byteValue();
    }
    return labels;
  }

  private void requireUsable() {
    pairs.forEach(
        (use, pair) -> {
          int images = pair.images().count();
          if (images != pair.labels().length) {
            throw new PythonDataException(
                "has %d images, but %d labels in its %s set"
                    .formatted(images, pair.labels().length, use));
          }
          if (images == 0 && use != Use.VALIDATION) {
            throw new PythonDataException("has no images in its %s set".formatted(use));
          }
          PythonImages first = pairs.get(Use.TRAINING).images();
          if (images > 0
              && (pair.images().rows() != first.rows()
                  || pair.images().columns() != first.columns())) {
            throw new PythonDataException(
                "has training images of %d pixels, but %s images of %d"
                    .formatted(first.width(), use, pair.images().width()));
          }
        });
  }

  /** Checks every pixel; what a byte was divided by. */
  private double divisor() {
    boolean by256 = true;
    boolean bytes = true;
    boolean brightness = true;
    boolean floating = false;
    for (Pair pair : pairs.values()) {
      PythonImages images = pair.images();
      floating |= images.isFloatingPoint();
      for (int i = 0; i < images.count(); i++) {
        for (int p = 0; p < images.width(); p++) {
          double pixel = images.pixels().at(i, p);
          brightness &= pixel >= 0 && pixel <= 1;
          bytes &= pixel >= 0 && pixel <= 255 && pixel == (int) pixel;
          double value = pixel * 256;
          by256 &= value == (int) value && value <= 255;
        }
      }
    }
    if (brightness && floating) {
      return by256 ? 256 : 255;
    }
    if (!bytes) {
      throw outOfRange(floating ? 1 : 255);
    }
    return 1;
  }

  private PythonDataException outOfRange(int most) {
    for (Map.Entry<Use, Pair> entry : pairs.entrySet()) {
      PythonImages images = entry.getValue().images();
      for (int i = 0; i < images.count(); i++) {
        for (int p = 0; p < images.width(); p++) {
          double pixel = images.pixels().at(i, p);
          if (!(pixel >= 0 && pixel <= most)) {
            return new PythonDataException(
                "has the value %s at pixel %d of %s image %d, but brightness is 0 to %d"
                    .formatted(pixel, p, entry.getKey(), i, most));
          }
        }
      }
    }
    throw new IllegalStateException("All pixels are 0 to " + most + ".");
  }

  private Optional<Examples> examples(Use use, double divisor) {
    Pair pair = pairs.get(use);
    if (pair == null) {
      return Optional.empty();
    }
    PythonImages size = pairs.get(Use.TRAINING).images();
    PythonImages images = pair.images();
    Inputs.Builder inputs = new Inputs.Builder(size.width(), images.count());
    byte[] pixels = new byte[size.width()];
    for (int i = 0; i < images.count(); i++) {
      for (int p = 0; p < pixels.length; p++) {
        pixels[p] = (byte) Math.round(images.pixels().at(i, p) * divisor);
      }
      inputs.add(pixels, 0, 1);
    }
    return Optional.of(new Examples(size.rows(), size.columns(), inputs.build(), pair.labels()));
  }
}
