package handspun.wire;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Where other executors connect, before the first mini-batch. Whoever cannot prove to be one of
 * them is turned away, and when all have come, nobody else can connect any more.
 *
 * <p>The handshake: whoever listens says {@value #HELLO} and makes up 16 bytes; whoever connects
 * answers with 16 bytes of its own, its number (32 bits, big-endian) and its {@link Secret proof};
 * whoever listens answers with its own proof.
 */
public final class Listener implements AutoCloseable {
  static final String HELLO = "HSWIRE 1";

  static final int GREETING = HELLO.length() + Secret.NONCE;
  static final int ANSWER = Secret.NONCE + Integer.BYTES + Secret.PROOF;

  /** Connections that the operating system keeps until they are accepted. */
  private static final int QUEUE = 1024;

  /** More who have not answered yet are not kept: a stranger could take all of a process' files. */
  private static final int MOST_PENDING = 128;

  private static final long POLL_MILLIS = 50;

  private final ServerSocketChannel server;

  /** Who has connected and may be anybody, until the answer proves more. */
  private record Caller(SocketChannel channel, byte[] nonce, ByteBuffer answer) {
    boolean isOpen() {
      return channel.isOpen();
    }
  }

  private Listener(ServerSocketChannel server) {
    this.server = server;
  }

  /** {@return a listener at a free port of this machine, named as others know it} */
  public static Listener open(String host, PortRange ports) {
    IOException last = null;
    for (int port = ports.from(); port <= ports.to(); port++) {
      ServerSocketChannel server = null;
      try {
        server = ServerSocketChannel.open();
        server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        server.bind(new InetSocketAddress(host, port), QUEUE);
        server.configureBlocking(false);
        return new Listener(server);
      } catch (IOException | RuntimeException e) {
        last = e instanceof IOException io ? io : new IOException(e);
        closeQuietly(server);
        if (!(e instanceof BindException)) {
          break;
        }
      }
    }
    throw new WireException(
        "no port of " + ports + " could be opened at " + host + ": " + last.getMessage(), last);
  }

  /** {@return the port} */
  public int port() {
    return server.socket().getLocalPort();
  }

  /**
   * Connects an executor to those on its route. Each connects to those before it, then accepts
   * those behind it, so that none waits for one that waits for it.
   *
   * @param route which other ones it needs
   * @param peers all executors, by number
   * @param limit how long to wait for each
   * @return the connections
   * @throws WireException if not all can be reached in time
   */
  public Map<Peer, SocketChannel> connect(
      int own,
      Route route,
      List<Peer> peers,
      Secret secret,
      Duration limit,
      BooleanSupplier cancelled) {
    Map<Peer, SocketChannel> channels = new HashMap<>();
    Set<Peer> behind = new HashSet<>();
    try {
      for (Peer peer : peers) {
        if (!route.peers().contains(peer.number())) {
          continue;
        }
        if (peer.number() < own) {
          channels.put(peer, Connector.connect(own, peer, secret, limit, cancelled));
        } else {
          behind.add(peer);
        }
      }
      channels.putAll(accept(own, behind, secret, limit, cancelled));
      return channels;
    } catch (WireException e) {
      channels.values().forEach(Listener::closeQuietly);
      throw e;
    }
  }

  /** {@return a connection from each of the executors that are expected, within the limit} */
  public Map<Peer, SocketChannel> accept(
      int own, Set<Peer> expected, Secret secret, Duration limit, BooleanSupplier cancelled) {
    Map<Peer, SocketChannel> accepted = new HashMap<>();
    Deque<Caller> pending = new ArrayDeque<>();
    long end = System.nanoTime() + limit.toNanos();
    try (Selector selector = Selector.open()) {
      server.register(selector, SelectionKey.OP_ACCEPT);
      while (accepted.size() < expected.size()) {
        requireTime(end, limit, expected, accepted, cancelled);
        selector.select(POLL_MILLIS);
        for (SelectionKey key : selector.selectedKeys()) {
          if (key.isValid() && key.isAcceptable()) {
            acceptCaller(selector, pending);
          } else if (key.isValid()) {
            Caller caller = (Caller) key.attachment();
            int executor = verify(caller, own, secret);
            if (executor >= 0) {
              key.cancel();
              pending.remove(caller);
              keep(caller.channel, executor, expected, accepted);
            }
          }
        }
        selector.selectedKeys().clear();
        pending.removeIf(caller -> !caller.isOpen());
      }
      return accepted;
    } catch (IOException | RuntimeException e) {
      accepted.values().forEach(Listener::closeQuietly);
      throw e instanceof WireException told
          ? told
          : new WireException("waiting for other executors failed: " + e.getMessage(), e);
    } finally {
      pending.forEach(caller -> closeQuietly(caller.channel));
    }
  }

  private static void keep(
      SocketChannel channel, int executor, Set<Peer> expected, Map<Peer, SocketChannel> accepted) {
    Optional<Peer> peer = expected.stream().filter(p -> p.number() == executor).findFirst();
    if (peer.isEmpty() || accepted.putIfAbsent(peer.get(), channel) != null) {
      closeQuietly(channel);
    }
  }

  private static void requireTime(
      long end,
      Duration limit,
      Set<Peer> expected,
      Map<Peer, SocketChannel> accepted,
      BooleanSupplier cancelled) {
    if (cancelled.getAsBoolean()) {
      throw new WireException("stopped while waiting for other executors", null);
    }
    if (System.nanoTime() > end) {
      Peer missing =
          expected.stream().filter(e -> !accepted.containsKey(e)).findFirst().orElseThrow();
      throw new WireException(missing + " did not connect for " + limit.toSeconds() + " s", null);
    }
  }

  private void acceptCaller(Selector selector, Deque<Caller> pending) throws IOException {
    SocketChannel channel = server.accept();
    if (channel == null) {
      return;
    }
    try {
      Caller caller = new Caller(channel, Secret.nonce(), ByteBuffer.allocate(ANSWER));
      channel.configureBlocking(false);
      channel.write(ByteBuffer.wrap(greeting(caller.nonce)));
      channel.register(selector, SelectionKey.OP_READ, caller);
      pending.add(caller);
      if (pending.size() > MOST_PENDING) {
        closeQuietly(pending.remove().channel);
      }
    } catch (IOException e) {
      closeQuietly(channel);
    }
  }

  /** Gives the executor's number once it has proved it; -1 before, or if it is turned away. */
  private static int verify(Caller caller, int own, Secret secret) {
    try {
      if (caller.channel.read(caller.answer) >= 0) {
        if (caller.answer.hasRemaining()) {
          return -1;
        }
        byte[] nonce = new byte[Secret.NONCE];
        byte[] proof = new byte[Secret.PROOF];
        caller.answer.flip().get(nonce);
        int executor = caller.answer.getInt();
        caller.answer.get(proof);
        if (executor >= 0 && secret.isProof(proof, executor, caller.nonce, nonce)) {
          caller.channel.write(ByteBuffer.wrap(secret.proof(own, nonce, caller.nonce)));
          return executor;
        }
      }
    } catch (IOException e) {
      // Whoever it was has gone.
    }
    closeQuietly(caller.channel);
    return -1;
  }

  static byte[] greeting(byte[] nonce) {
    byte[] hello = HELLO.getBytes(StandardCharsets.US_ASCII);
    byte[] greeting = Arrays.copyOf(hello, GREETING);
    System.arraycopy(nonce, 0, greeting, hello.length, nonce.length);
    return greeting;
  }

  static void closeQuietly(Channel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      // It is gone either way.
    }
  }

  /** Nobody can connect any more. */
  @Override
  public void close() {
    closeQuietly(server);
  }
}
