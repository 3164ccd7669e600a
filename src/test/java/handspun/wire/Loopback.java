package handspun.wire;

import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/** Executors that are threads of this process, connected by real sockets. */
public final class Loopback implements AutoCloseable {
  private static final PortRange ANY = new PortRange(0, 0);

  private final List<Conversation> conversations = new ArrayList<>();

  /** Connects executors along routes of a shape, each with its cargo. */
  public static Loopback connect(
      Route.Shape shape, List<? extends Cargo> cargos, Duration patience) {
    int executors = cargos.size();
    Secret secret = Secret.random();
    List<Door> doors = new ArrayList<>();
    List<Peer> peers = new ArrayList<>();
    for (int e = 0; e < executors; e++) {
      doors.add(Door.open("127.0.0.1", ANY));
      peers.add(new Peer(e, "e" + e, "127.0.0.1", doors.get(e).port()));
    }
    ExecutorService threads = Executors.newFixedThreadPool(executors);
    try {
      List<CompletableFuture<Conversation>> connecting = new ArrayList<>();
      for (int e = 0; e < executors; e++) {
        int own = e;
        Route route = Route.of(shape, own, executors);
        connecting.add(
            CompletableFuture.supplyAsync(
                () ->
                    new Conversation(
                        route,
                        channels(own, route, doors.get(own), peers, secret, patience),
                        cargos.get(own),
                        patience,
                        executors <= Runtime.getRuntime().availableProcessors()),
                threads));
      }
      Loopback loopback = new Loopback();
      connecting.forEach(one -> loopback.conversations.add(one.join()));
      return loopback;
    } finally {
      doors.forEach(Door::close);
      threads.shutdown();
    }
  }

  private static Map<Peer, SocketChannel> channels(
      int own, Route route, Door door, List<Peer> peers, Secret secret, Duration limit) {
    Map<Peer, SocketChannel> channels = new HashMap<>();
    for (Peer peer : peers.subList(0, own)) {
      if (route.peers().contains(peer.number())) {
        channels.put(peer, Door.knock(own, peer, secret, limit, () -> false));
      }
    }
    Set<Peer> expected =
        peers.subList(own + 1, peers.size()).stream()
            .filter(peer -> route.peers().contains(peer.number()))
            .collect(Collectors.toSet());
    channels.putAll(door.admit(own, expected, secret, limit, () -> false));
    return channels;
  }

  /** One executor's. */
  public Conversation conversation(int executor) {
    return conversations.get(executor);
  }

  @Override
  public void close() {
    conversations.forEach(Conversation::close);
  }
}
