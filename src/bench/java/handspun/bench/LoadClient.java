package handspun.bench;

import java.io.IOException;
import java.time.Duration;

/** Clients of one server, which keep their connections from run to run. */
interface LoadClient extends AutoCloseable {
  /**
   * Sends requests for a while, and waits for all answers.
   *
   * @param time in which requests are sent
   * @return what the clients saw
   * @throws handspun.HandspunException if an answer is no good one
   * @throws IOException if a connection is lost
   */
  LoadResult run(Duration time) throws IOException;

  @Override
  void close() throws IOException;
}
