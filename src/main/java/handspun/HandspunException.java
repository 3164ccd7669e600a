package handspun;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

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

  /**
   * @param task what was to be done, such as {@code read the model x}
   * @param e why it could not be done
   * @return a failure that says so: {@code Could not read the model x: permission denied.}
   */
  public static HandspunException couldNot(String task, IOException e) {
    return new HandspunException("Could not %s: %s.".formatted(task, reason(e)), e);
  }

  /**
   * @param e why a file could not be read or written
   * @return the same in words, for a part of a sentence
   */
  public static String reason(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof NoSuchFileException) {
      return "no such file or folder";
    }
    if (e instanceof FileSystemException f && f.getReason() != null) {
      return f.getReason();
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
