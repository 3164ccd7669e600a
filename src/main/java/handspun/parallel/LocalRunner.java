package handspun.spark;

import handspun.HandspunException;
import handspun.data.Examples;
import handspun.math.Kernels;
import handspun.network.Network;
import handspun.train.MiniBatches;
import handspun.train.Partitioning;
import handspun.train.Plan;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;

/** Mini-batches of a plan on a number of partitions, in threads of this process, for nothing. */
final class Trial implements AutoCloseable {
  private final Exchange exchange;
  private final List<EpochLoop> loops = new ArrayList<>();
  private final ExecutorService others;
  private final int miniBatches;
  private final int round;
  private final float[] start;
  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

  /**
   * @param plan hyperparameters
   * @param examples some training examples, at least a mini-batch
   * @param partitions how many share a mini-batch
   * @param cancelled whether to end early
   */
  Trial(Plan plan, Examples examples, int partitions, BooleanSupplier cancelled) {
    Partitioning partitioning =
        new Partitioning(new MiniBatches(examples.count(), plan), partitions);
    miniBatches = partitioning.miniBatches().count();
    round = Math.min(plan.localSteps(), miniBatches);
    start = Network.random(plan.topology(), plan.seed()).parameters();
    exchange = new Exchange(plan, partitioning, Placement.alone(partitions));
    exchange.begin(1, start);
    for (int p = 0; p < partitions; p++) {
      exchange.publish(
          p, examples.slice(partitioning.firstExample(p), partitioning.firstExample(p + 1)));
      loops.add(new EpochLoop(exchange, p, Kernels.fastest(), cancelled));
    }
    others =
        partitions == 1
            ? null
            : Executors.newFixedThreadPool(
                partitions - 1,
                task -> {
                  Thread thread = new Thread(task, "rehearsal");
                  thread.setDaemon(true);
                  return thread;
                });
  }

  int partitions() {
    return loops.size();
  }

  /**
   * @return how many mini-batches can be run at a time
   */
  int miniBatches() {
    return miniBatches;
  }

  /**
   * @return how many mini-batches are to be run at least, so that the partitions meet no more often
   *     for each of them than in training: a round, or as much of it as is there
   */
  int round() {
    return round;
  }

  /**
   * Runs the first mini-batches of the epoch.
   *
   * <p>Measured is what the busiest thread has used of a core, not what a clock on the wall shows:
   * while Java still compiles and Spark still starts, several threads often wait for a core, and
   * one does not, which soon will be otherwise. To wait for each other at the barrier, they use a
   * core too, except for the longest waits.
   *
   * @param count how many, 1..{@link #miniBatches()}
   * @return seconds of a core for one of them
   */
  double run(int count) {
    List<Future<Double>> running = new ArrayList<>();
    for (EpochLoop loop : loops.subList(1, loops.size())) {
      running.add(others.submit(() -> run(loop, count)));
    }
    double busiest = run(loops.get(0), count);
    try {
      for (Future<Double> other : running) {
        busiest = Math.max(busiest, other.get());
      }
    } catch (ExecutionException e) {
      throw new HandspunException("The rehearsal of a mini-batch failed: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HandspunException("Interrupted while a mini-batch was rehearsed.", e);
    }
    // A network that has learned to the end, or diverged, would not be what is to be measured.
    exchange.begin(1, start);
    return busiest / count;
  }

  private double run(EpochLoop loop, int count) {
    try {
      long begin = nanos();
      loop.run(0, count);
      return (nanos() - begin) * 1e-9;
    } catch (Throwable e) {
      exchange.breakUp(e);
      throw e;
    }
  }

  private long nanos() {
    return threads.isCurrentThreadCpuTimeSupported()
        ? threads.getCurrentThreadCpuTime()
        : System.nanoTime();
  }

  @Override
  public void close() {
    if (others != null) {
      others.shutdown();
    }
  }
}
