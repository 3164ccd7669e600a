package handspun.drawings;

import handspun.image.Strokes;
import handspun.image.StrokesBuilder;
import java.util.List;

/** Parts of digits that are not digits themselves, as the lower half of an 8 or of a 7 would be. */
enum DigitPart {
  UPPER_HALF,
  LOWER_HALF,
  /** Of a 4, what lies above the line across. */
  TOP,
  /** Of an 8, less than its loops. */
  LEFT;

  /** Points of the shortest run that is kept. */
  private static final int FEWEST = 3;

  private static final List<List<DigitPart>> OF_DIGITS =
      List.of(
          List.of(UPPER_HALF, LOWER_HALF),
          List.of(),
          List.of(LOWER_HALF),
          List.of(LEFT),
          List.of(TOP),
          List.of(UPPER_HALF, LOWER_HALF),
          List.of(),
          List.of(),
          List.of(LEFT),
          List.of());

  /** {@return those of a digit; may be none} */
  static List<DigitPart> of(int digit) {
    return OF_DIGITS.get(digit);
  }

  /** {@return the runs of points of a centred drawing that are in it; may be none} */
  Strokes of(Strokes drawing) {
    StrokesBuilder kept = new StrokesBuilder();
    for (int s = 0; s < drawing.count(); s++) {
      int from = drawing.start(s);
      for (int p = from; p <= drawing.end(s); p++) {
        if (p == drawing.end(s) || !has(drawing.x()[p], drawing.y()[p])) {
          if (p - from >= FEWEST) {
            for (int q = from; q < p; q++) {
              kept.point(drawing.x()[q], drawing.y()[q]);
            }
            kept.end();
          }
          from = p + 1;
        }
      }
    }
    return kept.build();
  }

  private boolean has(double x, double y) {
    return switch (this) {
      case UPPER_HALF -> y < 0;
      case LOWER_HALF -> y > 0;
      case TOP -> y < -0.1;
      case LEFT -> x < -0.08;
    };
  }
}
