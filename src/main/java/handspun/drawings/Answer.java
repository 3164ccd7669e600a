package handspun.drawings;

import handspun.image.Picture;
import handspun.read.DigitReader;

/**
 * What a model says of a drawing.
 *
 * @param isRefused whether it says that there is nothing, no digit, or more than one
 * @param digit the one that it takes it for, if it does not refuse it
 */
public record Answer(boolean isRefused, int digit) {
  private static final Answer REFUSED = new Answer(true, 0);

  /** {@return what a reader makes of a picture, through all that pictures go through} */
  public static Answer of(DigitReader reader, Picture picture) {
    return reader
        .read(picture)
        .filter(reading -> !reading.candidates().isEmpty())
        .map(reading -> new Answer(false, reading.digit()))
        .orElse(REFUSED);
  }

  /** {@return whether it takes it for this digit} */
  public boolean is(int label) {
    return !isRefused && digit == label;
  }
}
