package handspun.image;

import handspun.math.RandomStream;
import java.util.List;

/**
 * Draws images of 28 x 28 pixels anew: their strokes as another {@link Hand} would have drawn them,
 * now and then another way to write the same digit, or what is no digit ({@link Negatives}). A
 * function of the image, its label and the random numbers, the same on every machine.
 *
 * <p>Not for several threads at once.
 */
public final class Redrawer {
  /** The part of the digits that are written in a way that MNIST's writers seldom had. */
  private static final double ALLOGRAPHS = 0.2;

  private final TracedImages traced;
  private final StrokeTracer tracer = new StrokeTracer(DigitNormalizer.SIZE, DigitNormalizer.SIZE);
  private final Redrawing redrawing;

  private Redrawer(TracedImages traced, Hand hand) {
    this.traced = traced;
    redrawing = new Redrawing(hand);
  }

  /**
   * {@return one that draws as differently as training is to see it}
   *
   * @param traced strokes of images that were drawn before
   */
  public static Redrawer ofAnyHand(TracedImages traced) {
    return new Redrawer(traced, Hand.ANY);
  }

  /** {@return one that draws as people do on the page, none of whom takes pains} */
  public static Redrawer ofUsualHand() {
    return new Redrawer(new TracedImages(), Hand.USUAL);
  }

  /**
   * Draws a digit.
   *
   * @param image pixels row by row, one unsigned byte each; not changed
   * @param label which digit it is
   * @param number of the image, the same whenever it is drawn
   * @param random source of the random numbers
   * @param target receives 28 x 28 pixels; a blank image stays blank
   * @param at where in the target
   */
  public void draw(
      byte[] image, int label, int number, RandomStream random, byte[] target, int at) {
    List<Strokes> others = Templates.ALLOGRAPHS.named(String.valueOf(label));
    if (random.nextDouble() < ALLOGRAPHS && !others.isEmpty()) {
      redrawing.draw(others.get(random.nextInt(others.size())), random, target, at);
      return;
    }
    Strokes strokes = traced.of(number, image, tracer);
    if (strokes.count() == 0) {
      System.arraycopy(image, 0, target, at, image.length);
    } else {
      redrawing.draw(strokes, random, target, at);
    }
  }

  /**
   * Draws what is no digit.
   *
   * @param image of a digit that it is made of, as in {@link #draw}
   * @param label which digit that is
   * @param number of the image, the same whenever it is drawn
   * @param random source of the random numbers
   * @param target receives 28 x 28 pixels
   * @param at where in the target
   */
  public void drawNone(
      byte[] image, int label, int number, RandomStream random, byte[] target, int at) {
    Strokes strokes = traced.of(number, image, tracer);
    Strokes none =
        strokes.count() == 0 ? Figures.any(random) : Negatives.of(strokes, label, random);
    redrawing.draw(none, random, target, at);
  }
}
