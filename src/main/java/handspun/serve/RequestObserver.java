package handspun.serve;

/**
 * Is told of every request that has a whole head, in the thread that is with it. What it does there
 * takes time from all.
 */
interface RequestObserver {
  /** A request has begun. */
  default void began() {}

  /** The same request has ended, in whatever way; called once for each that began. */
  void ended(ObservedRequest request);

  /** A connection was closed before a request's head was whole. */
  default void cutOff() {}

  /** A request was refused before its head was understood. */
  default void malformed() {}

  /** A client has connected. */
  default void connected() {}

  /** A connection is closed. */
  default void disconnected() {}
}
