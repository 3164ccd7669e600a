package handspun.train;

import java.util.Locale;

/** What a reading comes to. */
public enum Verdict {
  /** One digit. */
  DIGIT,

  /** One of two digits, between which the outputs hardly decide. */
  UNSURE,

  /** Nothing that the network knows. */
  NONE,

  /** More than one digit, which is seen in the picture and not in the outputs. */
  SEVERAL;

  /** {@return the name as JSON has it} */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
