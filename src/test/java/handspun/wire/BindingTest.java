package handspun.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import handspun.bench.Loopback;
import handspun.wire.Route.Shape;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** At which addresses an executor can be reached. */
class BindingTest {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final PortRange ANY = new PortRange(0, 0);
  private static final Binding EVERYWHERE = new Binding("", ANY);

  private final Secret secret = Secret.random();

  /** Not of the loopback device. */
  private static Optional<InetAddress> outerAddress() throws SocketException {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
        .findFirst();
  }

  private static InetAddress requireOuterAddress() throws SocketException {
    Optional<InetAddress> outer = outerAddress();
    assumeTrue(outer.isPresent(), "This machine has no address but that of the loopback device.");
    return outer.get();
  }

  private static boolean answers(InetAddress address, int port) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, port), 10_000);
      return socket.getInputStream().readNBytes(8).length == 8;
    } catch (IOException e) {
      return false;
    }
  }

  private CompletableFuture<Map<Peer, Connection>> accept(Listener listener, Peer expected) {
    return CompletableFuture.supplyAsync(
        () ->
            listener.accept(
                new Handshake(0, secret, Protection.AES_GCM),
                Set.of(expected),
                LIMIT,
                () -> false));
  }

  @Test
  void isReachedAtEveryAddressByItsFriendsAndByNoStranger() throws Exception {
    InetAddress outer = requireOuterAddress();
    Peer friend = new Peer(1, "b", "far", 1);
    // As others know it: a name that leads here is all that is needed.
    try (Listener listener = EVERYWHERE.open("a.pod.example")) {
      CompletableFuture<Map<Peer, Connection>> accepted = accept(listener, friend);
      assertThat(answers(outer, listener.port())).isTrue();
      Peer host = new Peer(0, "a", outer.getHostAddress(), listener.port());
      assertThatThrownBy(
              () ->
                  Connector.connect(
                      new Handshake(1, Secret.random(), Protection.AES_GCM),
                      host,
                      Duration.ofSeconds(1),
                      () -> false))
          .isInstanceOf(WireException.class)
          .hasMessageStartingWith(host + " could not be reached within 1 s");
      assertThat(accepted).isNotDone();
      Connector.connect(new Handshake(1, secret, Protection.AES_GCM), host, LIMIT, () -> false)
          .close();
      assertThat(accepted.get()).containsOnlyKeys(friend);
      accepted.get().get(friend).close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost"})
  void isReachedByNobodyElseWhereAllAreOnOneMachine(String host) throws Exception {
    InetAddress outer = requireOuterAddress();
    try (Listener listener = EVERYWHERE.open(host)) {
      CompletableFuture<Map<Peer, Connection>> accepted =
          accept(listener, new Peer(1, "b", host, 1));
      assertThat(answers(InetAddress.getByName(host), listener.port())).isTrue();
      assertThat(answers(outer, listener.port())).isFalse();
      assertThat(accepted).isNotDone();
      accepted.cancel(true);
    }
  }

  @Test
  void listensWhereItIsTold() throws Exception {
    try (Listener listener = new Binding("127.0.0.1", ANY).open("a.pod.example");
        ServerSocket taken = new ServerSocket(0)) {
      assertThat(listener.port()).isPositive();
      PortRange port = new PortRange(taken.getLocalPort(), taken.getLocalPort());
      assertThatThrownBy(() -> new Binding("", port).open("a.pod.example"))
          .isInstanceOf(WireException.class)
          .hasMessageStartingWith("no port of " + port + " could be opened at any address: ");
    }
    assertThatThrownBy(() -> new Binding("192.0.2.77", ANY).open("a.pod.example"))
        .isInstanceOf(WireException.class)
        .hasMessageStartingWith("no port of 0 could be opened at 192.0.2.77: ");
  }

  /** Spark writes IPv6 addresses with brackets, Java without. */
  @ParameterizedTest
  @ValueSource(strings = {"[::1]", "::1", "127.0.0.1", "localhost"})
  void executorsMeetAtAnyKindOfAddress(String host) throws Exception {
    assumeTrue(
        !host.contains(":") || hasIpv6(),
        "This machine has no IPv6 loopback address, so nothing is exchanged over it.");
    List<Vectors> all = List.of(new Vectors(2, 5), new Vectors(2, 5));
    Loopback.Wire wire = new Loopback.Wire(host, Protection.AES_GCM, LIMIT, false, port -> port);
    try (Loopback loopback = Loopback.connect(Shape.DOUBLING, all, wire)) {
      all.get(0).of(0)[4] = 7;
      all.get(1).of(1)[3] = 8;
      CompletableFuture<Void> other =
          CompletableFuture.runAsync(() -> loopback.allReduce(1).run(() -> false));
      loopback.allReduce(0).run(() -> false);
      other.join();
      assertThat(all.get(0).of(1)).containsExactly(0, 0, 0, 8, 0);
      assertThat(all.get(1).of(0)).containsExactly(0, 0, 0, 0, 7);
    }
  }

  private static boolean hasIpv6() {
    byte[] loopback = new byte[16];
    loopback[15] = 1;
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByAddress(loopback))) {
      return server.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void anIpv6AddressIsPrintedWithBrackets() {
    assertThat(new Peer(0, "7", "fd00::2", 7100)).hasToString("executor 7 ([fd00::2]:7100)");
    assertThat(new Peer(0, "7", "[fd00::2]", 7100)).hasToString("executor 7 ([fd00::2]:7100)");
    assertThat(new Peer(0, "7", "far", 7100)).hasToString("executor 7 (far:7100)");
  }
}
