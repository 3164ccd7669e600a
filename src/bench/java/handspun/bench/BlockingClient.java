package handspun.bench;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;

/** A client with one connection, which it opens when there is none. */
final class BlockingClient implements AutoCloseable {
  private static final int ROOM = 1 << 16;

  private final InetSocketAddress server;
  private final byte[] room = new byte[ROOM];
  private ResponseParser parser = new ResponseParser(true);
  private Socket socket;

  /**
   * An answer.
   *
   * @param status of HTTP
   * @param body whole
   */
  record Answer(int status, byte[] body) {}

  BlockingClient(InetSocketAddress server) {
    this.server = server;
  }

  /**
   * Sends a request and waits for the answer.
   *
   * @param request whole
   * @return the answer
   * @throws IOException if the connection was lost, or nothing came for long
   */
  Answer ask(byte[] request) throws IOException {
    send(request);
    do {
      int n = socket.getInputStream().read(room);
      if (n < 0) {
        throw new EOFException("the server closed the connection before it had answered");
      }
      if (parser.take(ByteBuffer.wrap(room, 0, n))) {
        Answer answer = new Answer(parser.status(), parser.body());
        if (parser.isLast()) {
          close();
        }
        return answer;
      }
    } while (true);
  }

  /** Sends a request, or a part of one, and goes away. */
  void askAndLeave(byte[] request) throws IOException {
    send(request);
    close();
  }

  private void send(byte[] request) throws IOException {
    if (socket == null) {
      parser = new ResponseParser(true);
      socket = new Socket(server.getAddress(), server.getPort());
      socket.setTcpNoDelay(true);
      socket.setSoTimeout((int) ClosedLoop.PATIENCE.toMillis());
    }
    socket.getOutputStream().write(request);
  }

  @Override
  public void close() throws IOException {
    if (socket != null) {
      socket.close();
      socket = null;
    }
  }
}
