package handspun.drawings;

import handspun.math.RandomStream;
import java.util.ArrayList;
import java.util.List;

/** What a pen makes that means nothing. */
enum Scribble {
  /** To and fro, as one who fills an area. */
  HATCHING {
    @Override
    Drawing draw(RandomStream random) {
      int turns = 6 + random.nextInt(6);
      List<StrokeBuilder.Point> points = new ArrayList<>();
      double height = 0.5 + 0.5 * random.nextDouble();
      for (int turn = 0; turn <= turns; turn++) {
        double side = turn % 2 == 0 ? -0.5 : 0.5;
        points.add(
            new StrokeBuilder.Point(
                side + 0.3 * (random.nextDouble() - 0.5),
                height * (turn + 0.6 * (random.nextDouble() - 0.5)) / turns));
      }
      return curve(points);
    }
  },
  /** Round and round, and on. */
  LOOPS {
    @Override
    Drawing draw(RandomStream random) {
      int rounds = 4 + random.nextInt(4);
      double forward = 0.5 + 0.5 * random.nextDouble();
      double height = 0.5 + random.nextDouble();
      List<StrokeBuilder.Point> points = new ArrayList<>();
      for (int eighth = 0; eighth <= 8 * rounds; eighth++) {
        double angle = StrictMath.PI * eighth / 4;
        double radius = 0.8 + 0.4 * random.nextDouble();
        points.add(
            new StrokeBuilder.Point(
                forward * eighth / 8 + 0.6 * radius * StrictMath.sin(angle),
                height * radius * StrictMath.cos(angle)));
      }
      return curve(points);
    }
  },
  /** Anywhere. */
  TANGLE {
    @Override
    Drawing draw(RandomStream random) {
      int count = 12 + random.nextInt(7);
      List<StrokeBuilder.Point> points = new ArrayList<>();
      for (int p = 0; p < count; p++) {
        points.add(new StrokeBuilder.Point(random.nextDouble(), random.nextDouble()));
      }
      return curve(points);
    }
  };

  /** {@return one such, of any size} */
  abstract Drawing draw(RandomStream random);

  private static Drawing curve(List<StrokeBuilder.Point> through) {
    StrokeBuilder builder = new StrokeBuilder();
    builder.curve(through);
    builder.lift();
    return builder.build();
  }
}
