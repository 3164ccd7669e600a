package handspun.serve;

import handspun.HandspunException;

/** A request that is answered with an error. */
final class RefusedRequest extends HandspunException {
  private static final long serialVersionUID = 1L;

  private final int status;

  /**
   * @param status HTTP status, 400 to 499
   * @param message one sentence for the sender: what is wrong and what to do
   */
  RefusedRequest(int status, String message) {
    super(message);
    this.status = status;
  }

  int status() {
    return status;
  }
}
