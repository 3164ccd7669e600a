package handspun.serve;

import handspun.data.DataSources;
import handspun.data.Examples;
import handspun.image.DigitNormalizer;
import handspun.image.Preprocessing;
import handspun.math.Kernels;
import handspun.network.Feedforward;
import handspun.network.Units;
import handspun.read.NearestImages;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * Test images as models read them, and training images near to what was drawn. Images are read, and
 * models tested, when somebody asks for the first time. One thread does all of it, so that whoever
 * asks for much holds up none who wants a drawing read.
 */
final class ExampleImages implements DigitServer.Work {
  /** Each takes some 20 ms; the first one of a model up to a second or two. */
  private static final int QUEUE = 32;

  private static final Duration MOST_TIME = Duration.ofSeconds(60);

  private static final WorkQueue.Words WORDS =
      new WorkQueue.Words(
          "The server has too many images to look through at the moment: try again in a second.",
          "To look through the images has taken %d s and was given up: try again later.");

  /** What models take the test images for: 40 KB each. */
  private static final int MOST_TESTED = 100;

  /** As many as there are ways to prepare an image. */
  private static final int MOST_PREPARED = 2;

  private final ExampleSets sets;
  private final Kernels kernels;
  private final WorkQueue queue = new WorkQueue("handspun-examples", 1, QUEUE, MOST_TIME, WORDS);
  private final Recent<Tested, TestImages> tested = new Recent<>(MOST_TESTED);
  private final Recent<Prepared, NearestImages> prepared = new Recent<>(MOST_PREPARED);

  /** Models of the same parameters may differ in what is done with them. */
  private record Tested(String sha256, Units units, Preprocessing preprocessing, Examples test) {}

  private record Prepared(Preprocessing preprocessing, Examples training) {}

  /** A training image near to another. */
  record Neighbour(int index, int label, double distance, byte[] pixels) {}

  /** Finds images as {@link ExampleSets} does. */
  ExampleImages(Supplier<DataSources> otherwise, Kernels kernels) {
    sets = new ExampleSets(otherwise);
    this.kernels = kernels;
  }

  /** {@return test images as a model reads them; refuses a model that has none here} */
  TestImages test(ServedModel model) {
    return queue.run(() -> testNow(model));
  }

  private TestImages testNow(ServedModel served) {
    Examples test = sets.of(served.model()).test();
    Tested key =
        new Tested(
            served.sha256(),
            served.model().network().units(),
            served.model().preprocessing(),
            test);
    return tested.get(key, unknown -> read(served, test));
  }

  private TestImages read(ServedModel served, Examples test) {
    int classes = served.model().network().topology().outputs();
    float[] outputs =
        Feedforward.outputs(
            served.model().network(),
            kernels,
            served
                .model()
                .preprocessing()
                .apply(test.inputs(), DigitNormalizer.SIZE, DigitNormalizer.SIZE));
    int[] predictions = new int[test.count()];
    Arrays.setAll(predictions, i -> Feedforward.prediction(outputs, i * classes, classes));
    return new TestImages(test, predictions, classes);
  }

  /**
   * {@return the training images of a model that are nearest to an image, after what the model does
   * to both; refuses a model that has none here}
   */
  List<Neighbour> nearest(ServedModel model, byte[] pixels, int most) {
    return queue.run(() -> nearestNow(model, pixels, most));
  }

  private List<Neighbour> nearestNow(ServedModel served, byte[] pixels, int most) {
    Examples training = sets.of(served.model()).training();
    Preprocessing preprocessing = served.model().preprocessing();
    NearestImages images =
        prepared.get(
            new Prepared(preprocessing, training),
            unknown ->
                new NearestImages(
                    preprocessing.apply(
                        training.inputs(), DigitNormalizer.SIZE, DigitNormalizer.SIZE)));
    byte[] seen = new byte[pixels.length];
    preprocessing.step(DigitNormalizer.SIZE, DigitNormalizer.SIZE).apply(pixels, seen, 0);
    return images.find(seen, most).stream()
        .map(
            found ->
                new Neighbour(
                    found.index(),
                    training.label(found.index()),
                    found.distance(),
                    training.inputs().pixels(found.index())))
        .toList();
  }

  @Override
  public void close() {
    queue.close();
  }
}
