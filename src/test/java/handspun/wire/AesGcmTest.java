package handspun.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AesGcmTest {
  private static final String WRONG_TAG =
      "a frame that was changed on its way, or encrypted with another key (its tag is wrong)";

  private final Random random = new Random(1);
  private final byte[] key = bytes(AesGcm.KEY);

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  private static Frame sealed(FrameProtection protection, int number, byte[] payload) {
    Frame frame = new Frame(payload.length, protection);
    frame.put(payload, 0, payload.length);
    frame.seal(number);
    return frame;
  }

  /** The same bytes, as they come in elsewhere. */
  private static Frame received(FrameProtection protection, ByteBuffer sent) {
    Frame frame = new Frame(sent.limit() - Frame.HEADER - protection.trailer(), protection);
    frame.bytes().clear().put(sent.duplicate());
    return frame;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3_400, 50_001, 3 << 20})
  void givesBackEveryBitOfOneFrameAfterTheOther(int length) {
    AesGcm here = new AesGcm(key);
    AesGcm there = new AesGcm(key);
    for (int number = 0; number < 5; number++) {
      byte[] payload = bytes(length);
      Frame sent = sealed(here, number, payload);
      assertThat(sent.bytes().limit()).isEqualTo(Frame.HEADER + length + 16);
      Frame frame = received(there, sent.bytes());
      assertThat(frame.open(number)).isNull();
      assertThat(frame.left()).isEqualTo(length);
      byte[] taken = new byte[length];
      frame.take(taken, 0, length);
      assertThat(Arrays.equals(taken, payload)).isTrue();
    }
  }

  @Test
  void whatIsSentTwiceNeverLooksTheSame() {
    AesGcm here = new AesGcm(key);
    byte[] payload = bytes(40);
    Set<ByteBuffer> seen = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      byte[] sent = new byte[40];
      // With a number that came before, as after 2^32 frames.
      sealed(here, 7, payload).bytes().get(Frame.HEADER, sent);
      seen.add(ByteBuffer.wrap(sent));
    }
    assertThat(seen).hasSize(1_000).doesNotContain(ByteBuffer.wrap(payload));
  }

  @Test
  void noticesEveryByteThatWasChanged() {
    byte[] payload = bytes(15);
    int all = Frame.HEADER + payload.length + 16;
    // Another length is noticed before: that many bytes do not come.
    for (int at = 4; at < all; at++) {
      ByteBuffer sent = sealed(new AesGcm(key), 5, payload).bytes();
      sent.put(at, (byte) (sent.get(at) ^ 1));
      assertThat(received(new AesGcm(key), sent).open(5)).as("byte %d", at).isNotNull();
    }
  }

  @Test
  void noticesAFrameThatIsRepeatedWithItsNumberAndWithAnother() {
    AesGcm there = new AesGcm(key);
    ByteBuffer sent = sealed(new AesGcm(key), 0, bytes(15)).bytes();
    assertThat(received(there, sent).open(0)).isNull();
    assertThat(received(there, sent).open(1)).isEqualTo("a frame with the number 0 instead of 1");
    sent.putInt(4, 1);
    assertThat(received(there, sent).open(1)).isEqualTo(WRONG_TAG);
  }

  @Test
  void noticesAnotherKey() {
    ByteBuffer sent = sealed(new AesGcm(key), 0, bytes(15)).bytes();
    assertThat(received(new AesGcm(bytes(AesGcm.KEY)), sent).open(0)).isEqualTo(WRONG_TAG);
  }

  @Test
  void everyConnectionAndDirectionHasAnotherKey() {
    Secret secret = Secret.random();
    byte[] one = Secret.nonce();
    byte[] other = Secret.nonce();
    ByteBuffer sent = sealed(Protection.AES_GCM.of(secret, "up", one), 0, bytes(15)).bytes();
    assertThat(received(Protection.AES_GCM.of(secret, "up", one), sent).open(0)).isNull();
    assertThat(received(Protection.AES_GCM.of(secret, "up", other), sent).open(0)).isNotNull();
    assertThat(received(Protection.AES_GCM.of(secret, "down", one), sent).open(0)).isNotNull();
    assertThat(received(Protection.AES_GCM.of(Secret.random(), "up", one), sent).open(0))
        .isEqualTo(WRONG_TAG);
  }
}
