package handspun.image;

import handspun.math.RandomStream;
import java.util.Optional;

/**
 * Drawings that are no digit, made of a digit: a piece of it, another one beside it or over it, the
 * digit flipped or turned where that makes no digit; or something else in its place, a letter, a
 * sign or one of the {@link Figures}. A function of the digit and the random numbers.
 */
final class Negatives {
  /** Labels of the digits that a mirror, a quarter turn and half a turn make to no digit. */
  private static final String MIRRORED = "34679";

  private static final String TURNED = "12345679";
  private static final String UPSIDE_DOWN = "347";

  /** Of a piece that is no 1: it is no longer than so many times the distance of its ends. */
  private static final double STRAIGHT = 1.25;

  private static final int FEWEST_POINTS = 16;

  private Negatives() {}

  /**
   * @param digit strokes of a digit
   * @param label which it is
   */
  static Strokes of(Strokes digit, int label, RandomStream random) {
    return switch (random.nextInt(20)) {
      case 0, 1 -> piece(digit, random).orElseGet(() -> Figures.any(random));
      case 2, 3 -> beside(digit, random);
      case 4, 5 -> over(digit, random);
      case 6 -> moved(digit, label, MIRRORED, random, -1, 0, 0, 1);
      case 7 -> moved(digit, label, TURNED, random, 0, 1, -1, 0);
      case 8 -> moved(digit, label, TURNED, random, 0, -1, 1, 0);
      case 9 -> moved(digit, label, UPSIDE_DOWN, random, -1, 0, 0, -1);
      case 10, 11, 12, 13 -> Figures.any(random);
      default -> Templates.SIGNS.any(random);
    };
  }

  private static Strokes moved(
      Strokes digit, int label, String labels, RandomStream random, double... linear) {
    return labels.indexOf(Character.forDigit(label % 10, 10)) < 0
        ? Figures.any(random)
        : digit.mapped(linear[0], linear[1], linear[2], linear[3]);
  }

  /** A quarter to a half of it, unless that could be a 1. */
  private static Optional<Strokes> piece(Strokes digit, RandomStream random) {
    int points = digit.x().length;
    if (points < FEWEST_POINTS) {
      return Optional.empty();
    }
    int kept = (int) (points * (0.25 + 0.3 * random.nextDouble()));
    int from = random.nextInt(points - kept + 1);
    StrokesBuilder builder = new StrokesBuilder();
    int p = 0;
    for (int end : digit.ends()) {
      for (; p < end; p++) {
        if (p >= from && p < from + kept) {
          builder.point(digit.x()[p], digit.y()[p]);
        }
      }
      builder.end();
    }
    Strokes piece = builder.build();
    return couldBeOne(piece) ? Optional.empty() : Optional.of(piece);
  }

  private static boolean couldBeOne(Strokes strokes) {
    double length = 0;
    int last = strokes.x().length - 1;
    for (int p = 1; p <= last; p++) {
      length += distance(strokes, p - 1, p);
    }
    Strokes.Box box = strokes.box();
    return length < STRAIGHT * distance(strokes, 0, last) && box.height() > box.width();
  }

  private static double distance(Strokes strokes, int one, int other) {
    double right = strokes.x()[other] - strokes.x()[one];
    double down = strokes.y()[other] - strokes.y()[one];
    return Math.sqrt(right * right + down * down);
  }

  private static Strokes beside(Strokes digit, RandomStream random) {
    Strokes other = another(digit, random);
    Strokes.Box box = digit.box();
    Strokes.Box otherBox = other.box();
    double scale = scale(box, otherBox) * (0.8 + 0.4 * random.nextDouble());
    double gap = (0.05 + 0.4 * random.nextDouble()) * Math.max(1, box.longerSide());
    return new StrokesBuilder()
        .add(digit)
        .add(
            other,
            new double[] {scale, 0, 0, scale},
            box.right() + gap - scale * otherBox.left(),
            box.middleY()
                - scale * otherBox.middleY()
                + 0.3 * (random.nextDouble() - 0.5) * box.height())
        .build();
  }

  private static Strokes over(Strokes digit, RandomStream random) {
    Strokes other = another(digit, random);
    Strokes.Box box = digit.box();
    Strokes.Box otherBox = other.box();
    double scale = scale(box, otherBox) * (0.7 + 0.6 * random.nextDouble());
    double angle = 2 * (random.nextDouble() - 0.5);
    double cos = scale * StrictMath.cos(angle);
    double sin = scale * StrictMath.sin(angle);
    double longer = Math.max(1, box.longerSide());
    return new StrokesBuilder()
        .add(digit)
        .add(
            other,
            new double[] {cos, -sin, sin, cos},
            box.middleX()
                - (cos * otherBox.middleX() - sin * otherBox.middleY())
                + longer * (random.nextDouble() - 0.5),
            box.middleY()
                - (sin * otherBox.middleX() + cos * otherBox.middleY())
                + 0.6 * longer * (random.nextDouble() - 0.5))
        .build();
  }

  private static double scale(Strokes.Box box, Strokes.Box other) {
    return Math.min(3, Math.max(1, box.height()) / Math.max(1, other.height()));
  }

  private static Strokes another(Strokes digit, RandomStream random) {
    return random.nextInt(4) == 0 ? digit : Templates.ALLOGRAPHS.any(random);
  }
}
