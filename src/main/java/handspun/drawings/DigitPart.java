package handspun.drawings;

import java.util.List;

/** Parts of digits that are not digits themselves, as the lower half of an 8 or of a 7 would be. */
enum DigitPart {
  UPPER_HALF,
  LOWER_HALF,
  /** Of a 4, what lies above the line across. */
  TOP,
  /** Of an 8, less than its loops. */
  LEFT;

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

  /** {@return what is left of a centred drawing; may be empty} */
  Drawing of(Drawing drawing) {
    return drawing.clipped(this::has);
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
