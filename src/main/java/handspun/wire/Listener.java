package handspun.wire;

import handspun.wire.Handshake.Answer;
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
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;

/**
 * Where other executors connect, before the first mini-batch. Whoever cannot prove by a {@link
 * Handshake} to be one of them is turned away, and when all have come, nobody else can connect any
 * more.
 */
public final class Listener implements AutoCloseable {
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

  /** {@return a listener at a free port of one address or name of this machine} */
  public static Listener open(String address, PortRange ports) {
    return open(address, port -> new InetSocketAddress(address, port), ports);
  }

  /** {@return a listener at a free port of all addresses of this machine} */
  static Listener atAllAddresses(PortRange ports) {
    return open("any address", InetSocketAddress::new, ports);
  }

  private static Listener open(
      String place, IntFunction<InetSocketAddress> address, PortRange ports) {
    IOException last = null;
    for (int port = ports.from(); port <= ports.to(); port++) {
      ServerSocketChannel server = null;
      try {
        server = ServerSocketChannel.open();
        server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        server.bind(address.apply(port), QUEUE);
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
        "no port of " + ports + " could be opened at " + place + ": " + last.getMessage(), last);
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
  public Map<Peer, Connection> connect(
      Handshake handshake,
      Route route,
      List<Peer> peers,
      Duration limit,
      BooleanSupplier cancelled) {
    Map<Peer, Connection> connections = new HashMap<>();
    Set<Peer> behind = new HashSet<>();
    try {
      for (Peer peer : peers) {
        if (!route.peers().contains(peer.number())) {
          continue;
        }
        if (peer.number() < handshake.own()) {
          connections.put(peer, Connector.connect(handshake, peer, limit, cancelled));
        } else {
          behind.add(peer);
        }
      }
      connections.putAll(accept(handshake, behind, limit, cancelled));
      return connections;
    } catch (WireException e) {
      connections.values().forEach(Connection::close);
      throw e;
    }
  }

  /** {@return a connection from each of the executors that are expected, within the limit} */
  Map<Peer, Connection> accept(
      Handshake handshake, Set<Peer> expected, Duration limit, BooleanSupplier cancelled) {
    Map<Peer, Connection> accepted = new HashMap<>();
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
            Optional<Answer> answer = verify(caller, handshake);
            if (answer.isPresent()) {
              key.cancel();
              pending.remove(caller);
              keep(caller, answer.get(), handshake, expected, accepted);
            }
          }
        }
        selector.selectedKeys().clear();
        pending.removeIf(caller -> !caller.isOpen());
      }
      return accepted;
    } catch (IOException | RuntimeException e) {
      accepted.values().forEach(Connection::close);
      throw e instanceof WireException told
          ? told
          : new WireException("waiting for other executors failed: " + e.getMessage(), e);
    } finally {
      pending.forEach(caller -> closeQuietly(caller.channel));
    }
  }

  private static void keep(
      Caller caller,
      Answer answer,
      Handshake handshake,
      Set<Peer> expected,
      Map<Peer, Connection> accepted) {
    Optional<Peer> peer =
        expected.stream().filter(p -> p.number() == answer.executor()).findFirst();
    if (peer.isEmpty() || accepted.containsKey(peer.get())) {
      closeQuietly(caller.channel);
      return;
    }
    accepted.put(peer.get(), handshake.fromListener(caller.channel, caller.nonce, answer.nonce()));
    handshake.requireSame(peer.get(), answer.protection());
  }

  private static void requireTime(
      long end,
      Duration limit,
      Set<Peer> expected,
      Map<Peer, Connection> accepted,
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
      Caller caller = new Caller(channel, Secret.nonce(), ByteBuffer.allocate(Handshake.ANSWER));
      channel.configureBlocking(false);
      channel.write(ByteBuffer.wrap(Handshake.greeting(caller.nonce)));
      channel.register(selector, SelectionKey.OP_READ, caller);
      pending.add(caller);
      if (pending.size() > MOST_PENDING) {
        closeQuietly(pending.remove().channel);
      }
    } catch (IOException e) {
      closeQuietly(channel);
    }
  }

  /** Gives the executor once it has proved which it is; empty before, or if it is turned away. */
  private static Optional<Answer> verify(Caller caller, Handshake handshake) {
    try {
      if (caller.channel.read(caller.answer) >= 0) {
        if (caller.answer.hasRemaining()) {
          return Optional.empty();
        }
        Answer answer = handshake.read(caller.answer.flip(), caller.nonce);
        if (answer.isProved()) {
          caller.channel.write(handshake.reply(answer, caller.nonce));
          return Optional.of(answer);
        }
      }
    } catch (IOException e) {
      // Whoever it was has gone.
    }
    closeQuietly(caller.channel);
    return Optional.empty();
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
