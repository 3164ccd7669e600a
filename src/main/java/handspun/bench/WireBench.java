package handspun.bench;

import handspun.HandspunException;
import handspun.wire.Cargo;
import handspun.wire.Conversation;
import handspun.wire.Frame;
import handspun.wire.Loopback;
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
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Before, Java compiles. */
  private static final int WARM_UP = 500;

  private static final int EXCHANGES = 1_500;

  /** A vector that all executors add up. */
  private static final class SumOfVectors implements Cargo {
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
   * @param spin whether who waits asks again and again first, or sleeps at once
   * @return seconds of every exchange, as the first executor saw it
   */
  static List<Double> run(Shape shape, int executors, int floats, boolean spin) {
    List<SumOfVectors> cargos = new ArrayList<>();
    for (int e = 0; e < executors; e++) {
      cargos.add(new SumOfVectors(executors, floats));
    }
    ExecutorService threads = Executors.newFixedThreadPool(executors);
    try (Loopback loopback = Loopback.connect(shape, cargos, PATIENCE, spin)) {
      List<Future<double[]>> running = new ArrayList<>();
      for (int e = 0; e < executors; e++) {
        Conversation conversation = loopback.conversation(e);
        SumOfVectors cargo = cargos.get(e);
        running.add(threads.submit(() -> exchange(conversation, cargo)));
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

  private static double[] exchange(Conversation conversation, SumOfVectors cargo) {
    double[] seconds = new double[EXCHANGES];
    for (int i = 0; i < WARM_UP + EXCHANGES; i++) {
      Arrays.fill(cargo.sum, 1f);
      long start = System.nanoTime();
      conversation.run(() -> false);
      if (i >= WARM_UP) {
        seconds[i - WARM_UP] = (System.nanoTime() - start) * 1e-9;
      }
    }
    return seconds;
  }
}
