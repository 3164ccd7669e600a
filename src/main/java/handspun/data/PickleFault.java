package handspun.data;

/** What is wrong with a pickle: a phrase that follows the file's name. */
final class PickleFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PickleFault(String phrase) {
    super(phrase);
  }

  PickleFault(String phrase, Throwable cause) {
    super(phrase, cause);
  }
}
