package handspun.serve;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The system's channel to a client. What the JDK's server refuses by itself is put in our words;
 * and where it would close the connection without a word, while no request is with our code, it is
 * said why.
 */
final class ClientChannel extends SocketChannel implements WatchedSelector.Watched {
  /** To a client that is still sending, an answer arrives only if what it sends is read. */
  private static final int MOST_LINGER_MILLIS = 1000;

  private static final int MOST_LINGER_BYTES = 8 << 20;
  private static final int LINGER_PAUSE_MILLIS = 5;
  private static final int BUFFER_BYTES = 16 << 10;

  private final SocketChannel system;
  private final Connections connections;
  private final SocketAddress client;

  /** Requests that are with our code, which answers them: the next may be before one has left. */
  private final AtomicInteger claims = new AtomicInteger();

  /** Part of a request has arrived that nobody has answered. */
  private volatile boolean isUnanswered;

  ClientChannel(SocketChannel system, Connections connections) throws IOException {
    super(system.provider());
    this.system = system;
    this.connections = connections;
    this.client = system.getRemoteAddress();
    connections.opened(client, this);
  }

  @Override
  public SelectableChannel system() {
    return system;
  }

  /** A request is with our code from now on. */
  void claim() {
    claims.incrementAndGet();
  }

  /** It is no more: what arrives now is the next one's. */
  void leave() {
    if (claims.decrementAndGet() == 0) {
      isUnanswered = false;
    }
  }

  @Override
  public int read(ByteBuffer to) throws IOException {
    int count = system.read(to);
    if (count > 0 && claims.get() == 0) {
      isUnanswered = true;
    }
    return count;
  }

  @Override
  public int write(ByteBuffer from) throws IOException {
    Optional<byte[]> refusal =
        connections.areLegible() ? JdkRefusal.inOurWords(from) : Optional.empty();
    if (refusal.isEmpty()) {
      return system.write(from);
    }
    int count = from.remaining();
    from.position(from.limit());
    refuse(refusal.get());
    return count;
  }

  private void refuse(byte[] answer) throws IOException {
    isUnanswered = false;
    connections.refused();
    for (ByteBuffer rest = ByteBuffer.wrap(answer); rest.hasRemaining(); ) {
      system.write(rest);
    }
    system.shutdownOutput();
    linger();
  }

  /** Passes over what still comes, for a while. */
  private void linger() throws IOException {
    long end = System.nanoTime() + MOST_LINGER_MILLIS * 1_000_000L;
    ByteBuffer unread = ByteBuffer.allocate(BUFFER_BYTES);
    system.configureBlocking(false);
    try {
      int read = 0;
      for (int count = 0;
          count >= 0 && read < MOST_LINGER_BYTES && System.nanoTime() < end;
          read += count) {
        count = system.read(unread.clear());
        if (count == 0) {
          Thread.sleep(LINGER_PAUSE_MILLIS);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  protected void implCloseSelectableChannel() throws IOException {
    connections.closed(client, this);
    try {
      // The thread that watches all connections must not wait for one; there it does not block.
      if (isUnanswered && claims.get() == 0 && connections.areLegible() && system.isBlocking()) {
        refuse(JdkRefusal.ofTheHead());
      }
    } catch (IOException e) {
      // It has gone, so there is nobody to tell.
    } finally {
      system.close();
    }
  }

  @Override
  protected void implConfigureBlocking(boolean block) throws IOException {
    system.configureBlocking(block);
  }

  @Override
  public long read(ByteBuffer[] to, int offset, int length) throws IOException {
    return system.read(to, offset, length);
  }

  @Override
  public long write(ByteBuffer[] from, int offset, int length) throws IOException {
    return system.write(from, offset, length);
  }

  @Override
  public SocketChannel bind(SocketAddress local) throws IOException {
    system.bind(local);
    return this;
  }

  @Override
  public <T> SocketChannel setOption(SocketOption<T> name, T value) throws IOException {
    system.setOption(name, value);
    return this;
  }

  @Override
  public <T> T getOption(SocketOption<T> name) throws IOException {
    return system.getOption(name);
  }

  @Override
  public Set<SocketOption<?>> supportedOptions() {
    return system.supportedOptions();
  }

  @Override
  public SocketChannel shutdownInput() throws IOException {
    system.shutdownInput();
    return this;
  }

  @Override
  public SocketChannel shutdownOutput() throws IOException {
    system.shutdownOutput();
    return this;
  }

  @Override
  public Socket socket() {
    return system.socket();
  }

  @Override
  public boolean isConnected() {
    return system.isConnected();
  }

  @Override
  public boolean isConnectionPending() {
    return system.isConnectionPending();
  }

  @Override
  public boolean connect(SocketAddress remote) throws IOException {
    return system.connect(remote);
  }

  @Override
  public boolean finishConnect() throws IOException {
    return system.finishConnect();
  }

  @Override
  public SocketAddress getRemoteAddress() throws IOException {
    return system.getRemoteAddress();
  }

  @Override
  public SocketAddress getLocalAddress() throws IOException {
    return system.getLocalAddress();
  }
}
