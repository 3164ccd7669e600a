package handspun.serve;

import java.util.List;

/** What answers at one path. */
@FunctionalInterface
interface Endpoint {
  /** Largest body that is read where none is expected: enough to pass over what clients add. */
  int MOST_UNEXPECTED_BYTES = 64 << 10;

  /**
   * {@return the answer; a {@link RefusedRequest} if the sender did something wrong, or there is no
   * room}
   */
  Answer answer(Request request);

  /** {@return the methods that are answered} */
  default List<String> methods() {
    return List.of("GET", "HEAD");
  }

  /** {@return the largest body that is read, in bytes} */
  default int mostBytes() {
    return MOST_UNEXPECTED_BYTES;
  }
}
