package handspun.image;

import handspun.HandspunException;

/** A picture has more pixels than are read. */
public final class PictureTooLargeException extends HandspunException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message one clear sentence that names both sizes
   */
  PictureTooLargeException(String message) {
    super(message);
  }
}
