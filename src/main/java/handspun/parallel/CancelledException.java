package handspun.parallel;

/** Whoever computes was told to end, and has. */
public final class CancelledException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param when the computing ended, as a part of a sentence
   */
  CancelledException(String when) {
    super("cancelled " + when);
  }
}
