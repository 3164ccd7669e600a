package handspun.drawings;

import handspun.HandspunException;
import handspun.image.Picture;
import handspun.image.Strokes;
import handspun.image.Templates;
import handspun.math.RandomStream;
import handspun.math.RandomUse;
import java.util.List;

/**
 * Drawings that show no digit, or more than one, as the page would send them. A function of the
 * digits and the seed. Safe to share between threads.
 */
public final class NoDigitDrawings {
  /** The most by which something is turned, in degrees. */
  private static final double TURN = 10;

  /** The most that it is slanted: pixels to the right for one up. */
  private static final double SLANT = 0.2;

  /** The most that it is made wider or narrower, as a logarithm. */
  private static final double STRETCH = 0.2;

  /** The least points of a piece of a digit, which are 2 % of its size apart. */
  private static final int LEAST_PIECE = 20;

  /** So many digits are tried for a piece that is large enough; MNIST needs ten at most. */
  private static final int MOST_ATTEMPTS = 1000;

  private final DigitDrawings digits;
  private final List<Strokes> letters = templates("letters.txt").all();
  private final List<Strokes> shapes = templates("shapes.txt").all();
  private final ThreadLocal<Painter> painter = ThreadLocal.withInitial(Painter::new);

  /**
   * @param digits of which pairs and pieces are made; all ten are there
   */
  public NoDigitDrawings(DigitDrawings digits) {
    this.digits = digits;
  }

  /** {@return the drawings of a file of the measure} */
  static Templates templates(String file) {
    return Templates.read(NoDigitDrawings.class, file, 1);
  }

  /** {@return how many there are of a kind; fewer in proportion where fewer digits are drawn} */
  public int count(NoDigit kind) {
    return Math.max(1, kind.count() * digits.count() / DigitDrawings.COUNT);
  }

  /**
   * @param kind what it shows
   * @param number from 0 to below {@link #count}
   * @return the picture, 280 x 280 pixels
   */
  public Picture picture(NoDigit kind, int number) {
    RandomStream random =
        new RandomStream(RandomUse.MEASURE, DigitDrawings.SEED, kind.key(), number);
    Strokes drawing = draw(kind, number, random);
    return painter
        .get()
        .paint(Cell.PLAIN.arrange(drawing), Cell.PLAIN.pen(), Cell.PLAIN.surface(), random);
  }

  private Strokes draw(NoDigit kind, int number, RandomStream random) {
    return switch (kind) {
      case LETTERS -> byHand(letters.get(number % letters.size()), TURN, random);
      case SHAPES -> byHand(shapes.get(number % shapes.size()), TURN, random);
      case SCRIBBLES -> {
        Scribble[] ways = Scribble.values();
        yield byHand(ways[number % ways.length].draw(random), 180, random);
      }
      case BESIDE -> beside(random);
      case OVERLAPPED -> overlapped(random);
      case PIECES -> piece(random);
    };
  }

  /** Stretched, slanted, turned, and trembling. */
  private static Strokes byHand(Strokes drawing, double mostTurned, RandomStream random) {
    double stretch = StrictMath.exp(STRETCH * side(random));
    double slant = SLANT * side(random);
    double turn = StrictMath.toRadians(mostTurned * side(random));
    double cos = StrictMath.cos(turn);
    double sin = StrictMath.sin(turn);
    return TremblingHand.draw(
        drawing.mapped(stretch, 0, 0, 1).mapped(1, -slant, 0, 1).mapped(cos, -sin, sin, cos),
        random);
  }

  /** {@return -1 to 1} */
  private static double side(RandomStream random) {
    return 2 * random.nextDouble() - 1;
  }

  /** One unit high, so that digits look as if one hand had written them. */
  private Strokes anyDigit(RandomStream random) {
    Strokes drawing = digits.drawing(random.nextInt(digits.count()));
    return drawing.scaled(1 / Math.max(0.5, drawing.box().height())).centred();
  }

  private Strokes beside(RandomStream random) {
    Strokes left = anyDigit(random);
    Strokes right = anyDigit(random);
    double gap = 0.25 + 0.25 * random.nextDouble();
    double apart = (left.box().width() + right.box().width()) / 2 + gap;
    return left.with(right.moved(apart, 0.1 * side(random)));
  }

  /** Two that differ and are no 1, as a 1 across another would hardly be seen. */
  private Strokes overlapped(RandomStream random) {
    int one;
    int other;
    do {
      one = random.nextInt(digits.count());
      other = random.nextInt(digits.count());
    } while (digits.label(one) == 1
        || digits.label(other) == 1
        || digits.label(one) == digits.label(other));
    double right = 0.3 + 0.2 * random.nextDouble();
    return digits.drawing(one).with(digits.drawing(other).moved(right, 0.15 * side(random)));
  }

  private Strokes piece(RandomStream random) {
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      int digit = random.nextInt(digits.count());
      List<DigitPart> parts = DigitPart.of(digits.label(digit));
      if (!parts.isEmpty()) {
        Strokes piece = parts.get(random.nextInt(parts.size())).of(digits.drawing(digit));
        if (piece.points() >= LEAST_PIECE) {
          return piece;
        }
      }
    }
    throw new HandspunException(
        "The test images are no digits that could be cut into pieces, which --drawings does: name MNIST, or a set like it, with --data.");
  }
}
