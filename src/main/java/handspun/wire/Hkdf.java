package handspun.wire;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keys from a secret: HKDF with HMAC-SHA256 (RFC 5869). Java has it since version 24 only.
 *
 * <p>{@code PRK = HMAC(salt, secret)}; {@code T(i) = HMAC(PRK, T(i - 1) | info | i)}; the key is
 * the beginning of {@code T(1) | T(2) | ...}.
 */
final class Hkdf {
  private static final String HMAC = "HmacSHA256";
  private static final int HASH = 32;
  private static final int MOST_BLOCKS = 255;

  private Hkdf() {}

  /**
   * @param salt not secret, other for every use of the secret; at least one byte
   * @param info what the key is for, so that each purpose has its own
   * @param length bytes of the key, at most 255 * 32
   * @return the key
   */
  static byte[] derive(byte[] secret, byte[] salt, byte[] info, int length) {
    if (length > MOST_BLOCKS * HASH) {
      throw new IllegalArgumentException("HKDF has no key of " + length + " bytes.");
    }
    Mac expansion = hmac(hmac(salt).doFinal(secret));
    byte[] key = new byte[length];
    byte[] block = {};
    for (int from = 0, i = 1; from < length; from += HASH, i++) {
      expansion.update(block);
      expansion.update(info);
      block = expansion.doFinal(new byte[] {(byte) i});
      System.arraycopy(block, 0, key, from, Math.min(HASH, length - from));
    }
    return key;
  }

  /** {@return HMAC-SHA256 (RFC 2104)} */
  static Mac hmac(byte[] key) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has " + HMAC + ".", e);
    }
  }
}
