package handspun.wire;

import static org.assertj.core.api.Assertions.assertThat;

import handspun.bench.Loopback;
import handspun.wire.Route.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What somebody on the way between two executors hears, and can do. */
class EncryptedExchangeTest {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final String WRONG_TAG =
      "sent a frame that was changed on its way, or encrypted with another key (its tag is wrong)";

  /** Its bytes are found in all that is said, as often as it was said. */
  private static final float MARK = 1234.5677f;

  private final byte[] key = new byte[AesGcm.KEY];

  private static int countMarks(byte[] heard) {
    byte[] mark = new byte[Float.BYTES];
    ByteBuffer.wrap(mark).order(ByteOrder.LITTLE_ENDIAN).putFloat(MARK);
    String all = new String(heard, StandardCharsets.ISO_8859_1);
    String one = new String(mark, StandardCharsets.ISO_8859_1);
    return (all.length() - all.replace(one, "").length()) / one.length();
  }

  private static byte[] heard(Protection protection) throws Exception {
    Vectors here = new Vectors(2, 1_000);
    Vectors there = new Vectors(2, 1_000);
    try (Tap tap = new Tap();
        Loopback loopback =
            Loopback.connect(
                Shape.DOUBLING,
                List.of(here, there),
                new Loopback.Wire("127.0.0.1", protection, LIMIT, false, tap::to))) {
      for (int i = 0; i < 10; i++) {
        Arrays.fill(here.of(0), MARK);
        Arrays.fill(there.of(1), MARK);
        CompletableFuture<Void> other =
            CompletableFuture.runAsync(() -> loopback.allReduce(1).run(() -> false));
        loopback.allReduce(0).run(() -> false);
        other.join();
      }
      assertThat(here.of(1)).containsOnly(MARK);
      assertThat(there.of(0)).containsOnly(MARK);
      assertThat(loopback.allReduce(0).bytesSent()).isGreaterThan(10L * 4 * 1_000);
      return tap.heard();
    }
  }

  @Test
  void nothingOfWhatIsExchangedCanBeHeard() throws Exception {
    byte[] plain = heard(Protection.CHECKSUM);
    assertThat(countMarks(plain)).isEqualTo(2 * 10 * 1_000);
    byte[] encrypted = heard(Protection.AES_GCM);
    assertThat(countMarks(encrypted)).isZero();
    // Every frame has a tag.
    assertThat(encrypted).hasSize(plain.length + 2 * 10 * 16);
  }

  @Test
  void understandsWhatWasEncryptedWithTheSameKey() throws Exception {
    AesGcm there = new AesGcm(key);
    try (HalfExchange half = HalfExchange.encrypted(LIMIT, key)) {
      for (int number = 0; number < 3; number++) {
        half.far().write(HalfExchange.frame(there, number, 1, 2, 3));
        half.exchange();
      }
    }
  }

  @Test
  void endsWhenAFrameWasChangedOnItsWay() throws Exception {
    try (HalfExchange half = HalfExchange.encrypted(LIMIT, key)) {
      ByteBuffer frame = HalfExchange.frame(new AesGcm(key), 0, 1, 2, 3);
      frame.put(Frame.HEADER + 5, (byte) (frame.get(Frame.HEADER + 5) ^ 1));
      half.far().write(frame);
      half.assertFails(WRONG_TAG);
    }
  }

  @Test
  void endsWhenAFrameIsRepeatedAsItWasOrAsTheNextOne() throws Exception {
    for (int number = 0; number < 2; number++) {
      try (HalfExchange half = HalfExchange.encrypted(LIMIT, key)) {
        ByteBuffer frame = HalfExchange.frame(new AesGcm(key), 0, 1, 2, 3);
        half.far().write(frame.duplicate());
        half.exchange();
        half.far().write(frame.putInt(4, number));
        half.assertFails(number == 0 ? "sent a frame with the number 0 instead of 1" : WRONG_TAG);
      }
    }
  }

  @Test
  void endsWhenWhoSendsHasAnotherKey() throws Exception {
    byte[] other = key.clone();
    other[31] = 1;
    try (HalfExchange half = HalfExchange.encrypted(LIMIT, key)) {
      half.far().write(HalfExchange.frame(new AesGcm(other), 0, 1, 2, 3));
      half.assertFails(WRONG_TAG);
    }
  }

  @Test
  void endsWhenPlainTextIsPutInstead() throws Exception {
    try (HalfExchange half = HalfExchange.encrypted(LIMIT, key)) {
      half.far().write(HalfExchange.frame(new Crc32c(), 0, 1, 2, 3));
      // Of what would be the tag, the next frame's bytes are taken.
      half.far().write(HalfExchange.frame(new Crc32c(), 1, 1, 2, 3));
      half.assertFails(WRONG_TAG);
    }
  }
}
