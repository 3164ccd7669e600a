package handspun.image;

import java.util.Optional;

/**
 * What was found on a picture.
 *
 * @param picture as it was looked at: reduced if it was large
 * @param paper what was taken for the paper's brightness
 * @param ink what the digit consists of; empty if the picture is blank
 * @param dropped for each pixel, 0 or the mark of why its ink is none
 * @param digits how many digits lie beside each other
 * @param levels by which ink was found
 */
record Sheet(
    Picture picture, Paper paper, Optional<Ink> ink, byte[] dropped, int digits, InkLevels levels) {
  /** Larger pictures are reduced. */
  private static final int MOST_PIXELS = 1 << 20;

  /** Looks at a picture. */
  static Sheet of(Picture picture) {
    Picture reduced = Reduction.toAtMost(MOST_PIXELS, picture);
    PaperEstimate estimate = PaperEstimate.of(reduced);
    InkSearch search = new InkSearch(PenDifferences.of(reduced, estimate), estimate);
    Optional<Ink> ink = search.run();
    return new Sheet(
        reduced, estimate.paper(), ink, search.dropped(), search.digits(), search.levels());
  }
}
