package handspun.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import handspun.bench.Loopback;
import handspun.wire.Route.Shape;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AllReduceTest {
  private static final Duration TIMEOUT = Duration.ofMinutes(5);

  @ParameterizedTest
  @CsvSource({
    "STAR, 2, 13, CHECKSUM", "STAR, 5, 200000, AES_GCM", "TREE, 3, 13, AES_GCM",
    "TREE, 8, 5000, CHECKSUM", "DOUBLING, 2, 500000, CHECKSUM", "DOUBLING, 2, 500000, AES_GCM",
    "DOUBLING, 3, 13, CHECKSUM", "DOUBLING, 6, 5000, AES_GCM", "DOUBLING, 8, 20000, CHECKSUM"
  })
  void bringsEveryExecutorWhatAllHaveSaid(
      Shape shape, int executors, int length, Protection protection) {
    List<Vectors> all = new ArrayList<>();
    for (int e = 0; e < executors; e++) {
      all.add(new Vectors(executors, length));
    }
    ExecutorService threads = Executors.newFixedThreadPool(executors);
    Loopback.Wire wire = new Loopback.Wire(protection, TIMEOUT, executors == 2);
    try (Loopback loopback = Loopback.connect(shape, all, wire)) {
      for (int round = 1; round <= 20; round++) {
        List<CompletableFuture<Void>> running = new ArrayList<>();
        for (int e = 0; e < executors; e++) {
          Vectors own = all.get(e);
          Arrays.fill(own.of(e), 100 * round + e);
          AllReduce allReduce = loopback.allReduce(e);
          running.add(CompletableFuture.runAsync(() -> allReduce.run(() -> false), threads));
        }
        running.forEach(CompletableFuture::join);
        for (int e = 0; e < executors; e++) {
          float[] said = new float[length];
          Arrays.fill(said, 100 * round + e);
          for (Vectors one : all) {
            // Not by assertions of arrays, which make an object of each number.
            assertThat(Arrays.equals(one.of(e), said)).as("round %d of %d", round, e).isTrue();
          }
        }
      }
      assertThat(loopback.allReduce(1).bytesSent()).isGreaterThanOrEqualTo(20L * 4 * length);
      assertThat(loopback.allReduce(1).waitNanos()).isPositive();
    } finally {
      threads.shutdown();
    }
  }

  private static ByteBuffer frame(int number, float... payload) {
    return HalfExchange.frame(new Crc32c(), number, payload);
  }

  @Test
  void understandsAnExecutorThatSpeaksSlowly() throws Exception {
    try (HalfExchange half = HalfExchange.plain(TIMEOUT)) {
      CompletableFuture<Void> running =
          CompletableFuture.runAsync(() -> half.near().run(() -> false));
      ByteBuffer frame = frame(0, 1, 2, 3);
      for (int end = 1; end <= Frame.HEADER + HalfExchange.PAYLOAD; end++) {
        half.far().write(frame.limit(end));
        Thread.sleep(3);
      }
      running.get();
    }
  }

  @Test
  void understandsAnExecutorThatIsAhead() throws Exception {
    try (HalfExchange half = HalfExchange.plain(TIMEOUT)) {
      half.far().write(frame(0, 1, 2, 3));
      half.far().write(frame(1, 4, 5, 6));
      half.near().run(() -> false);
      half.near().run(() -> false);
    }
  }

  @Test
  void saysWhoIsSilent() throws Exception {
    try (HalfExchange half = HalfExchange.plain(Duration.ofSeconds(1))) {
      half.assertFails("has not been heard of for 1 s");
    }
  }

  @Test
  void saysWhoHasGone() throws Exception {
    try (HalfExchange half = HalfExchange.plain(TIMEOUT)) {
      half.far().close();
      assertThatThrownBy(() -> half.near().run(() -> false))
          .isInstanceOf(WireException.class)
          .hasMessageContaining("executor a (127.0.0.1:7)");
    }
  }

  @Test
  void noticesADamagedFrame() throws Exception {
    try (HalfExchange half = HalfExchange.plain(TIMEOUT)) {
      ByteBuffer frame = frame(0, 1, 2, 3);
      frame.put(Frame.HEADER + 5, (byte) 99);
      half.far().write(frame);
      half.assertFails("sent a frame that was damaged on its way (its checksum is wrong)");
    }
  }

  @Test
  void noticesAFrameThatIsTooLong() throws Exception {
    try (HalfExchange half = HalfExchange.plain(TIMEOUT)) {
      ByteBuffer frame = frame(0, 1, 2, 3);
      frame.putInt(0, -1);
      half.far().write(frame);
      half.assertFails("sent a frame of 4294967295 bytes, but at most 12 can be right");
    }
  }

  @Test
  void noticesAFrameThatHoldsTooLittle() throws Exception {
    try (HalfExchange half = HalfExchange.plain(TIMEOUT)) {
      half.far().write(frame(0, 1, 2));
      half.assertFails("sent a frame that ends after 8 bytes, but 12 more are needed");
    }
  }

  @Test
  void endsWhenItIsToldTo() throws Exception {
    try (HalfExchange half = HalfExchange.plain(TIMEOUT)) {
      CompletableFuture<Void> running =
          CompletableFuture.runAsync(() -> half.near().run(() -> true));
      assertThatThrownBy(running::join)
          .isInstanceOf(CompletionException.class)
          .hasMessageContaining("stopped");
    }
  }
}
