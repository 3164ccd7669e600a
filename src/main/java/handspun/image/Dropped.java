package handspun.image;

import java.util.Locale;

/** Why something that differs from the paper was not taken for the digit's ink. */
public enum Dropped {
  /** Too faint beside the paper's noise, or beside full ink. */
  NOISE(1),

  /** Too small and too far from the digit. */
  SPECK(2),

  /** At the edge of a shaded picture, far from the digit. */
  SHADOW(3),

  /** A straight line from edge to edge, by itself or of squares. */
  RULE(4),

  /** A frame or box around the digit. */
  FRAME(5);

  private final byte mark;

  Dropped(int mark) {
    this.mark = (byte) mark;
  }

  /** {@return what stands for this in {@link Sheet#dropped}, where 0 is nothing} */
  byte mark() {
    return mark;
  }

  /** {@return the name as JSON has it} */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
