package handspun.drawings;

import handspun.image.DigitNormalizer;
import handspun.image.NormalizedDigit;
import handspun.image.Picture;
import handspun.read.DigitReader;
import handspun.read.Reading;
import java.util.List;
import java.util.Optional;

/**
 * What a model says of a drawing.
 *
 * @param isRefused whether it says that there is nothing, no digit, or more than one
 * @param digit the one that it takes it for, if it does not refuse it
 */
public record Answer(boolean isRefused, int digit) {
  private static final Answer REFUSED = new Answer(true, 0);

  /** {@return what readers make of a picture, through all that pictures go through} */
  static List<Answer> of(List<DigitReader> readers, Picture picture) {
    Optional<NormalizedDigit> digit = DigitNormalizer.normalize(picture);
    return readers.stream().map(reader -> of(digit.map(reader::read))).toList();
  }

  /** {@return what a reader makes of a picture} */
  public static Answer of(DigitReader reader, Picture picture) {
    return of(reader.read(picture));
  }

  private static Answer of(Optional<Reading> reading) {
    return reading
        .filter(said -> !said.candidates().isEmpty())
        .map(said -> new Answer(false, said.digit()))
        .orElse(REFUSED);
  }

  /** {@return whether it takes it for this digit} */
  public boolean is(int label) {
    return !isRefused && digit == label;
  }
}
