package handspun.wire;

import java.io.Closeable;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** A connection to another executor, with one frame on its way in each direction. */
final class Link implements Closeable {
  private final Peer peer;
  private final SocketChannel channel;
  private final SelectionKey key;
  private final Frame out;
  private final Frame in;
  private int framesSent;
  private int framesReceived;

  /** Bytes of the next frame that came together with the last one. */
  private int surplus;

  private boolean sending;
  private boolean receiving;
  private long bytesSent;

  /** Sets up a connection for payloads of at most so many bytes. */
  Link(Peer peer, Connection connection, Selector selector, int mostOut, int mostIn)
      throws IOException {
    this.peer = peer;
    channel = connection.channel();
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
    key = channel.register(selector, 0);
    out = new Frame(mostOut, connection.out());
    in = new Frame(mostIn, connection.in());
  }

  /** The frame to be filled, and then {@linkplain #send sent}. */
  Frame outgoing() {
    return out;
  }

  /** The frame that was received last. */
  Frame incoming() {
    return in;
  }

  void send() {
    out.seal(framesSent++);
    bytesSent += out.bytes().limit();
    sending = true;
  }

  void receive() {
    ByteBuffer bytes = in.bytes();
    if (surplus > 0) {
      int end = in.length();
      bytes.clear();
      bytes.put(0, bytes, end, surplus);
    }
    bytes.clear().position(surplus);
    receiving = true;
  }

  /** Sends and receives what can be without waiting; returns whether there was anything. */
  boolean move() {
    try {
      boolean sent = sending && sendSome();
      boolean received = receiving && receiveSome();
      return sent || received;
    } catch (IOException e) {
      throw new WireException("the connection to " + peer + " failed: " + e.getMessage(), e);
    }
  }

  private boolean sendSome() throws IOException {
    int count = channel.write(out.bytes());
    sending = out.bytes().hasRemaining();
    return count > 0;
  }

  private boolean receiveSome() throws IOException {
    ByteBuffer bytes = in.bytes();
    int count = surplus > 0 ? 0 : channel.read(bytes);
    if (count < 0) {
      throw new WireException(peer + " closed the connection", null);
    }
    boolean some = count > 0 || surplus > 0;
    surplus = 0;
    if (bytes.position() < Frame.HEADER) {
      return some;
    }
    int length = in.payloadLength();
    if (length < 0 || length > in.room()) {
      throw new WireException(
          "%s sent a frame of %s bytes, but at most %d can be right"
              .formatted(peer, Integer.toUnsignedString(length), in.room()),
          null);
    }
    int more = bytes.position() - in.length();
    if (more >= 0) {
      String fault = in.open(framesReceived++);
      if (fault != null) {
        throw new WireException(peer + " sent " + fault, null);
      }
      surplus = more;
      receiving = false;
    }
    return some;
  }

  boolean isBusy() {
    return sending || receiving;
  }

  boolean isReceiving() {
    return receiving;
  }

  /** Says for what the selector is to wake. */
  void registerInterest() {
    key.interestOps((sending ? SelectionKey.OP_WRITE : 0) | (receiving ? SelectionKey.OP_READ : 0));
  }

  Peer peer() {
    return peer;
  }

  long bytesSent() {
    return bytesSent;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
