package handspun.parallel;

import handspun.data.ExampleSet;
import handspun.data.Examples;
import handspun.data.TrainingData;
import handspun.math.Kernels;
import handspun.train.ModelState;
import handspun.train.Plan;
import handspun.train.TrainingState;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;

/**
 * Computes mini-batches of the plan for nothing, in the background, while other things start: so
 * Java has compiled the kernels when they are needed. Before that a mini-batch takes a hundred
 * times as long.
 */
public final class WarmUp implements AutoCloseable {
  /** Enough examples that the kernels find them as scattered as in training. */
  private static final int MOST_EXAMPLES = 10_000;

  private static final int FEWEST_MINI_BATCHES = 4;

  /** Threads that wait for each other take cores from whatever else is starting. */
  private static final int SELDOM = 20;

  /** Java has compiled what there is when for so long nothing has become faster. */
  private static final Duration STEADY = Duration.ofSeconds(1);

  private static final double FASTER = 0.95;

  /** It is looked so often in all examples whether mini-batches have become faster. */
  private static final int ROUNDS = 10;

  private final Plan plan;
  private final Examples examples;
  private final Thread thread;
  private volatile boolean over;

  private WarmUp(Plan plan, Examples examples, int partitions) {
    this.plan = plan;
    this.examples = examples;
    thread = new Thread(() -> run(partitions), "warm-up");
    thread.setDaemon(true);
  }

  /**
   * Begins to warm up.
   *
   * @param plan hyperparameters, which fit the data
   * @param partitions how many are requested; empty for as many as there are cores
   * @return what is under way
   */
  public static WarmUp begin(Plan plan, TrainingData data, OptionalInt partitions) {
    Examples some = examples(plan, data.training());
    int several = partitions.orElse(Runtime.getRuntime().availableProcessors());
    WarmUp warmUp = new WarmUp(plan, some, Math.min(several, Partitioning.most(plan)));
    warmUp.thread.start();
    return warmUp;
  }

  /** {@return as many examples as are needed} */
  public static Examples examples(Plan plan, ExampleSet training) {
    long most = Math.max(MOST_EXAMPLES, (long) FEWEST_MINI_BATCHES * plan.miniBatch());
    return training.slice(0, (int) Math.min(most, training.count()));
  }

  /**
   * Warms up in the caller's thread, until mini-batches do not become faster any more.
   *
   * @param plan hyperparameters, which fit the examples
   * @param examples to compute with
   * @param limit of the time that it takes
   * @param cancelled whether it is to end at once
   * @throws CancelledException if it was ended early
   */
  public static void compute(
      Plan plan, Examples examples, Duration limit, BooleanSupplier cancelled) {
    ModelState start = TrainingState.initial(plan).model();
    int miniBatches = Math.max(1, PartitionTuning.miniBatches(plan, examples) / ROUNDS);
    try (LocalRunner runner =
        new LocalRunner(plan, examples, examples.slice(0, 0), 1, Kernels.fastest(), cancelled)) {
      long began = System.nanoTime();
      long faster = began;
      double fastest = Double.POSITIVE_INFINITY;
      for (long now = began;
          now - faster < STEADY.toNanos() && now - began < limit.toNanos();
          now = System.nanoTime()) {
        double seconds = runner.measure(start, miniBatches).coreSeconds();
        if (seconds < FASTER * fastest) {
          fastest = seconds;
          faster = System.nanoTime();
        }
      }
    }
  }

  private void run(int partitions) {
    ModelState start = TrainingState.initial(plan).model();
    int miniBatches = PartitionTuning.miniBatches(plan, examples);
    try (LocalRunner one = runner(1);
        LocalRunner several = runner(partitions)) {
      while (!over) {
        one.measure(start, miniBatches);
        if (partitions > 1) {
          several.measure(start, Math.max(1, miniBatches / SELDOM));
        }
      }
    } catch (RuntimeException e) {
      // Told to end; and if it was anything else, training itself will say it better.
      over = true;
    }
  }

  private LocalRunner runner(int partitions) {
    return new LocalRunner(
        plan, examples, examples.slice(0, 0), partitions, Kernels.fastest(), () -> over);
  }

  /** Ends the warming up, within a mini-batch. */
  public void end() {
    over = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Ends the warming up, and finds the number of partitions that is fastest.
   *
   * @param slots how many partitions can be computed at a time
   * @return the fastest of 1, 2, 4, ... and {@code slots}, or the machine's cores if these are
   *     fewer
   */
  public PartitionChoice tune(int slots) {
    end();
    return new PartitionTuning(plan, examples).choose(slots);
  }

  @Override
  public void close() {
    end();
  }
}
