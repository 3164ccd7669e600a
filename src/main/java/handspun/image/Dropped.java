package handspun.image;

import java.util.Locale;

/** Why something that differs from the paper was not taken for the digit's ink. */
public enum Dropped {
  /** Too faint beside the paper's noise, or beside full ink. */
  NOISE,

  /** Too small and too far from the digit. */
  SPECK,

  /** At the edge of a shaded picture, far from the digit. */
  SHADOW,

  /** A straight line from edge to edge, by itself or of squares. */
  RULE,

  /** A frame or box around the digit. */
  FRAME;

  /** {@return what stands for this in {@link Sheet#dropped}, where 0 is nothing} */
  byte mark() {
    return (byte) (ordinal() + 1);
  }

  /** {@return the name as JSON has it} */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
