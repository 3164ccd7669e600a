package handspun.wire;

/** An exchange between executors that has failed. */
public final class WireException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The cause may be null. */
  public WireException(String message, Throwable cause) {
    super(message, cause);
  }
}
