package handspun.bench;

import handspun.HandspunException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** A connection that is kept alive, with at most one request under way. */
final class LoadConnection implements AutoCloseable {
  private static final int OK = 200;

  private final SocketChannel channel;
  private final ResponseParser parser = new ResponseParser(false);
  private ByteBuffer request = ByteBuffer.allocate(0);

  /** In an open loop one thread sends, and another one reads. */
  private volatile long since;

  private LoadConnection(SocketChannel channel) {
    this.channel = channel;
  }

  /**
   * @param server where to connect to
   * @param selector that is told what arrives; its keys have the connection as attachment
   * @return a new connection
   */
  static LoadConnection open(InetSocketAddress server, Selector selector) throws IOException {
    SocketChannel channel = SocketChannel.open(server);
    LoadConnection connection = new LoadConnection(channel);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
    channel.register(selector, SelectionKey.OP_READ, connection);
    return connection;
  }

  /**
   * Begins to send.
   *
   * @param whole the request, whose position is not changed
   * @param from when its time is counted from, by {@link System#nanoTime}
   * @return whether all of it is sent
   */
  boolean begin(ByteBuffer whole, long from) throws IOException {
    since = from;
    request = whole.duplicate();
    return write();
  }

  /**
   * @return whether all of the request is sent
   */
  boolean write() throws IOException {
    channel.write(request);
    return !request.hasRemaining();
  }

  /**
   * Reads what has arrived.
   *
   * @param room for it, whose content does not matter
   * @return whether the answer is whole
   * @throws HandspunException if it is no good one, or the connection was closed
   */
  boolean read(ByteBuffer room) throws IOException {
    room.clear();
    if (channel.read(room) < 0) {
      throw new HandspunException("The server closed a connection before it had answered.");
    }
    if (!parser.take(room.flip())) {
      return false;
    }
    if (parser.status() != OK) {
      throw new HandspunException(
          "The server answered with status %d: %s"
              .formatted(parser.status(), parser.text().strip()));
    }
    return true;
  }

  /** {@return nanoseconds since when the request's time is counted from} */
  long elapsed() {
    return System.nanoTime() - since;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
