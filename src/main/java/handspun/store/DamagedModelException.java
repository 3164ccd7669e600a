package handspun.store;

/** What is wrong with a model's payload, in a phrase. */
final class DamagedModelException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DamagedModelException(String phrase) {
    super(phrase);
  }

  DamagedModelException(String phrase, Throwable cause) {
    super(phrase, cause);
  }
}
