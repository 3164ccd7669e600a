package handspun.bench;

import handspun.HandspunException;
import handspun.wire.AllReduce;
import handspun.wire.Contribution;
import handspun.wire.Frame;
import handspun.wire.Protection;
import handspun.wire.Route.Shape;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What it costs to exchange a vector, without any training: executors are threads of this process,
 * their connections real ones over the loopback device.
 */
final class WireBench {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  /** One way: of machines that are in different buildings, say. */
  private static final long FAR_NANOS = 1_000_000;

  /** Floats of a vector that is exchanged as often as a short one. */
  private static final int SHORT = 80_000;

  /** What lies between executors, and how one waits for another. */
  enum Wire {
    /** The loopback device; who waits asks again and again for a while. */
    POLLING("polling", 500, 1_500),
    /** The loopback device; who waits sleeps at once. */
    BLOCKING("blocking", 500, 1_500),
    /** A delay of a millisecond. */
    FAR("1 ms away", 20, 100);

    private final String label;

    /** Before, Java compiles. */
    private final int warmUp;

    private final int exchanges;

    Wire(String label, int warmUp, int exchanges) {
      this.label = label;
      this.warmUp = warmUp;
      this.exchanges = exchanges;
    }

    /** As tables have it. */
    @Override
    public String toString() {
      return label;
    }
  }

  /** A vector that all executors add up. */
  private static final class SumOfVectors implements Contribution {
    private final int executors;
    private final float[] sum;
    private final float[] received;

    private SumOfVectors(int executors, int length) {
      this.executors = executors;
      sum = new float[length];
      received = new float[length];
    }

    @Override
    public int mostBytes(int from, int to) {
      return sum.length * Float.BYTES;
    }

    @Override
    public void write(int from, int to, Frame frame) {
      frame.put(sum, 0, sum.length);
    }

    @Override
    public void read(int from, int to, Frame frame) {
      if (to - from == executors) {
        frame.take(sum, 0, sum.length);
        return;
      }
      frame.take(received, 0, received.length);
      for (int i = 0; i < sum.length; i++) {
        sum[i] += received[i];
      }
    }
  }

  private WireBench() {}

  /**
   * @param shape how executors are connected
   * @param executors how many, at least 2
   * @param floats length of the vector
   * @param wire what lies between them
   * @param protection how it is protected on its way
   * @return seconds of every exchange, as the first executor saw it
   */
  static List<Double> run(
      Shape shape, int executors, int floats, Wire wire, Protection protection) {
    List<SumOfVectors> contributions = new ArrayList<>();
    for (int e = 0; e < executors; e++) {
      contributions.add(new SumOfVectors(executors, floats));
    }
    ExecutorService threads = Executors.newFixedThreadPool(executors);
    try (SlowWire slow = new SlowWire(FAR_NANOS);
        Loopback loopback =
            Loopback.connect(
                shape,
                contributions,
                new Loopback.Wire(
                    "127.0.0.1",
                    protection,
                    TIMEOUT,
                    wire == Wire.POLLING,
                    port -> wire == Wire.FAR ? slow.to(port) : port))) {
      List<Future<double[]>> running = new ArrayList<>();
      for (int e = 0; e < executors; e++) {
        AllReduce allReduce = loopback.allReduce(e);
        SumOfVectors contribution = contributions.get(e);
        int times = times(wire.exchanges, floats);
        int warmUp = times(wire.warmUp, floats);
        running.add(threads.submit(() -> exchange(allReduce, contribution, warmUp, times)));
      }
      for (Future<double[]> one : running) {
        one.get();
      }
      return Arrays.stream(running.get(0).get()).boxed().toList();
    } catch (ExecutionException e) {
      throw new HandspunException("An exchange failed: " + e.getCause().getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HandspunException("Interrupted while exchanges were measured.", e);
    } finally {
      threads.shutdownNow();
    }
  }

  /** Long vectors, which take their time, are exchanged less often. */
  private static int times(int ofShort, int floats) {
    return Math.max(1, (int) Math.min(ofShort, ofShort * (long) SHORT / floats));
  }

  private static double[] exchange(
      AllReduce allReduce, SumOfVectors contribution, int warmUp, int times) {
    double[] seconds = new double[times];
    for (int i = 0; i < warmUp + times; i++) {
      Arrays.fill(contribution.sum, 1f);
      long start = System.nanoTime();
      allReduce.run(() -> false);
      if (i >= warmUp) {
        seconds[i - warmUp] = (System.nanoTime() - start) * 1e-9;
      }
    }
    return seconds;
  }
}
