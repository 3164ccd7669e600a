package handspun.image;

import handspun.HandspunException;

/** A picture takes more pixels, work or memory than it may or can have. */
public final class PictureTooLargeException extends HandspunException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message one clear sentence that names what is too much
   */
  PictureTooLargeException(String message) {
    super(message);
  }

  /**
   * @param message one clear sentence that names what is too much
   * @param cause what {@code --debug} shows
   */
  PictureTooLargeException(String message, Throwable cause) {
    super(message, cause);
  }
}
