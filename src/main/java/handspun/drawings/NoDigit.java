package handspun.drawings;

/** Kinds of drawings that show no digit, or more than one. */
public enum NoDigit {
  /** Of three of Hershey's fonts, without those that look like a digit. */
  LETTERS(10, "letters", 500),
  /** A heart, a star, a house and others. */
  SHAPES(11, "shapes", 300),
  /** Lines to and fro, loops and tangles. */
  SCRIBBLES(12, "scribbles", 300),
  /** Two test images. */
  BESIDE(13, "two digits beside each other", 300),
  /** Two test images in each other's way. */
  OVERLAPPED(14, "two digits overlapped", 300),
  /** Halves of test images. */
  PIECES(15, "pieces of digits", 300);

  private final long key;
  private final String title;
  private final int count;

  NoDigit(long key, String title, int count) {
    this.key = key;
    this.title = title;
    this.count = count;
  }

  /** {@return its purpose in the keys of random numbers; above those of {@link DigitDrawings}} */
  long key() {
    return key;
  }

  /** {@return how many there are of it} */
  int count() {
    return count;
  }

  /** {@return what its files are called: small letters and hyphens} */
  public String fileName() {
    return title.replace(' ', '-');
  }

  /** {@return its name for people} */
  @Override
  public String toString() {
    return title;
  }
}
