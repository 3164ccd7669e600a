package handspun.math;

/**
 * One part's contiguous share of anything that is divided evenly: {@code count * part / parts} to
 * {@code count * (part + 1) / parts}. Shares differ by at most one and leave nothing out.
 *
 * @param part which part, from 0
 * @param parts how many parts, at least 1
 */
public record Share(int part, int parts) {
  /** Everything. */
  public static final Share WHOLE = new Share(0, 1);

  /** Checks that the part exists. */
  public Share {
    if (parts < 1 || part < 0 || part >= parts) {
      throw new IllegalArgumentException("There is no part " + part + " of " + parts + ".");
    }
  }

  /** {@return the first of this part's among {@code count} things} */
  public int from(int count) {
    return (int) ((long) count * part / parts);
  }

  /** {@return one past the last of this part's} */
  public int to(int count) {
    return (int) ((long) count * (part + 1) / parts);
  }

  /** {@return how many are this part's} */
  public int size(int count) {
    return to(count) - from(count);
  }
}
