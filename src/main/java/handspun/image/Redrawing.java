package handspun.image;

import handspun.math.RandomStream;

/**
 * Draws strokes anew, as another {@link Hand} would have, with a pen of another width, onto paper
 * of which {@link DigitNormalizer} makes 28 x 28 pixels. A function of the strokes and the random
 * numbers, the same on every machine.
 *
 * <p>Not for several threads at once.
 */
final class Redrawing {
  /** How much of its way off the pen keeps from a point to the next. */
  private static final double STEADY = 0.7;

  /** Points from the end of a stroke that say where it leads. */
  private static final int LEADING = 3;

  /** What an end that becomes shorter keeps of these. */
  private static final float KEPT = 0.3f;

  private final Hand hand;
  private final BendingField field;
  private final Pen pen = new Pen();
  private float[] x = new float[128];
  private float[] y = new float[128];

  Redrawing(Hand hand) {
    this.hand = hand;
    field = new BendingField(hand.bend());
  }

  /**
   * @param strokes at least one
   * @param target receives 28 x 28 pixels, an unsigned byte each
   * @param at where in the target
   */
  void draw(Strokes strokes, RandomStream random, byte[] target, int at) {
    int points = strokes.x().length;
    if (x.length < points) {
      x = new float[2 * points];
      y = new float[2 * points];
    }
    fit(strokes);
    field.draw(random);
    long turns = random.nextLong();
    long shapes = random.nextLong();
    double angle = hand.rotate() * RandomStream.first(turns) * Math.abs(RandomStream.second(turns));
    double stretch = hand.stretch() * RandomStream.first(shapes);
    float slant = (float) (hand.slant() * RandomStream.second(shapes));
    float wider = (float) StrictMath.exp(stretch);
    float higher = (float) StrictMath.exp(-stretch);
    float sin = (float) StrictMath.sin(angle);
    float cos = (float) StrictMath.cos(angle);
    double tremble = 2 * hand.tremble() * Math.abs(RandomStream.first(random.nextLong()));
    for (int s = 0; s < strokes.count(); s++) {
      int from = strokes.start(s);
      int to = strokes.ends()[s];
      move(from, to, random);
      double offX = 0;
      double offY = 0;
      for (int p = from; p < to; p++) {
        long bits = random.nextLong();
        offX = STEADY * offX + tremble * RandomStream.first(bits);
        offY = STEADY * offY + tremble * RandomStream.second(bits);
        field.at(x[p], y[p]);
        float down = higher * (y[p] + field.down()) + (float) offY;
        float right = wider * (x[p] + field.right()) + (float) offX + slant * down;
        x[p] = cos * right - sin * down;
        y[p] = sin * right + cos * down;
      }
      long ends = random.nextLong();
      lengthen(from, Math.min(from + LEADING, to - 1), hand.end() * RandomStream.first(ends));
      lengthen(to - 1, Math.max(from, to - 1 - LEADING), hand.end() * RandomStream.second(ends));
    }
    float side = Strokes.Box.of(x, y, points).longerSide();
    pen.draw(x, y, strokes.ends(), strokes.count(), width(side, random.nextLong()), target, at);
  }

  /** Copies the strokes, their box around (0, 0) and its longer side 1. */
  private void fit(Strokes strokes) {
    Strokes.Box box = strokes.box();
    float scale = box.longerSide() > 0 ? 1 / box.longerSide() : 1;
    for (int p = 0; p < strokes.x().length; p++) {
      x[p] = scale * (strokes.x()[p] - box.middleX());
      y[p] = scale * (strokes.y()[p] - box.middleY());
    }
  }

  /** Moves and turns a stroke apart from the others. */
  private void move(int from, int to, RandomStream random) {
    long moves = random.nextLong();
    float right = (float) (hand.apart() * RandomStream.first(moves));
    float down = (float) (hand.apart() * RandomStream.second(moves));
    float turn = (float) (2 * hand.apart() * RandomStream.first(random.nextLong()));
    float middleX = 0;
    float middleY = 0;
    for (int p = from; p < to; p++) {
      middleX += x[p];
      middleY += y[p];
    }
    middleX /= to - from;
    middleY /= to - from;
    for (int p = from; p < to; p++) {
      float fromX = x[p] - middleX;
      float fromY = y[p] - middleY;
      // So small an angle is its own sine.
      x[p] += right - turn * fromY;
      y[p] += down + turn * fromX;
    }
  }

  /** Moves the end of a stroke on along its way, or back. */
  private void lengthen(int end, int before, double by) {
    float right = x[end] - x[before];
    float down = y[end] - y[before];
    float length = (float) Math.sqrt(right * right + down * down);
    if (length > 0) {
      float part = Math.max((float) by / length, (KEPT - 1) / LEADING);
      x[end] += part * right;
      y[end] += part * down;
    }
  }

  /** Of the pen, where it goes over so much. */
  private float width(float side, long bits) {
    double part =
        (1 + RandomStream.first(bits)) / 2 < hand.usualPen()
            ? Hand.USUAL_PEN
            : hand.thinnest()
                * StrictMath.exp(
                    StrictMath.log(hand.boldest() / hand.thinnest())
                        * ((1 + RandomStream.second(bits)) / 2));
    // A dot is as large as its pen.
    return side > 0 ? (float) (side * part / (1 - part)) : 1;
  }
}
