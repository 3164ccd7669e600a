package handspun.bench;

import handspun.HandspunException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Clients that do not wait for each other: requests are sent at fixed times, whatever becomes of
 * those before. A request's time is counted from when it should have been sent, also when it had to
 * wait for a connection, so that a server that stalls is charged for all who would have come
 * meanwhile, and not for one (Gil Tene calls the opposite coordinated omission).
 */
final class OpenLoop implements LoadClient {
  private static final int ROOM = 1 << 16;

  private final List<ByteBuffer> requests;

  /** Nanoseconds from one request to the next. */
  private final double period;

  private final Selector selector;
  private final List<LoadConnection> connections = new ArrayList<>();
  private final BlockingQueue<LoadConnection> idle = new LinkedBlockingQueue<>();
  private final Thread reader = new Thread(this::read, "answers of an open loop");
  private final Object lock = new Object();
  private Histogram latencies = LoadResult.histogram();
  private volatile HandspunException failure;

  /**
   * Connects.
   *
   * @param server where to
   * @param requests that are sent in turn
   * @param count of connections, which are used in turn
   * @param rate requests a second
   */
  OpenLoop(InetSocketAddress server, List<ByteBuffer> requests, int count, double rate)
      throws IOException {
    this.period = TimeUnit.SECONDS.toNanos(1) / rate;
    this.requests = requests;
    this.selector = Selector.open();
    for (int i = 0; i < count; i++) {
      LoadConnection connection = LoadConnection.open(server, selector);
      connections.add(connection);
      idle.add(connection);
    }
    reader.setDaemon(true);
    reader.start();
  }

  @Override
  public LoadResult run(Duration time) throws IOException {
    synchronized (lock) {
      latencies = LoadResult.histogram();
    }
    long count = Math.max(1, (long) (time.toNanos() / period));
    long start = System.nanoTime();
    for (long i = 0; i < count; i++) {
      long due = start + (long) (i * period);
      awaitTime(due);
      LoadConnection connection = awaitIdle();
      boolean isSent = connection.begin(requests.get((int) (i % requests.size())), due);
      while (!isSent) {
        Thread.onSpinWait();
        isSent = connection.write();
      }
    }
    List<LoadConnection> all = new ArrayList<>();
    while (all.size() < connections.size()) {
      all.add(awaitIdle());
    }
    double seconds = (System.nanoTime() - start) * 1e-9;
    idle.addAll(all);
    synchronized (lock) {
      return new LoadResult(seconds, latencies);
    }
  }

  private static void awaitTime(long due) {
    for (long left; (left = due - System.nanoTime()) > 0; ) {
      LockSupport.parkNanos(left);
    }
  }

  private LoadConnection awaitIdle() {
    try {
      LoadConnection connection = idle.poll(ClosedLoop.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      if (failure != null) {
        throw failure;
      }
      if (connection == null) {
        throw ClosedLoop.silent();
      }
      return connection;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HandspunException("Interrupted while a server was measured.", e);
    }
  }

  /** What the reader's thread does. */
  private void read() {
    ByteBuffer room = ByteBuffer.allocateDirect(ROOM);
    try {
      while (selector.isOpen()) {
        selector.select(key -> goOn(key, room));
      }
    } catch (ClosedSelectorException e) {
      // It is over.
    } catch (IOException e) {
      fail(ClosedLoop.lost(e));
    } catch (HandspunException e) {
      fail(e);
    }
  }

  /** Whoever waits for a connection gets the failure with it. */
  private void fail(HandspunException reason) {
    failure = reason;
    idle.addAll(connections);
  }

  private void goOn(SelectionKey key, ByteBuffer room) {
    LoadConnection connection = (LoadConnection) key.attachment();
    try {
      if (connection.read(room)) {
        synchronized (lock) {
          latencies.recordValue(connection.elapsed());
        }
        idle.add(connection);
      }
    } catch (IOException e) {
      throw ClosedLoop.lost(e);
    }
  }

  @Override
  public void close() throws IOException {
    selector.close();
    for (LoadConnection connection : connections) {
      connection.close();
    }
  }
}
