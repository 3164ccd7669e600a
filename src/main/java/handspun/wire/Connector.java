package handspun.wire;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** The side of the handshake that connects to another executor's {@link Listener}. */
final class Connector {
  private static final long POLL_MILLIS = 50;

  private Connector() {}

  /** Connects to another executor, again and again until it answers or the limit has passed. */
  static Connection connect(
      Handshake handshake, Peer peer, Duration limit, BooleanSupplier cancelled) {
    long end = System.nanoTime() + limit.toNanos();
    IOException reason = null;
    while (true) {
      long left = end - System.nanoTime();
      try {
        return attempt(handshake, peer, (int) Math.max(1, left / 1_000_000));
      } catch (IOException e) {
        // That the time is up says less than what happened before.
        reason = reason != null && e instanceof SocketTimeoutException ? reason : e;
        if (cancelled.getAsBoolean()) {
          throw new WireException("stopped while connecting to other executors", e);
        }
        if (System.nanoTime() >= end) {
          throw new WireException(
              "%s could not be reached within %d s (%s)"
                  .formatted(peer, limit.toSeconds(), reason.getMessage()),
              reason);
        }
        pause();
      }
    }
  }

  private static Connection attempt(Handshake handshake, Peer peer, int limitMillis)
      throws IOException {
    SocketChannel channel = SocketChannel.open();
    try {
      channel.socket().connect(new InetSocketAddress(peer.host(), peer.port()), limitMillis);
      channel.socket().setSoTimeout(limitMillis);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      byte[] theirs = Handshake.nonce(read(channel, Handshake.GREETING));
      byte[] mine = Secret.nonce();
      channel.write(handshake.answer(theirs, mine));
      handshake.verify(read(channel, Handshake.REPLY), peer, mine, theirs);
      return handshake.toListener(channel, theirs, mine);
    } catch (WireException e) {
      // It is what it should be, so to ask again is of no use.
      Listener.closeQuietly(channel);
      throw e;
    } catch (IOException | RuntimeException e) {
      Listener.closeQuietly(channel);
      throw e instanceof IOException io ? io : new IOException(e.toString(), e);
    }
  }

  private static byte[] read(SocketChannel channel, int count) throws IOException {
    byte[] bytes = channel.socket().getInputStream().readNBytes(count);
    if (bytes.length < count) {
      throw new EOFException("the connection was closed after " + bytes.length + " bytes");
    }
    return bytes;
  }

  private static void pause() {
    try {
      Thread.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WireException("stopped while connecting to other executors", e);
    }
  }
}
