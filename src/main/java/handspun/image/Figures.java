package handspun.image;

import handspun.math.RandomStream;

/**
 * Random drawings that are no digit (or hardly ever): scribbles, closed figures, stars, bars, and
 * signs made of a few lines and arcs. About as large as MNIST's digits.
 */
final class Figures {
  private static final double SIZE = 20;
  private static final double ROUND = 2 * StrictMath.PI;

  private Figures() {}

  /** {@return one of them} */
  static Strokes any(RandomStream random) {
    return switch (random.nextInt(8)) {
      case 0, 1 -> scribble(random);
      case 2, 3 -> closed(random);
      case 4 -> star(random);
      case 5 -> bars(random);
      default -> sign(random);
    };
  }

  /** Up and down, round and round, or to and fro. */
  private static Strokes scribble(RandomStream random) {
    StrokesBuilder builder = new StrokesBuilder();
    int strokes = 1 + random.nextInt(2);
    for (int s = 0; s < strokes; s++) {
      int knots = 6 + random.nextInt(14);
      int kind = random.nextInt(4);
      double turn = ROUND * random.nextDouble();
      double[] at = new double[2 * knots];
      for (int k = 0; k < knots; k++) {
        double part = (double) k / knots;
        switch (kind) {
          case 0 -> set(at, k, SIZE * random.nextDouble(), SIZE * random.nextDouble());
          case 1 ->
              set(
                  at,
                  k,
                  SIZE * part + 2 * random.nextDouble(),
                  k % 2 == 0 ? 4 * random.nextDouble() : SIZE - 6 * random.nextDouble());
          case 2 -> setRound(at, k, turn + 0.9 * k, 1 + SIZE / 2 * part, 0);
          default -> setRound(at, k, turn + 1.1 * k, 5 + random.nextDouble(), 14 * part);
        }
      }
      if (kind < 2 && random.nextInt(3) == 0) {
        for (int k = 0; k + 1 < knots; k++) {
          builder.line(at[2 * k], at[2 * k + 1], at[2 * k + 2], at[2 * k + 3]);
        }
      } else {
        builder.curve(at);
      }
      builder.end();
    }
    return random.nextInt(2) == 0 ? builder.build() : turned(builder.build(), random);
  }

  private static void set(double[] at, int knot, double x, double y) {
    at[2 * knot] = x;
    at[2 * knot + 1] = y;
  }

  private static void setRound(double[] at, int knot, double angle, double radius, double right) {
    set(
        at,
        knot,
        SIZE / 2 + right + radius * StrictMath.cos(angle),
        SIZE / 2 + radius * StrictMath.sin(angle));
  }

  private static Strokes turned(Strokes strokes, RandomStream random) {
    double angle = ROUND * random.nextDouble();
    double cos = StrictMath.cos(angle);
    double sin = StrictMath.sin(angle);
    return strokes.mapped(cos, -sin, sin, cos);
  }

  /**
   * Corners joined by lines and arcs that bulge outwards or inwards: triangles and houses, hearts
   * and drops, moons and clouds; perhaps with something in it. Not all arcs bulge outwards, or it
   * would be a 0.
   */
  private static Strokes closed(RandomStream random) {
    int corners = 3 + random.nextInt(5);
    double from = ROUND * random.nextDouble();
    double[] at = new double[2 * corners + 2];
    for (int c = 0; c < corners; c++) {
      double angle = from + ROUND * (c + 0.6 * (random.nextDouble() - 0.5)) / corners;
      setRound(at, c, angle, SIZE * (0.3 + 0.2 * random.nextDouble()), 0);
    }
    set(at, corners, at[0], at[1]);
    StrokesBuilder builder = new StrokesBuilder();
    int kind = random.nextInt(3);
    for (int c = 0; c < corners; c++) {
      double bulge =
          switch (kind) {
            case 0 -> 0;
            case 1 -> c % 2 == 0 ? 0.6 * random.nextDouble() : -0.4 * random.nextDouble();
            default -> random.nextInt(2) == 0 ? 0 : 1.2 * (random.nextDouble() - 0.5);
          };
      arc(builder, at[2 * c], at[2 * c + 1], at[2 * c + 2], at[2 * c + 3], bulge);
    }
    builder.end();
    if (random.nextInt(3) == 0) {
      int inside = 1 + random.nextInt(3);
      for (int i = 0; i < inside; i++) {
        double x = SIZE * (0.3 + 0.4 * random.nextDouble());
        double y = SIZE * (0.3 + 0.4 * random.nextDouble());
        builder.line(
            x, y, x + 4 * (random.nextDouble() - 0.5), y + 4 * (random.nextDouble() - 0.5));
        builder.end();
      }
    }
    return builder.build();
  }

  /** From one point to another, past the middle by a part of the distance. */
  private static void arc(
      StrokesBuilder builder, double fromX, double fromY, double toX, double toY, double bulge) {
    if (bulge == 0) {
      builder.line(fromX, fromY, toX, toY);
      return;
    }
    double middleX = (fromX + toX) / 2 + bulge * (toY - fromY);
    double middleY = (fromY + toY) / 2 - bulge * (toX - fromX);
    builder.curve(fromX, fromY, middleX, middleY, toX, toY);
  }

  private static Strokes star(RandomStream random) {
    int points = 3 + random.nextInt(5);
    double from = ROUND * random.nextDouble();
    double inner = SIZE * (0.1 + 0.2 * random.nextDouble());
    double[] at = new double[4 * points + 2];
    for (int k = 0; k <= 2 * points; k++) {
      setRound(at, k, from + ROUND * k / (2 * points), k % 2 == 0 ? SIZE / 2 : inner, 0);
    }
    StrokesBuilder builder = new StrokesBuilder();
    for (int k = 0; k < 2 * points; k++) {
      builder.line(at[2 * k], at[2 * k + 1], at[2 * k + 2], at[2 * k + 3]);
    }
    return builder.build();
  }

  /** Parallel lines, or lines that cross, and perhaps one across them. */
  private static Strokes bars(RandomStream random) {
    StrokesBuilder builder = new StrokesBuilder();
    int bars = 2 + random.nextInt(3);
    double length = SIZE * (0.4 + 0.6 * random.nextDouble());
    boolean cross = random.nextInt(2) == 0;
    for (int b = 0; b < bars; b++) {
      if (cross) {
        double angle = ROUND * random.nextDouble();
        double right = length / 2 * StrictMath.cos(angle);
        double down = length / 2 * StrictMath.sin(angle);
        builder.line(-right, -down, right, down).end();
      } else {
        double x = b * (3 + 4 * random.nextDouble());
        builder.line(x, 0, x, length).end();
      }
    }
    if (!cross && random.nextInt(2) == 0) {
      builder.line(-2, length / 2, 4.0 * bars, length / 2).end();
    }
    return cross || random.nextInt(2) == 0 ? builder.build() : builder.build().mapped(0, 1, 1, 0);
  }

  /** Lines and arcs between the points of a grid, as in the letters of many scripts. */
  private static Strokes sign(RandomStream random) {
    double[] grid = new double[18];
    for (int g = 0; g < 9; g++) {
      set(
          grid,
          g,
          g % 3 * 7 + 2 * (random.nextDouble() - 0.5),
          g / 3 * 10 + 2 * (random.nextDouble() - 0.5));
    }
    StrokesBuilder builder = new StrokesBuilder();
    int at = random.nextInt(9);
    for (int left = 2 + random.nextInt(3); left > 0 || builder.points() < 12; left--) {
      int to = (at + 1 + random.nextInt(8)) % 9;
      double bulge = random.nextInt(2) == 0 ? 0 : random.nextDouble() - 0.5;
      arc(builder, grid[2 * at], grid[2 * at + 1], grid[2 * to], grid[2 * to + 1], bulge);
      if (random.nextInt(2) == 0) {
        builder.end();
        at = random.nextInt(9);
      } else {
        at = to;
      }
    }
    return builder.build();
  }
}
