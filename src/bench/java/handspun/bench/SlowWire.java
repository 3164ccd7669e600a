package handspun.bench;

import handspun.HandspunException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * Connections of this machine on which everything takes a while, as between machines: relays, by
 * way of which others are reached.
 */
final class SlowWire implements AutoCloseable {
  private static final int MOST_BYTES = 1 << 16;

  private record Chunk(byte[] bytes, long dueNanos) {}

  private final long delayNanos;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<AutoCloseable> sockets = new CopyOnWriteArrayList<>();

  /**
   * @param delayNanos that everything takes in addition, each way
   */
  SlowWire(long delayNanos) {
    this.delayNanos = delayNanos;
  }

  /**
   * @param port of somebody on this machine
   * @return a port of which every connection leads there, slowly
   */
  int to(int port) {
    try {
      ServerSocket relay = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
      sockets.add(relay);
      threads.execute(() -> accept(relay, port));
      return relay.getLocalPort();
    } catch (IOException e) {
      throw new HandspunException("No port could be opened: " + HandspunException.reason(e), e);
    }
  }

  private void accept(ServerSocket relay, int port) {
    try {
      while (true) {
        Socket from = relay.accept();
        Socket to = new Socket(InetAddress.getLoopbackAddress(), port);
        for (Socket socket : List.of(from, to)) {
          socket.setTcpNoDelay(true);
          sockets.add(socket);
        }
        carry(from, to);
        carry(to, from);
      }
    } catch (IOException e) {
      // It was closed, which is how it ends.
    }
  }

  private void carry(Socket from, Socket to) {
    BlockingQueue<Chunk> onTheWay = new LinkedBlockingQueue<>();
    threads.execute(() -> take(from, onTheWay));
    threads.execute(() -> deliver(onTheWay, to));
  }

  private void take(Socket from, BlockingQueue<Chunk> onTheWay) {
    byte[] buffer = new byte[MOST_BYTES];
    try (InputStream in = from.getInputStream()) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        onTheWay.add(new Chunk(Arrays.copyOf(buffer, count), System.nanoTime() + delayNanos));
      }
    } catch (IOException e) {
      // It was closed, which is how it ends.
    }
  }

  private static void deliver(BlockingQueue<Chunk> onTheWay, Socket to) {
    try (OutputStream out = to.getOutputStream()) {
      while (true) {
        Chunk chunk = onTheWay.take();
        long left = chunk.dueNanos() - System.nanoTime();
        while (left > 0 && !Thread.currentThread().isInterrupted()) {
          LockSupport.parkNanos(left);
          left = chunk.dueNanos() - System.nanoTime();
        }
        out.write(chunk.bytes());
      }
    } catch (IOException | InterruptedException e) {
      // It was closed, which is how it ends.
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
    for (AutoCloseable socket : sockets) {
      try {
        socket.close();
      } catch (Exception e) {
        // It is gone either way.
      }
    }
  }
}
