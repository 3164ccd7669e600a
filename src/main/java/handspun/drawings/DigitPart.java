package handspun.drawings;

import java.util.List;

/** Parts of digits that are not digits themselves, as the lower half of an 8 or of a 7 would be. */
enum DigitPart {
  UPPER_HALF((x, y) -> y < 0),
  LOWER_HALF((x, y) -> y > 0),
  /** Of a 4, what lies above the line across. */
  TOP((x, y) -> y < -0.1),
  /** Of an 8, less than its loops. */
  LEFT((x, y) -> x < -0.08);

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

  private final Drawing.Part part;

  DigitPart(Drawing.Part part) {
    this.part = part;
  }

  /** {@return those of a digit; may be none} */
  static List<DigitPart> of(int digit) {
    return OF_DIGITS.get(digit);
  }

  /** {@return what is left of a centred drawing; may be empty} */
  Drawing of(Drawing drawing) {
    return drawing.clipped(part);
  }
}
