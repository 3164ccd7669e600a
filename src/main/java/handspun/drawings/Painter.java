package handspun.drawings;

import handspun.image.Picture;
import handspun.image.Strokes;
import handspun.image.StrokesBuilder;
import handspun.math.RandomStream;
import java.util.Arrays;

/**
 * Makes pictures of drawings. A function of the strokes, the surface and the random numbers, the
 * same on every machine. Not for several threads at once.
 */
final class Painter {
  private static final int SIDE = Canvas.SIDE;

  /** Standard deviation of the noise, in steps of brightness. */
  private static final double NOISE = 6;

  /** The light that is missing at the darkest corner. */
  private static final double SHADE = 0.4;

  private static final double RULES_APART = 35;
  private static final double RULE_RADIUS = 1;

  /** How much darker than the paper rules are. */
  private static final double RULE_CONTRAST = 60;

  /** Pixels up or down for one to the right, at most. */
  private static final double RULE_SLOPE = 0.03;

  private static final int SPECKS = 12;
  private static final double SMALLEST_SPECK = 0.6;
  private static final double LARGEST_SPECK = 2.4;

  private final Canvas canvas = new Canvas();
  private final float[] light = new float[Canvas.PIXELS];
  private final byte[] opaque = new byte[Canvas.PIXELS];

  Painter() {
    Arrays.fill(opaque, (byte) 255);
  }

  /**
   * @param strokes in pixels of the picture
   * @param pen its width in pixels
   * @param surface what is drawn on
   * @param random for the flaws
   * @return the picture, {@link Canvas#SIDE} pixels wide and high
   */
  Picture paint(Strokes strokes, double pen, Surface surface, RandomStream random) {
    canvas.clear();
    canvas.draw(strokes, pen);
    Arrays.fill(light, surface.paper());
    if (surface.flaws().contains(Flaw.RULES)) {
      rule(random);
    }
    if (surface.flaws().contains(Flaw.SPECKS)) {
      strew(random);
    }
    for (int p = 0; p < light.length; p++) {
      light[p] += (surface.ink() - light[p]) * canvas.ink(p);
    }
    if (surface.flaws().contains(Flaw.SHADE)) {
      shade(random);
    }
    if (surface.flaws().contains(Flaw.NOISE)) {
      addNoise(random);
    }
    byte[] grey = new byte[Canvas.PIXELS];
    for (int p = 0; p < grey.length; p++) {
      grey[p] = (byte) Math.max(0, Math.min(255, (int) (light[p] + 0.5f)));
    }
    return new Picture(SIDE, SIDE, grey, opaque);
  }

  private void rule(RandomStream random) {
    double slope = RULE_SLOPE * (2 * random.nextDouble() - 1);
    double first = RULES_APART * random.nextDouble();
    for (int row = 0; row < SIDE; row++) {
      for (int column = 0; column < SIDE; column++) {
        double behind = row - first - slope * column;
        double distance = Math.abs(behind - RULES_APART * Math.rint(behind / RULES_APART));
        int p = row * SIDE + column;
        light[p] = (float) (light[p] - RULE_CONTRAST * Canvas.edge(RULE_RADIUS, distance));
      }
    }
  }

  private void strew(RandomStream random) {
    for (int s = 0; s < SPECKS; s++) {
      double x = SIDE * random.nextDouble();
      double y = SIDE * random.nextDouble();
      double radius = SMALLEST_SPECK + (LARGEST_SPECK - SMALLEST_SPECK) * random.nextDouble();
      canvas.draw(new StrokesBuilder().point(x, y).build(), 2 * radius);
    }
  }

  private void shade(RandomStream random) {
    double angle = 2 * StrictMath.PI * random.nextDouble();
    double right = StrictMath.cos(angle);
    double down = StrictMath.sin(angle);
    // From the lightest corner to the darkest it goes from 0 to 1.
    double across = 1 / ((SIDE - 1) * (Math.abs(right) + Math.abs(down)));
    double middle = (SIDE - 1) / 2.0;
    for (int row = 0; row < SIDE; row++) {
      for (int column = 0; column < SIDE; column++) {
        double way = ((column - middle) * right + (row - middle) * down) * across + 0.5;
        light[row * SIDE + column] *= (float) (1 - SHADE * way);
      }
    }
  }

  /** The sum of four numbers that are equally likely is nearly normal. */
  private void addNoise(RandomStream random) {
    double unit = NOISE * Math.sqrt(3) / (1 << 16);
    for (int p = 0; p < light.length; p++) {
      long bits = random.nextLong();
      long sum = (bits & 0xffff) + (bits >>> 16 & 0xffff) + (bits >>> 32 & 0xffff) + (bits >>> 48);
      light[p] += (float) (unit * (sum - 2 * 0xffff));
    }
  }
}
