package handspun.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two executors that know each other, but may protect their frames differently. */
class HandshakeTest {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final PortRange ANY = new PortRange(0, 0);

  private final Secret secret = Secret.random();

  private CompletableFuture<Void> connect(
      int own, Listener listener, List<Peer> peers, Protection protection) {
    return CompletableFuture.runAsync(
        () ->
            listener
                .connect(
                    new Handshake(own, secret, protection),
                    Route.of(Route.Shape.DOUBLING, own, 2),
                    peers,
                    LIMIT,
                    () -> false)
                .values()
                .forEach(Connection::close));
  }

  @ParameterizedTest
  @CsvSource({
    "CHECKSUM, AES_GCM, plain text, encrypted frames",
    "AES_GCM, CHECKSUM, encrypted frames, plain text"
  })
  void bothSayAtOnceThatOneEncryptsAndTheOtherDoesNot(
      Protection ofListener, Protection ofConnector, String listenerSends, String connectorSends) {
    try (Listener first = Listener.open("127.0.0.1", ANY);
        Listener second = Listener.open("127.0.0.1", ANY)) {
      Peer a = new Peer(0, "a", "127.0.0.1", first.port());
      Peer b = new Peer(1, "b", "127.0.0.1", second.port());
      CompletableFuture<Void> listening = connect(0, first, List.of(a, b), ofListener);
      CompletableFuture<Void> connecting = connect(1, second, List.of(a, b), ofConnector);
      String rest = ": all executors must have the same settings, and the same Handspun";
      assertThatThrownBy(listening::join)
          .isInstanceOf(CompletionException.class)
          .rootCause()
          .isInstanceOf(WireException.class)
          .hasMessage(
              "%s sends %s, but this executor sends %s%s"
                  .formatted(b, connectorSends, listenerSends, rest));
      assertThatThrownBy(connecting::join)
          .rootCause()
          .isInstanceOf(WireException.class)
          .hasMessage(
              "%s sends %s, but this executor sends %s%s"
                  .formatted(a, listenerSends, connectorSends, rest));
    }
  }

  @Test
  void nobodyOnTheWayCanTalkThemIntoPlainText() throws Exception {
    byte[] listeners = Secret.nonce();
    byte[] connectors = Secret.nonce();
    Handshake here = new Handshake(0, secret, Protection.AES_GCM);
    Handshake there = new Handshake(1, secret, Protection.AES_GCM);
    byte[] answer = there.answer(listeners, connectors).array();
    assertThat(here.read(ByteBuffer.wrap(answer), listeners).isProved()).isTrue();
    answer[Secret.NONCE + Integer.BYTES] = Protection.CHECKSUM.code();
    assertThat(here.read(ByteBuffer.wrap(answer), listeners).isProved()).isFalse();

    byte[] reply =
        here.reply(new Handshake.Answer(1, (byte) 1, connectors, true), listeners).array();
    Peer listener = new Peer(0, "a", "127.0.0.1", 1);
    there.verify(reply, listener, connectors, listeners);
    reply[0] = Protection.CHECKSUM.code();
    assertThatThrownBy(() -> there.verify(reply, listener, connectors, listeners))
        .hasMessage("whoever answers does not know the secret of this run");
  }
}
