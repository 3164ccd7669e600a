package handspun.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What two executors say before they trust each other: whoever listens says {@value #HELLO} and
 * makes up 16 bytes; whoever connects answers with 16 bytes of its own, its number (32 bits,
 * big-endian), its {@link Protection} (8 bits) and its {@link Secret proof}; whoever listens
 * answers with its own protection and proof.
 *
 * @param own number of this executor
 * @param secret that all executors of the job know
 */
public record Handshake(int own, Secret secret, Protection protection) {
  static final String HELLO = "HSWIRE 2";

  static final int GREETING = HELLO.length() + Secret.NONCE;
  static final int ANSWER = Secret.NONCE + Integer.BYTES + 1 + Secret.PROOF;
  static final int REPLY = 1 + Secret.PROOF;

  private static final String TO_LISTENER = "to the listener";
  private static final String FROM_LISTENER = "from the listener";

  /**
   * What the listener was told, and by whom.
   *
   * @param isProved whether it is true
   */
  record Answer(int executor, byte protection, byte[] nonce, boolean isProved) {}

  /** What the listener says first. */
  static byte[] greeting(byte[] nonce) {
    byte[] hello = HELLO.getBytes(StandardCharsets.US_ASCII);
    byte[] greeting = Arrays.copyOf(hello, GREETING);
    System.arraycopy(nonce, 0, greeting, hello.length, nonce.length);
    return greeting;
  }

  /** What the listener made up, as its greeting tells. */
  static byte[] nonce(byte[] greeting) throws IOException {
    byte[] nonce = Arrays.copyOfRange(greeting, HELLO.length(), GREETING);
    if (!Arrays.equals(greeting, greeting(nonce))) {
      throw new IOException("something else than this version of Handspun answers");
    }
    return nonce;
  }

  /** What is said to the listener. */
  ByteBuffer answer(byte[] challenge, byte[] nonce) {
    byte[] proof = secret.proof(own, protection.code(), challenge, nonce);
    return ByteBuffer.allocate(ANSWER)
        .put(nonce)
        .putInt(own)
        .put(protection.code())
        .put(proof)
        .flip();
  }

  /** Who has answered to the listener's challenge. */
  Answer read(ByteBuffer answer, byte[] challenge) {
    byte[] nonce = new byte[Secret.NONCE];
    byte[] proof = new byte[Secret.PROOF];
    int executor = answer.get(nonce).getInt();
    byte theirs = answer.get();
    answer.get(proof);
    boolean isProved = executor >= 0 && secret.isProof(proof, executor, theirs, challenge, nonce);
    return new Answer(executor, theirs, nonce, isProved);
  }

  /** What the listener says last, to one that is what it says. */
  ByteBuffer reply(Answer answer, byte[] nonce) {
    return ByteBuffer.allocate(REPLY)
        .put(protection.code())
        .put(secret.proof(own, protection.code(), answer.nonce(), nonce))
        .flip();
  }

  /** Checks that the listener is what it should be. */
  void verify(byte[] reply, Peer listener, byte[] challenge, byte[] nonce) throws IOException {
    byte[] proof = Arrays.copyOfRange(reply, 1, REPLY);
    if (!secret.isProof(proof, listener.number(), reply[0], challenge, nonce)) {
      throw new IOException("whoever answers does not know the secret of this run");
    }
    requireSame(listener, reply[0]);
  }

  /** Never does one of them give up its own: what is to be encrypted is encrypted or not said. */
  void requireSame(Peer other, byte theirs) {
    if (theirs != protection.code()) {
      throw new WireException(
          "%s sends %s, but this executor sends %s: all executors must have the same settings, and the same Handspun"
              .formatted(
                  other,
                  protection == Protection.CHECKSUM ? Protection.AES_GCM : Protection.CHECKSUM,
                  protection),
          null);
    }
  }

  /** The connection of whoever has connected. */
  Connection toListener(SocketChannel channel, byte[] listeners, byte[] connectors) {
    return connection(channel, TO_LISTENER, FROM_LISTENER, nonces(listeners, connectors));
  }

  /** The connection of whoever has listened. */
  Connection fromListener(SocketChannel channel, byte[] listeners, byte[] connectors) {
    return connection(channel, FROM_LISTENER, TO_LISTENER, nonces(listeners, connectors));
  }

  private Connection connection(SocketChannel channel, String out, String in, byte[] nonces) {
    return new Connection(
        channel, protection.of(secret, out, nonces), protection.of(secret, in, nonces));
  }

  private static byte[] nonces(byte[] listeners, byte[] connectors) {
    return ByteBuffer.allocate(2 * Secret.NONCE).put(listeners).put(connectors).array();
  }
}
