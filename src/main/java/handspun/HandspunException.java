package handspun;

/**
 * A failure that a person can act on. The message is complete by itself: it names the thing, the
 * value found, the value expected and what to do. The command line prints it without a stack trace
 * and exits with status 1.
 */
public class HandspunException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message one clear sentence for the person at the terminal
   */
  public HandspunException(String message) {
    super(message);
  }

  /**
   * @param message one clear sentence for the person at the terminal
   * @param cause what {@code --debug} shows
   */
  public HandspunException(String message, Throwable cause) {
    super(message, cause);
  }
}
