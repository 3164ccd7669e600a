package handspun.image;

import handspun.math.RandomStream;

/** Draws images anew. Not for several threads at once. */
public final class Redrawer {
  private final TracedImages traced;
  private final StrokeTracer tracer = new StrokeTracer(DigitNormalizer.SIZE, DigitNormalizer.SIZE);
  private final Redrawing redrawing = new Redrawing();
  private final Negatives negatives = new Negatives();

  public Redrawer(TracedImages traced) {
    this.traced = traced;
  }

  public void draw(
      byte[] image, int label, int number, RandomStream random, byte[] target, int at) {
    Strokes strokes = traced.of(number, image, tracer);
    if (strokes.count() == 0) {
      System.arraycopy(image, 0, target, at, image.length);
      return;
    }
    if (random.nextDouble() < Allographs.SHARE) strokes = Allographs.of(label, random, strokes);
    redrawing.draw(strokes, random, target, at);
  }

  public boolean drawNone(
      byte[] image, int label, int number, RandomStream random, byte[] target, int at) {
    Strokes strokes = traced.of(number, image, tracer);
    if (strokes.count() == 0) {
      System.arraycopy(image, 0, target, at, image.length);
      return false;
    }
    redrawing.draw(negatives.of(strokes, label, random), random, target, at);
    return true;
  }
}
