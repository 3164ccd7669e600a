package handspun.drawings;

import handspun.image.Strokes;
import handspun.image.StrokesBuilder;
import handspun.math.RandomStream;

/** What a pen makes that means nothing. */
enum Scribble {
  /** To and fro, as one who fills an area. */
  HATCHING {
    @Override
    Strokes draw(RandomStream random) {
      int turns = 6 + random.nextInt(6);
      double[] knots = new double[2 * turns + 2];
      double height = 0.5 + 0.5 * random.nextDouble();
      for (int turn = 0; turn <= turns; turn++) {
        double side = turn % 2 == 0 ? -0.5 : 0.5;
        knots[2 * turn] = side + 0.3 * (random.nextDouble() - 0.5);
        knots[2 * turn + 1] = height * (turn + 0.6 * (random.nextDouble() - 0.5)) / turns;
      }
      return curve(knots);
    }
  },
  /** Round and round, and on. */
  LOOPS {
    @Override
    Strokes draw(RandomStream random) {
      int rounds = 4 + random.nextInt(4);
      double forward = 0.5 + 0.5 * random.nextDouble();
      double height = 0.5 + random.nextDouble();
      double[] knots = new double[2 * (8 * rounds + 1)];
      for (int eighth = 0; eighth <= 8 * rounds; eighth++) {
        double angle = StrictMath.PI * eighth / 4;
        double radius = 0.8 + 0.4 * random.nextDouble();
        knots[2 * eighth] = forward * eighth / 8 + 0.6 * radius * StrictMath.sin(angle);
        knots[2 * eighth + 1] = height * radius * StrictMath.cos(angle);
      }
      return curve(knots);
    }
  },
  /** Anywhere. */
  TANGLE {
    @Override
    Strokes draw(RandomStream random) {
      int count = 12 + random.nextInt(7);
      double[] knots = new double[2 * count];
      for (int k = 0; k < knots.length; k++) {
        knots[k] = random.nextDouble();
      }
      return curve(knots);
    }
  };

  /** {@return one such, about one unit high} */
  abstract Strokes draw(RandomStream random);

  private static Strokes curve(double[] knots) {
    return new StrokesBuilder(TremblingHand.STEP).curve(knots).build();
  }
}
