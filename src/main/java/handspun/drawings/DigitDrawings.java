package handspun.drawings;

import handspun.data.Examples;
import handspun.image.DigitNormalizer;
import handspun.image.Picture;
import handspun.image.StrokeTracer;
import handspun.image.Strokes;
import handspun.image.StrokesBuilder;
import handspun.math.RandomStream;
import handspun.math.RandomUse;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Test images as strokes, drawn again in every {@link Cell}. A function of the images and the seed.
 * Safe to share between threads.
 */
public final class DigitDrawings {
  /** So many of the images are drawn in each cell, always the same. */
  public static final int COUNT = 2000;

  /** The labels are 0 to 9. */
  public static final int DIGITS = 10;

  /** The measure's own seed, which nobody chooses. */
  public static final long SEED = 1;

  /** From a point of a curve to the next, in pixels of the image. */
  private static final double FINE = 0.1;

  private static final long CHOICE = 0;
  private static final long HAND = 1;
  private static final long FLAWS = 2;

  private final List<Strokes> drawings;
  private final int[] images;
  private final int[] labels;
  private final ThreadLocal<Painter> painter = ThreadLocal.withInitial(Painter::new);

  /**
   * @param test images of digits, 28 x 28 pixels; if they are fewer than {@link #COUNT}, all are
   *     drawn but the blank ones
   */
  public DigitDrawings(Examples test) {
    int[] order = IntStream.range(0, test.count()).toArray();
    new RandomStream(RandomUse.MEASURE, SEED, CHOICE).shuffle(order);
    ThreadLocal<StrokeTracer> tracer =
        ThreadLocal.withInitial(() -> new StrokeTracer(DigitNormalizer.SIZE, DigitNormalizer.SIZE));
    List<Strokes> traced =
        IntStream.range(0, Math.min(COUNT, order.length))
            .parallel()
            .mapToObj(i -> tracer.get().trace(test.inputs().pixels(order[i])))
            .toList();
    int[] drawn =
        IntStream.range(0, traced.size()).filter(i -> traced.get(i).count() > 0).toArray();
    images = IntStream.of(drawn).map(i -> order[i]).toArray();
    labels = IntStream.of(images).map(test::label).toArray();
    drawings = IntStream.of(drawn).mapToObj(i -> byHand(traced.get(i), i)).toList();
  }

  private static Strokes byHand(Strokes traced, int image) {
    return TremblingHand.draw(
        curves(traced), new RandomStream(RandomUse.MEASURE, SEED, HAND, image));
  }

  /** {@return curves through the points of strokes, which are a pixel apart} */
  private static Strokes curves(Strokes traced) {
    StrokesBuilder curves = new StrokesBuilder(FINE);
    for (int s = 0; s < traced.count(); s++) {
      int start = traced.start(s);
      double[] knots = new double[2 * (traced.end(s) - start)];
      for (int k = 0; k < knots.length; k++) {
        knots[k] = (k % 2 == 0 ? traced.x() : traced.y())[start + k / 2];
      }
      curves.curve(knots).end();
    }
    return curves.build();
  }

  /** {@return the digits, 0 to 9, that none of the images shows} */
  public List<Integer> missing() {
    return IntStream.range(0, DIGITS)
        .filter(digit -> IntStream.of(labels).noneMatch(label -> label == digit))
        .boxed()
        .toList();
  }

  /** {@return how many digits are drawn in each cell} */
  public int count() {
    return drawings.size();
  }

  /** {@return which test image a drawing comes from, from 0} */
  int image(int drawing) {
    return images[drawing];
  }

  /** {@return what a drawing shows, 0 to 9} */
  public int label(int drawing) {
    return labels[drawing];
  }

  /** {@return a digit's lines, centred, of about unit size} */
  Strokes drawing(int drawing) {
    return drawings.get(drawing);
  }

  /**
   * @param cell how it is drawn
   * @param drawing from 0
   * @return the picture, 280 x 280 pixels
   */
  public Picture picture(Cell cell, int drawing) {
    return painter
        .get()
        .paint(
            cell.arrange(drawings.get(drawing)),
            cell.pen(),
            cell.surface(),
            new RandomStream(RandomUse.MEASURE, SEED, FLAWS, drawing));
  }
}
