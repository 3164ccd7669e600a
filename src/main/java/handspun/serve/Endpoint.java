package handspun.serve;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;

/** What answers at one path with one method. */
@FunctionalInterface
interface Endpoint {
  /**
   * @param exchange the request; not to be answered nor closed here
   * @return the answer
   * @throws RefusedRequest if the sender did something wrong
   * @throws IOException if the connection breaks
   */
  Reply answer(HttpExchange exchange) throws IOException;
}
