package handspun.drawings;

/** Kinds of drawings that show no digit, or more than one. */
public enum NoDigit {
  /** Of three of Hershey's fonts, without those that look like a digit. */
  LETTERS("letters", 500),
  /** A heart, a star, a house and others. */
  SHAPES("shapes", 300),
  /** Lines to and fro, loops and tangles. */
  SCRIBBLES("scribbles", 300),
  /** Two test images. */
  BESIDE("two digits beside each other", 300),
  /** Two test images in each other's way. */
  OVERLAPPED("two digits overlapped", 300),
  /** Halves of test images. */
  PIECES("pieces of digits", 300);

  private final String title;
  private final int count;

  NoDigit(String title, int count) {
    this.title = title;
    this.count = count;
  }

  /** {@return how many there are of it} */
  public int count() {
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
