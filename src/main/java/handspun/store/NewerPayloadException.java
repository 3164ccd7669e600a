package handspun.store;

/** What is in the payload of a file that only a newer Handspun can have written, in a phrase. */
final class NewerPayloadException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NewerPayloadException(String phrase) {
    super(phrase);
  }
}
