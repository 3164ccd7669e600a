package handspun.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ListenerTest {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final Duration SHORT = Duration.ofSeconds(1);

  private final Secret secret = Secret.random();
  private final Listener listener = Listener.open("127.0.0.1", new PortRange(0, 0));
  private final Peer host = new Peer(0, "a", "127.0.0.1", listener.port());
  private final Peer other = new Peer(1, "b", "127.0.0.1", 1);
  private final List<Closeable> opened = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    listener.close();
    for (Closeable one : opened) {
      one.close();
    }
  }

  private CompletableFuture<Map<Peer, Connection>> accept(Duration limit) {
    return CompletableFuture.supplyAsync(
        () -> listener.accept(plain(0, secret), Set.of(other), limit, () -> false));
  }

  private static Handshake plain(int number, Secret with) {
    return new Handshake(number, with, Protection.CHECKSUM);
  }

  private SocketChannel connect(int number, Secret with, Duration limit) {
    SocketChannel channel =
        Connector.connect(plain(number, with), host, limit, () -> false).channel();
    opened.add(channel);
    return channel;
  }

  private Socket stranger() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), listener.port());
    opened.add(socket);
    return socket;
  }

  private void requireOpen(CompletableFuture<Map<Peer, Connection>> accepted) throws Exception {
    SocketChannel inside = connect(1, secret, LIMIT);
    Map<Peer, Connection> channels = accepted.get();
    assertThat(channels).containsOnlyKeys(other);
    SocketChannel outside = channels.get(other).channel();
    opened.add(outside);
    inside.write(ByteBuffer.wrap(new byte[] {42}));
    outside.configureBlocking(true);
    ByteBuffer heard = ByteBuffer.allocate(1);
    outside.read(heard);
    assertThat(heard.get(0)).isEqualTo((byte) 42);
  }

  @Test
  void opensForWhoKnowsTheSecret() throws Exception {
    requireOpen(accept(LIMIT));
  }

  @Test
  void staysShutForAStrangerAndStillOpensForAFriend() throws Exception {
    CompletableFuture<Map<Peer, Connection>> accepted = accept(LIMIT);
    assertThatThrownBy(() -> connect(1, Secret.random(), SHORT))
        .isInstanceOf(WireException.class)
        .hasMessageStartingWith(
            "executor a (127.0.0.1:" + listener.port() + ") could not be reached");
    requireOpen(accepted);
  }

  @Test
  void staysShutForAFriendWithANumberThatNobodyExpects() throws Exception {
    CompletableFuture<Map<Peer, Connection>> accepted = accept(LIMIT);
    SocketChannel unexpected = connect(7, secret, LIMIT);
    assertThat(unexpected.socket().getInputStream().read()).isEqualTo(-1);
    requireOpen(accepted);
  }

  @Test
  void isNotImpressedByRandomBytesHalfOpenAndThousandConnections() throws Exception {
    CompletableFuture<Map<Peer, Connection>> accepted = accept(LIMIT);
    for (int i = 0; i < 1000; i++) {
      Socket socket = stranger();
      if (i % 3 == 0) {
        byte[] noise = new byte[Handshake.ANSWER + i % 50];
        new Random(i).nextBytes(noise);
        try {
          OutputStream out = socket.getOutputStream();
          out.write(noise);
        } catch (IOException e) {
          // Already turned away.
        }
      } else if (i % 3 == 1) {
        socket.close();
      }
    }
    requireOpen(accepted);
  }

  @Test
  void doesNotBelieveWhoeverElseAnswers() throws Exception {
    try (ServerSocket stranger = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      CompletableFuture<Void> answering =
          CompletableFuture.runAsync(
              () -> {
                try {
                  while (true) {
                    try (Socket socket = stranger.accept()) {
                      socket
                          .getOutputStream()
                          .write(
                              "HTTP/1.1 400 Bad Request\r\n"
                                  .repeat(9)
                                  .getBytes(StandardCharsets.US_ASCII));
                    }
                  }
                } catch (IOException e) {
                  // Closed: the test is over.
                }
              });
      Peer wrong = new Peer(0, "a", "127.0.0.1", stranger.getLocalPort());
      assertThatThrownBy(() -> Connector.connect(plain(1, secret), wrong, SHORT, () -> false))
          .hasMessageContaining("something else than this version of Handspun answers");
      assertThat(answering).isNotCompletedExceptionally();
    }
  }

  @Test
  void doesNotBelieveAHostThatDoesNotKnowTheSecret() throws Exception {
    Secret others = Secret.random();
    CompletableFuture<?> cheat =
        CompletableFuture.runAsync(
            () -> {
              try (ServerSocket server = new ServerSocket(0)) {
                Peer fake = new Peer(0, "a", "127.0.0.1", server.getLocalPort());
                CompletableFuture<?> connecting =
                    CompletableFuture.runAsync(
                        () ->
                            assertThatThrownBy(
                                    () ->
                                        Connector.connect(
                                            plain(1, secret), fake, SHORT, () -> false))
                                .hasMessageContaining("does not know the secret"));
                while (!connecting.isDone()) {
                  server.setSoTimeout(100);
                  try (Socket socket = server.accept()) {
                    byte[] nonce = Secret.nonce();
                    socket
                        .getOutputStream()
                        .write(Handshake.HELLO.getBytes(StandardCharsets.US_ASCII));
                    socket.getOutputStream().write(nonce);
                    InputStream in = socket.getInputStream();
                    byte[] theirs = in.readNBytes(Secret.NONCE);
                    in.readNBytes(Handshake.ANSWER - Secret.NONCE);
                    byte code = Protection.CHECKSUM.code();
                    socket.getOutputStream().write(code);
                    socket.getOutputStream().write(others.proof(0, code, theirs, nonce));
                    in.read();
                  } catch (IOException e) {
                    // Nobody connects in this moment, or whoever did has just given up.
                  }
                }
                connecting.join();
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
    cheat.get();
  }

  @Test
  void saysWhoHasNotCome() {
    assertThatThrownBy(() -> accept(SHORT).get())
        .isInstanceOf(ExecutionException.class)
        .rootCause()
        .hasMessage("executor b (127.0.0.1:1) did not connect for 1 s");
  }

  @Test
  void givesUpWhenToldToEnd() {
    assertThatThrownBy(() -> listener.accept(plain(0, secret), Set.of(other), LIMIT, () -> true))
        .hasMessageContaining("stopped");
  }

  @Test
  void takesTheNextPortOfARangeAndSaysWhenThereIsNone() {
    int taken = listener.port();
    PortRange range = new PortRange(taken, Math.min(65535, taken + 20));
    try (Listener next = Listener.open("127.0.0.1", range)) {
      assertThat(next.port()).isBetween(taken + 1, taken + 20);
    }
    assertThatThrownBy(() -> Listener.open("127.0.0.1", new PortRange(taken, taken)))
        .isInstanceOf(WireException.class)
        .hasMessageStartingWith("no port of " + taken + " could be opened at 127.0.0.1");
    assertThatThrownBy(() -> Listener.open("no.such.host.invalid", new PortRange(0, 0)))
        .isInstanceOf(WireException.class)
        .hasMessageContaining("no.such.host.invalid");
  }
}
