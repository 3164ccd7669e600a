package handspun.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/** Connections from somebody else to some ports, again and again, until closed. */
final class Strangers implements AutoCloseable {
  private static final int KEPT = 500;
  private static final int MOST_BYTES = 200;

  private final AtomicInteger connections = new AtomicInteger();
  private volatile boolean over;

  /**
   * @param ports of this machine
   */
  Strangers(int... ports) {
    for (int port : ports) {
      // One says nothing and stays; one says anything and stays; one says anything and goes.
      start(() -> visit(port, new Random(port), false, true));
      start(() -> visit(port, new Random(port + 1), true, true));
      start(() -> visit(port, new Random(port + 2), true, false));
    }
  }

  private void start(Runnable visits) {
    Thread thread = new Thread(visits, "stranger");
    thread.setDaemon(true);
    thread.start();
  }

  private void visit(int port, Random random, boolean talks, boolean stays) {
    Deque<Socket> kept = new ArrayDeque<>();
    while (!over) {
      Socket socket = new Socket();
      try {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
        connections.incrementAndGet();
        kept.add(socket);
        if (talks) {
          byte[] bytes = new byte[1 + random.nextInt(MOST_BYTES)];
          random.nextBytes(bytes);
          socket.getOutputStream().write(bytes);
        }
      } catch (IOException e) {
        close(socket);
        pause();
      }
      while (kept.size() > (stays ? KEPT : 0)) {
        close(kept.remove());
      }
    }
    kept.forEach(Strangers::close);
  }

  private static void pause() {
    try {
      Thread.sleep(1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is gone either way.
    }
  }

  /** How many were accepted, by the machine if not by whoever listens. */
  int connections() {
    return connections.get();
  }

  @Override
  public void close() {
    over = true;
  }
}
