package handspun.parallel;

import handspun.HandspunException;
import handspun.data.ExampleSet;
import handspun.data.TrainingData;
import handspun.math.Kernels;
import handspun.math.Share;
import handspun.train.EpochRunner;
import handspun.train.EpochStart;
import handspun.train.ImagePreparation;
import handspun.train.MiniBatches;
import handspun.train.ModelState;
import handspun.train.Plan;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Epochs computed by threads of this process: the first partition by the caller's, the others by
 * threads of their own. For one caller at a time.
 */
public final class LocalRunner implements EpochRunner, AutoCloseable {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final Team team;
  private final List<EpochLoop> loops = new ArrayList<>();
  private final ExecutorService others;

  /**
   * @param plan hyperparameters, which fit the data
   * @param partitions how many share a mini-batch, 1 to {@link Partitioning#most}
   */
  public LocalRunner(Plan plan, TrainingData data, int partitions) {
    this(plan, data.training(), data.validation(), partitions, Kernels.fastest(), () -> false);
  }

  /**
   * @param plan hyperparameters, which fit the data
   * @param training examples to learn from, at least a mini-batch
   * @param validation examples to validate with; may be empty
   * @param partitions how many share a mini-batch, 1 to {@link Partitioning#most}
   */
  public LocalRunner(
      Plan plan,
      ExampleSet training,
      ExampleSet validation,
      int partitions,
      Kernels kernels,
      BooleanSupplier cancelled) {
    Partitioning partitioning =
        new Partitioning(new MiniBatches(training.count(), plan), partitions);
    team = new Team(plan, partitioning, Placement.alone(partitions));
    ImagePreparation images = ImagePreparation.of(plan);
    for (int p = 0; p < partitions; p++) {
      Share share = new Share(p, partitions);
      team.publish(
          p,
          images.learn(
              training.slice(partitioning.firstExample(p), partitioning.firstExample(p + 1))));
      loops.add(
          new EpochLoop(
              team,
              p,
              images.read(
                  validation.slice(share.from(validation.count()), share.to(validation.count()))),
              kernels,
              cancelled));
    }
    others =
        Executors.newFixedThreadPool(
            partitions,
            task -> {
              Thread thread = new Thread(task, "partition");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** How many share a mini-batch. */
  int partitions() {
    return loops.size();
  }

  /**
   * @throws CancelledException if it was ended early
   */
  @Override
  public Outcome run(EpochStart start) {
    team.begin(start);
    return EpochPart.outcome(onEach(EpochLoop::runEpoch));
  }

  /**
   * What running some mini-batches took.
   *
   * @param coreSeconds of a core for one of them
   * @param waited which part of the time the partitions waited for each other, 0 to 1
   */
  record Turn(double coreSeconds, double waited) {}

  /**
   * Runs the first mini-batches of the first epoch, for nothing.
   *
   * <p>Measured is what the busiest thread has used of a core, not what a clock on the wall shows:
   * while Java still compiles and other things still start, several threads often wait for a core,
   * and one does not, which soon will be otherwise. To wait for each other at the barrier, they use
   * a core too, except for the longest waits.
   *
   * @param start the state to begin with: a network that has learned to the end, or diverged, would
   *     not be what is to be measured
   * @param count how many, at most those of an epoch
   */
  Turn measure(ModelState start, int count) {
    team.begin(new EpochStart(1, start));
    long begin = System.nanoTime();
    long before = waitNanos();
    double seconds = Collections.max(onEach(loop -> coreSeconds(loop, count))) / count;
    double all = (double) (System.nanoTime() - begin) * partitions();
    return new Turn(seconds, Math.min(1, (waitNanos() - before) / all));
  }

  private long waitNanos() {
    return loops.stream().mapToLong(EpochLoop::waitNanos).sum();
  }

  private static double coreSeconds(EpochLoop loop, int count) {
    long begin = coreNanos();
    loop.run(0, count);
    return (coreNanos() - begin) * 1e-9;
  }

  private static long coreNanos() {
    return THREADS.isCurrentThreadCpuTimeSupported()
        ? THREADS.getCurrentThreadCpuTime()
        : System.nanoTime();
  }

  /** Has every partition do something, side by side. */
  private <T> List<T> onEach(Function<EpochLoop, T> work) {
    List<Future<T>> running = new ArrayList<>();
    for (EpochLoop loop : loops.subList(1, loops.size())) {
      running.add(others.submit(() -> on(loop, work)));
    }
    try {
      List<T> results = new ArrayList<>();
      results.add(on(loops.get(0), work));
      for (Future<T> one : running) {
        results.add(one.get());
      }
      return results;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof CancelledException cancelled) {
        throw cancelled;
      }
      throw new HandspunException("A partition failed: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HandspunException("Interrupted while other partitions computed.", e);
    }
  }

  private <T> T on(EpochLoop loop, Function<EpochLoop, T> work) {
    try {
      return work.apply(loop);
    } catch (Throwable e) {
      team.breakUp(e);
      throw e;
    }
  }

  /** Ends its threads. */
  @Override
  public void close() {
    others.shutdown();
  }
}
