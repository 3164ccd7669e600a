package handspun.image;

import handspun.HandspunException;

/** A picture has more pixels, or takes more work, than it may. */
public final class PictureTooLargeException extends HandspunException {
  private static final long serialVersionUID = 1L;

  PictureTooLargeException(String message) {
    super(message);
  }
}
