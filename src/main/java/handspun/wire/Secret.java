package handspun.wire;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import javax.crypto.Mac;

/**
 * What only the executors of one job know, and by which they know each other. It never travels
 * between them: each proves that it has it by an HMAC-SHA256 (RFC 2104) of what the other made up,
 * and both derive from it what they encrypt with.
 */
public final class Secret implements Serializable {
  static final int NONCE = 16;
  static final int PROOF = 32;

  private static final long serialVersionUID = 1L;

  private final byte[] key;

  private Secret(byte[] key) {
    this.key = key;
  }

  /** {@return a new secret} */
  public static Secret random() {
    return new Secret(randomBytes(32));
  }

  static byte[] nonce() {
    return randomBytes(NONCE);
  }

  private static byte[] randomBytes(int count) {
    byte[] bytes = new byte[count];
    new SecureRandom().nextBytes(bytes);
    return bytes;
  }

  /**
   * {@return the proof of an executor that made up the nonce to the one that made up the challenge}
   *
   * @param protection what it will protect frames by, which nobody can change on the way then
   */
  byte[] proof(int executor, byte protection, byte[] challenge, byte[] nonce) {
    Mac mac = Hkdf.hmac(key);
    mac.update(ByteBuffer.allocate(Integer.BYTES + 1).putInt(executor).put(protection).array());
    mac.update(challenge);
    return mac.doFinal(nonce);
  }

  boolean isProof(byte[] proof, int executor, byte protection, byte[] challenge, byte[] nonce) {
    return MessageDigest.isEqual(proof, proof(executor, protection, challenge, nonce));
  }

  /**
   * {@return a key that both ends of one connection know, and nobody else}
   *
   * @param purpose every other one has another key
   * @param nonces what both have made up for this connection
   */
  byte[] key(String purpose, byte[] nonces, int length) {
    return Hkdf.derive(key, nonces, purpose.getBytes(StandardCharsets.US_ASCII), length);
  }

  @Override
  public String toString() {
    return "secret";
  }
}
