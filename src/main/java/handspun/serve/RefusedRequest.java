package handspun.serve;

import handspun.HandspunException;
import java.util.Map;

/** A request that is answered with an error. */
final class RefusedRequest extends HandspunException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final transient Map<String, String> headers;

  /** One sentence for the sender: what is wrong and what to do. */
  RefusedRequest(int status, String message) {
    this(status, message, Map.of());
  }

  private RefusedRequest(int status, String message, Map<String, String> headers) {
    super(message);
    this.status = status;
    this.headers = headers;
  }

  /** {@return status 405, with the allowed methods, separated by commas} */
  static RefusedRequest methodNotAllowed(String allowed) {
    return new RefusedRequest(
        405,
        "This address does not answer that method: use %s.".formatted(allowed),
        Map.of("Allow", allowed));
  }

  /** {@return status 401: who says what is asked for may try again} */
  static RefusedRequest unauthorized(String message) {
    return new RefusedRequest(
        401, message, Map.of("WWW-Authenticate", "Bearer realm=\"handspun\""));
  }

  /** {@return status 413} */
  static RefusedRequest tooLarge(int most) {
    return new RefusedRequest(
        413, "The body has more than %d bytes: send less at once.".formatted(most));
  }

  /** {@return status 422, of a picture without anything to read} */
  static RefusedRequest blank() {
    return new RefusedRequest(
        422, "The picture is blank: draw a digit that stands out from the paper.");
  }

  /**
   * {@return status 503, to be tried again in a second; the sentence says what there is too much
   * of}
   */
  static RefusedRequest busy(String message) {
    return new RefusedRequest(503, message, Map.of("Retry-After", "1"));
  }

  /** {@return status 429, of a client that asks for too much at once} */
  static RefusedRequest tooMany(String message) {
    return new RefusedRequest(429, message, Map.of("Retry-After", "1"));
  }

  int status() {
    return status;
  }

  /** {@return headers that go with the status} */
  Map<String, String> headers() {
    return headers;
  }
}
