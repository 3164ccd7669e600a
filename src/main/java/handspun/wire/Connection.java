package handspun.wire;

import java.nio.channels.SocketChannel;

/**
 * A connection to another executor, past the handshake.
 *
 * @param out protects what is sent
 * @param in protects what is received
 */
public record Connection(SocketChannel channel, FrameProtection out, FrameProtection in) {
  /** A connection whose frames have a checksum. */
  static Connection plain(SocketChannel channel) {
    return new Connection(channel, new Crc32c(), new Crc32c());
  }

  void close() {
    Listener.closeQuietly(channel);
  }
}
