package handspun;

/** A failure of use: an impossible option or plan. The command line exits with status 2. */
public final class UsageException extends HandspunException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message one clear sentence that names the option, the value found and the one expected
   */
  public UsageException(String message) {
    super(message);
  }
}
