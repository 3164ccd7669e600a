package handspun.drawings;

import java.util.Locale;

/** What a photograph of a sheet of paper shows beside the drawing. */
public enum Flaw {
  /** Of the camera. */
  NOISE,
  /** Light that fades across the sheet. */
  SHADE,
  /** The lines of ruled paper. */
  RULES,
  /** Dust. */
  SPECKS;

  /** {@return its name in small letters} */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
