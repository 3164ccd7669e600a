package handspun.bench;

import handspun.HandspunException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * Clients that send their next request as soon as they are answered: what a server can do at most.
 * All are in one thread, which takes little from the processors that the server shares.
 */
final class ClosedLoop implements LoadClient {
  /** A server that is silent for so long will not answer. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final int ROOM = 1 << 16;

  private final List<ByteBuffer> requests;
  private final Selector selector;
  private final List<LoadConnection> connections = new ArrayList<>();
  private final ByteBuffer room = ByteBuffer.allocateDirect(ROOM);
  private int next;
  private int underWay;

  /**
   * Connects.
   *
   * @param server where to
   * @param requests that are sent in turn
   * @param count how many clients there are
   */
  ClosedLoop(InetSocketAddress server, List<ByteBuffer> requests, int count) throws IOException {
    this.requests = requests;
    this.selector = Selector.open();
    for (int i = 0; i < count; i++) {
      connections.add(LoadConnection.open(server, selector));
    }
  }

  @Override
  public LoadResult run(Duration time) throws IOException {
    Histogram latencies = LoadResult.histogram();
    long start = System.nanoTime();
    long end = start + time.toNanos();
    for (SelectionKey key : selector.keys()) {
      send(key, (LoadConnection) key.attachment());
    }
    while (underWay > 0) {
      int ready =
          selector.select(
              key -> {
                try {
                  goOn(key, latencies, end);
                } catch (IOException e) {
                  throw lost(e);
                }
              },
              PATIENCE.toMillis());
      if (ready == 0) {
        throw silent();
      }
    }
    return new LoadResult((System.nanoTime() - start) * 1e-9, latencies);
  }

  static HandspunException silent() {
    return new HandspunException(
        "The server has not answered for %d s.".formatted(PATIENCE.toSeconds()));
  }

  static HandspunException lost(IOException e) {
    return new HandspunException(
        "A connection to the server was lost: %s.".formatted(HandspunException.reason(e)), e);
  }

  private void goOn(SelectionKey key, Histogram latencies, long end) throws IOException {
    LoadConnection connection = (LoadConnection) key.attachment();
    if (key.isWritable() && connection.write()) {
      key.interestOps(SelectionKey.OP_READ);
    }
    if (key.isReadable() && connection.read(room)) {
      latencies.recordValue(connection.elapsed());
      underWay--;
      if (System.nanoTime() < end) {
        send(key, connection);
      }
    }
  }

  private void send(SelectionKey key, LoadConnection connection) throws IOException {
    underWay++;
    ByteBuffer request = requests.get(next++ % requests.size());
    if (!connection.begin(request, System.nanoTime())) {
      key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
    }
  }

  @Override
  public void close() throws IOException {
    for (LoadConnection connection : connections) {
      connection.close();
    }
    selector.close();
  }
}
