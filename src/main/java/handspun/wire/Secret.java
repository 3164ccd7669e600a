package handspun.wire;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What only the executors of one job know, and by which they know each other. It never travels
 * between them: each proves that it has it by an HMAC-SHA256 (RFC 2104) of what the other made up.
 */
public final class Secret implements Serializable {
  static final int NONCE = 16;
  static final int PROOF = 32;

  private static final long serialVersionUID = 1L;
  private static final String HMAC = "HmacSHA256";

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
   */
  byte[] proof(int executor, byte[] challenge, byte[] nonce) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(executor).array());
      mac.update(challenge);
      return mac.doFinal(nonce);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has " + HMAC + ".", e);
    }
  }

  boolean isProof(byte[] proof, int executor, byte[] challenge, byte[] nonce) {
    return MessageDigest.isEqual(proof, proof(executor, challenge, nonce));
  }

  @Override
  public String toString() {
    return "secret";
  }
}
