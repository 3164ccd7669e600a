package handspun.serve;

import com.sun.net.httpserver.HttpExchange;
import java.net.InetAddress;
import java.util.concurrent.TimeUnit;

/**
 * What is known of a request when it has ended. Another thread may have answered it, which is seen
 * by the one that reads this.
 */
final class ObservedRequest {
  /** The route of all requests to addresses that nothing answers at, so that routes stay few. */
  static final String OTHER = "other";

  /** The status of a request whose client was sent none. */
  static final int NO_STATUS = 0;

  private final HttpExchange exchange;
  private final InetAddress client;
  private final long began = System.nanoTime();
  private volatile long nanos;
  private volatile String route = OTHER;
  private volatile int status = NO_STATUS;
  private volatile long received;
  private volatile long sent;

  ObservedRequest(HttpExchange exchange, InetAddress client) {
    this.exchange = exchange;
    this.client = client;
  }

  /** An endpoint answers at this path. */
  void routed(String path) {
    route = path;
  }

  /** So many bytes of the body have arrived, beside those before. */
  void received(int bytes) {
    // Only the thread that is with the request reads its body.
    long before = received;
    received = before + bytes;
  }

  /** The head of an answer is on its way to the client. */
  void answered(int code) {
    status = code;
  }

  /** So many bytes of the answer's body were handed to the client, beside those before. */
  void sent(int bytes) {
    // Only one thread answers.
    long before = sent;
    sent = before + bytes;
  }

  /** The time stops. */
  void ended() {
    nanos = System.nanoTime() - began;
  }

  /** {@return head and address, for whoever needs more than is here} */
  HttpExchange exchange() {
    return exchange;
  }

  /** {@return who asks, which may be another one than is connected} */
  InetAddress client() {
    return client;
  }

  /** {@return the path of the endpoint, or {@link #OTHER}} */
  String route() {
    return route;
  }

  /** {@return the HTTP status, or {@link #NO_STATUS}} */
  int status() {
    return status;
  }

  /** {@return bytes of the body that were read, in the client's coding} */
  long received() {
    return received;
  }

  /** {@return bytes of the answer's body, as compressed as they were sent} */
  long sent() {
    return sent;
  }

  /** {@return from the end of the head to the end of the answer} */
  long nanos() {
    return nanos;
  }

  /** {@return the same in seconds} */
  double seconds() {
    return (double) nanos / TimeUnit.SECONDS.toNanos(1);
  }
}
