package handspun.store;

/** What is wrong with the payload of a file, in a phrase. */
final class DamagedPayloadException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DamagedPayloadException(String phrase) {
    super(phrase);
  }

  DamagedPayloadException(String phrase, Throwable cause) {
    super(phrase, cause);
  }
}
