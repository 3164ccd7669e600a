package handspun.wire;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import handspun.wire.Route.Shape;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;

/**
 * The all-reduce of executor 1 of 2, whose vectors have three numbers, and the raw other end of its
 * connection.
 */
final class HalfExchange implements AutoCloseable {
  static final int PAYLOAD = 3 * Float.BYTES;

  private final SocketChannel far;
  private final AllReduce near;

  private HalfExchange(Duration timeout, FrameProtection out, FrameProtection in)
      throws IOException {
    try (ServerSocketChannel server = ServerSocketChannel.open()) {
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      SocketChannel channel = SocketChannel.open(server.getLocalAddress());
      far = server.accept();
      near =
          new AllReduce(
              Route.of(Shape.DOUBLING, 1, 2),
              Map.of(new Peer(0, "a", "127.0.0.1", 7), new Connection(channel, out, in)),
              new Vectors(2, 3),
              timeout,
              true);
    }
  }

  /** Frames have checksums. */
  static HalfExchange plain(Duration timeout) throws IOException {
    return new HalfExchange(timeout, new Crc32c(), new Crc32c());
  }

  /** Frames that come in are encrypted by this key. */
  static HalfExchange encrypted(Duration timeout, byte[] key) throws IOException {
    return new HalfExchange(timeout, new AesGcm(key), new AesGcm(key));
  }

  /** A frame that the other end may send. */
  static ByteBuffer frame(FrameProtection protection, int number, float... payload) {
    Frame frame = new Frame(payload.length * Float.BYTES, protection);
    frame.put(payload, 0, payload.length);
    frame.seal(number);
    return frame.bytes();
  }

  /** The raw other end. */
  SocketChannel far() {
    return far;
  }

  AllReduce near() {
    return near;
  }

  void exchange() {
    near.run(() -> false);
  }

  void assertFails(String message) {
    assertThatThrownBy(this::exchange)
        .isInstanceOf(WireException.class)
        .hasMessage("executor a (127.0.0.1:7) " + message);
  }

  @Override
  public void close() throws IOException {
    near.close();
    far.close();
  }
}
