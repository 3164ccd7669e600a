package handspun.image;

/**
 * From which difference on something is ink.
 *
 * @param contrast full ink, in the differences' unit
 * @param least what is less is paper
 * @param peak what has no pixel of so much is noise, at least {@code least}
 */
record PenLevel(int contrast, int least, int peak) {
  /** {@return how much ink a difference is: 0 none, 255 full} */
  int ink(int difference) {
    return Math.min(255, Math.round(255f * difference / contrast));
  }

  /** {@return the least difference that counts as ink} */
  int threshold() {
    int threshold = least;
    while (ink(threshold) <= Ink.NOISE) {
      threshold++;
    }
    return threshold;
  }

  /** {@return how much ink the strongest pixel of a stroke has at least} */
  int strokeInk() {
    return Math.min(255, Math.max(128, (int) (255L * peak / Math.max(1, contrast))));
  }
}
