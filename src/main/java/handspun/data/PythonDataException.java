package handspun.data;

/** What is wrong with a file that a Python program saved: a phrase that follows the file's name. */
final class PythonDataException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PythonDataException(String phrase) {
    super(phrase);
  }

  PythonDataException(String phrase, Throwable cause) {
    super(phrase, cause);
  }
}
