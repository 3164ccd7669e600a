package handspun.wire;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Nobody without the key can read a frame, change, repeat, drop or make one: AES-256-GCM (NIST SP
 * 800-38D). The payload is encrypted in place, the header is in clear but authenticated with it,
 * and a tag of 16 bytes follows the payload.
 *
 * <p>The initialization vector is how many frames went this way before, which never comes again
 * with the same key: there is a key for each connection and direction.
 */
final class AesGcm implements FrameProtection {
  static final int KEY = 32;

  private static final int TAG = 16;
  private static final int VECTOR = 12;

  private final SecretKeySpec key;
  private final Cipher cipher;
  private final byte[] vector = new byte[VECTOR];
  private final ByteBuffer counter = ByteBuffer.wrap(vector);
  private long frames;

  AesGcm(byte[] key) {
    this.key = new SecretKeySpec(key, "AES");
    try {
      cipher = Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has AES-GCM.", e);
    }
  }

  @Override
  public int trailer() {
    return TAG;
  }

  @Override
  public void seal(ByteBuffer frame, int end) {
    try {
      // Where others have a checksum.
      frame.putInt(NUMBERS, 0);
      run(Cipher.ENCRYPT_MODE, frame, end, end + TAG);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("A frame could not be encrypted.", e);
    }
  }

  @Override
  public String open(ByteBuffer frame, int end) {
    try {
      run(Cipher.DECRYPT_MODE, frame, end + TAG, end + TAG);
      return null;
    } catch (AEADBadTagException e) {
      return "a frame that was changed on its way, or encrypted with another key (its tag is wrong)";
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("A frame could not be decrypted.", e);
    }
  }

  private void run(int mode, ByteBuffer frame, int inputEnd, int outputEnd)
      throws GeneralSecurityException {
    counter.putLong(VECTOR - Long.BYTES, frames++);
    cipher.init(mode, key, new GCMParameterSpec(TAG * Byte.SIZE, vector));
    frame.limit(Frame.HEADER).position(0);
    cipher.updateAAD(frame);
    ByteBuffer input = frame.duplicate().limit(inputEnd).position(Frame.HEADER);
    frame.limit(outputEnd).position(Frame.HEADER);
    cipher.doFinal(input, frame);
  }
}
