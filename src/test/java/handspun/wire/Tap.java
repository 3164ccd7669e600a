package handspun.wire;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** Somebody between two executors who hears all that they say, and cannot be noticed. */
final class Tap implements Closeable {
  private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
  private final List<Closeable> sockets = new ArrayList<>();

  /** The port by way of which another port of this machine is reached. */
  int to(int port) {
    try {
      ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      keep(server);
      start(() -> relay(server, port));
      return server.getLocalPort();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private synchronized void keep(Closeable socket) {
    sockets.add(socket);
  }

  private interface Work {
    void run() throws IOException;
  }

  private static void start(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                // Closed: the test is over.
              }
            },
            "tap");
    thread.setDaemon(true);
    thread.start();
  }

  private void relay(ServerSocket server, int port) throws IOException {
    while (true) {
      Socket caller = server.accept();
      keep(caller);
      Socket called = new Socket(InetAddress.getLoopbackAddress(), port);
      keep(called);
      start(() -> copy(caller.getInputStream(), called.getOutputStream()));
      start(() -> copy(called.getInputStream(), caller.getOutputStream()));
    }
  }

  private void copy(InputStream in, OutputStream out) throws IOException {
    byte[] bytes = new byte[1 << 16];
    for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
      synchronized (heard) {
        heard.write(bytes, 0, count);
      }
      out.write(bytes, 0, count);
    }
  }

  /** All that was said, either way. */
  byte[] heard() {
    synchronized (heard) {
      return heard.toByteArray();
    }
  }

  @Override
  public synchronized void close() throws IOException {
    for (Closeable socket : sockets) {
      socket.close();
    }
  }
}
