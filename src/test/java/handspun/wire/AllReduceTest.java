package handspun.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import handspun.bench.Loopback;
import handspun.wire.Route.Shape;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AllReduceTest {
  private static final Duration TIMEOUT = Duration.ofMinutes(5);

  /** A vector of every executor, which all want to have. */
  private static final class Vectors implements Contribution {
    private final float[][] vectors;

    private Vectors(int executors, int length) {
      vectors = new float[executors][length];
    }

    @Override
    public int mostBytes(int from, int to) {
      return (to - from) * vectors[0].length * Float.BYTES;
    }

    @Override
    public void write(int from, int to, Frame frame) {
      for (int e = from; e < to; e++) {
        frame.put(vectors[e], 0, vectors[e].length);
      }
    }

    @Override
    public void read(int from, int to, Frame frame) {
      for (int e = from; e < to; e++) {
        frame.take(vectors[e], 0, vectors[e].length);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "STAR, 2, 13", "STAR, 5, 200000", "TREE, 3, 13", "TREE, 8, 5000",
    "DOUBLING, 2, 500000", "DOUBLING, 3, 13", "DOUBLING, 6, 5000", "DOUBLING, 8, 20000"
  })
  void bringsEveryExecutorWhatAllHaveSaid(Shape shape, int executors, int length) {
    List<Vectors> all = new ArrayList<>();
    for (int e = 0; e < executors; e++) {
      all.add(new Vectors(executors, length));
    }
    ExecutorService threads = Executors.newFixedThreadPool(executors);
    try (Loopback loopback = Loopback.connect(shape, all, TIMEOUT, executors == 2, port -> port)) {
      for (int round = 1; round <= 20; round++) {
        List<CompletableFuture<Void>> running = new ArrayList<>();
        for (int e = 0; e < executors; e++) {
          Vectors own = all.get(e);
          Arrays.fill(own.vectors[e], 100 * round + e);
          AllReduce allReduce = loopback.allReduce(e);
          running.add(CompletableFuture.runAsync(() -> allReduce.run(() -> false), threads));
        }
        running.forEach(CompletableFuture::join);
        for (int e = 0; e < executors; e++) {
          float[] said = new float[length];
          Arrays.fill(said, 100 * round + e);
          for (Vectors one : all) {
            // Not by assertions of arrays, which make an object of each number.
            assertThat(Arrays.equals(one.vectors[e], said)).as("round %d of %d", round, e).isTrue();
          }
        }
      }
      assertThat(loopback.allReduce(1).bytesSent()).isGreaterThanOrEqualTo(20L * 4 * length);
      assertThat(loopback.allReduce(1).waitNanos()).isPositive();
    } finally {
      threads.shutdown();
    }
  }

  /** A allReduce of executor 1 of 2, and the raw other end of its connection. */
  private static final class Half implements AutoCloseable {
    private final SocketChannel far;
    private final AllReduce near;

    private Half(Duration timeout) throws IOException {
      try (ServerSocketChannel server = ServerSocketChannel.open()) {
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        SocketChannel channel = SocketChannel.open(server.getLocalAddress());
        far = server.accept();
        near =
            new AllReduce(
                Route.of(Shape.DOUBLING, 1, 2),
                Map.of(new Peer(0, "a", "127.0.0.1", 7), channel),
                new Vectors(2, 3),
                timeout,
                true);
      }
    }

    private static ByteBuffer frame() {
      Frame frame = new Frame(12);
      frame.put(new float[] {1, 2, 3}, 0, 3);
      frame.seal(0);
      return frame.bytes();
    }

    @Override
    public void close() throws IOException {
      near.close();
      far.close();
    }
  }

  private static void assertFails(Half half, String message) {
    assertThatThrownBy(() -> half.near.run(() -> false))
        .isInstanceOf(WireException.class)
        .hasMessage("executor a (127.0.0.1:7) " + message);
  }

  @Test
  void understandsAnExecutorThatSpeaksSlowly() throws Exception {
    try (Half half = new Half(TIMEOUT)) {
      CompletableFuture<Void> running =
          CompletableFuture.runAsync(() -> half.near.run(() -> false));
      ByteBuffer frame = Half.frame();
      for (int end = 1; end <= Frame.HEADER + 12; end++) {
        half.far.write(frame.limit(end));
        Thread.sleep(3);
      }
      running.get();
    }
  }

  @Test
  void understandsAnExecutorThatIsAhead() throws Exception {
    try (Half half = new Half(TIMEOUT)) {
      half.far.write(Half.frame());
      Frame next = new Frame(12);
      next.put(new float[] {4, 5, 6}, 0, 3);
      next.seal(1);
      half.far.write(next.bytes());
      half.near.run(() -> false);
      half.near.run(() -> false);
    }
  }

  @Test
  void saysWhoIsSilent() throws Exception {
    try (Half half = new Half(Duration.ofSeconds(1))) {
      assertFails(half, "has not been heard of for 1 s");
    }
  }

  @Test
  void saysWhoHasGone() throws Exception {
    try (Half half = new Half(TIMEOUT)) {
      half.far.close();
      assertThatThrownBy(() -> half.near.run(() -> false))
          .isInstanceOf(WireException.class)
          .hasMessageContaining("executor a (127.0.0.1:7)");
    }
  }

  @Test
  void noticesADamagedFrame() throws Exception {
    try (Half half = new Half(TIMEOUT)) {
      ByteBuffer frame = Half.frame();
      frame.put(Frame.HEADER + 5, (byte) 99);
      half.far.write(frame);
      assertFails(half, "sent a frame that was damaged on its way (its checksum is wrong)");
    }
  }

  @Test
  void noticesAFrameThatIsTooLong() throws Exception {
    try (Half half = new Half(TIMEOUT)) {
      ByteBuffer frame = Half.frame();
      frame.putInt(0, -1);
      half.far.write(frame);
      assertFails(half, "sent a frame of 4294967295 bytes, but at most 12 can be right");
    }
  }

  @Test
  void noticesAFrameThatHoldsTooLittle() throws Exception {
    try (Half half = new Half(TIMEOUT)) {
      Frame frame = new Frame(12);
      frame.put(new float[] {1, 2}, 0, 2);
      frame.seal(0);
      half.far.write(frame.bytes());
      assertFails(half, "sent a frame that ends after 8 bytes, but 12 more are needed");
    }
  }

  @Test
  void endsWhenItIsToldTo() throws Exception {
    try (Half half = new Half(TIMEOUT)) {
      CompletableFuture<Void> running = CompletableFuture.runAsync(() -> half.near.run(() -> true));
      assertThatThrownBy(running::join)
          .isInstanceOf(CompletionException.class)
          .hasMessageContaining("stopped");
    }
  }
}
