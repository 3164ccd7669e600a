package handspun.spark;

import handspun.data.ExampleSet;
import handspun.data.Examples;
import handspun.data.TrainingData;
import handspun.train.Partitioning;
import handspun.train.Plan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * Computes mini-batches of the plan for nothing, before training begins.
 *
 * <p>First, while Spark starts, so that Java has compiled the kernels when they are needed: before
 * that a mini-batch takes a hundred times as long. Then, when Spark is up, to find the number of
 * partitions that is fastest for this plan on this machine; the result of training does not depend
 * on it.
 */
public final class Rehearsal implements AutoCloseable {
  /** Enough examples that the kernels find them as scattered as in training. */
  private static final int MOST_EXAMPLES = 10_000;

  private static final int FEWEST_MINI_BATCHES = 4;

  /** Threads that wait for each other take cores from Spark, which is starting. */
  private static final int SELDOM = 20;

  /** A round is to be long against the start of its threads, and short for whoever waits. */
  private static final double ROUND_SECONDS = 4e-3;

  /** Java still compiles what is measured; it has come to an end when nothing gets faster. */
  private static final int STEADY_ROUNDS = 10;

  private static final double STEADY = 0.98;

  /** After so many rounds, what takes so many times as long is given up at once. */
  private static final int FEWEST_ROUNDS = 3;

  private static final double HOPELESS = 3;

  /** More partitions must be faster by this much: they take cores from others. */
  private static final double WORTH_IT = 0.97;

  /** Another mini-batch is not begun when all rounds together have taken this long. */
  private static final double LONGEST_SECONDS = 1;

  private final Plan plan;
  private final Examples examples;
  private final OptionalInt wished;
  private final Thread thread;
  private volatile boolean over;

  private Rehearsal(Plan plan, Examples examples, OptionalInt wished) {
    this.plan = plan;
    this.examples = examples;
    this.wished = wished;
    thread = new Thread(this::warmUp, "rehearsal");
    thread.setDaemon(true);
  }

  /**
   * Begins to warm up, in the background.
   *
   * @param plan hyperparameters, which fit the data
   * @param data what is to be learned
   * @param partitions how many are wished for; empty to find out
   * @return the rehearsal
   */
  public static Rehearsal begin(Plan plan, TrainingData data, OptionalInt partitions) {
    long most = Math.max(MOST_EXAMPLES, (long) FEWEST_MINI_BATCHES * plan.miniBatch());
    ExampleSet training = data.training();
    Examples some = training.slice(0, (int) Math.min(most, training.count()));
    Rehearsal rehearsal = new Rehearsal(plan, some, partitions);
    rehearsal.thread.start();
    return rehearsal;
  }

  private void warmUp() {
    int most = wished.orElse(Runtime.getRuntime().availableProcessors());
    try (Trial one = trial(1);
        Trial several = trial(Math.min(most, Partitioning.most(plan)))) {
      while (!over) {
        one.run(one.miniBatches());
        if (several.partitions() > 1) {
          several.run(Math.max(1, several.miniBatches() / SELDOM));
        }
      }
    } catch (RuntimeException e) {
      // Told to end; and if it was anything else, training itself will say it better.
      over = true;
    }
  }

  private Trial trial(int partitions) {
    return new Trial(plan, examples, partitions, () -> over);
  }

  /**
   * Finds the number of partitions that is fastest.
   *
   * @param slots how many tasks run at a time
   * @return the fastest of 1, 2, 4, ... and {@code slots}, or the machine's cores if these are
   *     fewer
   */
  PartitionChoice choose(int slots) {
    over = false;
    int cores = Math.min(slots, Runtime.getRuntime().availableProcessors());
    int most = Math.min(cores, Partitioning.most(plan));
    if (most == 1) {
      return new PartitionChoice(
          1,
          slots == 1
              ? "the master has one core"
              : cores == 1 ? "the machine has one core" : "the mini-batch cannot be shared");
    }
    List<Trial> trials = new ArrayList<>();
    try {
      for (int partitions = 1; partitions < most; partitions *= 2) {
        trials.add(trial(partitions));
      }
      trials.add(trial(most));
      return fastest(trials);
    } finally {
      trials.forEach(Trial::close);
    }
  }

  private static PartitionChoice fastest(List<Trial> trials) {
    double[] seconds = new double[trials.size()];
    Arrays.fill(seconds, Double.POSITIVE_INFINITY);
    int whole = trials.get(0).round();
    int count = whole;
    double spent = 0;
    int steadyRounds = 0;
    for (int round = 1; steadyRounds < STEADY_ROUNDS && spent < LONGEST_SECONDS; round++) {
      steadyRounds++;
      for (int i = 0; i < seconds.length; i++) {
        double taken = trials.get(i).run(count);
        if (taken < STEADY * seconds[i]) {
          steadyRounds = 0;
        }
        seconds[i] = Math.min(seconds[i], taken);
        spent += taken * count;
      }
      double slowest = Arrays.stream(seconds).max().orElseThrow();
      int many = (int) Math.min(trials.get(0).miniBatches(), ROUND_SECONDS / slowest);
      count = Math.max(whole, many / whole * whole);
      if (round >= FEWEST_ROUNDS && isPlain(seconds)) {
        break;
      }
    }
    int best = 0;
    for (int i = 1; i < seconds.length; i++) {
      if (seconds[i] < WORTH_IT * seconds[best]) {
        best = i;
      }
    }
    String compared =
        Arrays.stream(seconds)
            .mapToObj(s -> String.format(Locale.ROOT, "%.3g", s * 1e6))
            .collect(Collectors.joining(", "));
    String counts =
        trials.stream()
            .map(trial -> String.valueOf(trial.partitions()))
            .collect(Collectors.joining(", "));
    return new PartitionChoice(
        trials.get(best).partitions(),
        "fastest of " + counts + ": " + compared + " microseconds of a core a mini-batch");
  }

  /** Whether one partition is so much faster than any other number that Java cannot change it. */
  private static boolean isPlain(double[] seconds) {
    return Arrays.stream(seconds).skip(1).allMatch(s -> s > HOPELESS * seconds[0]);
  }

  @Override
  public void close() {
    end();
  }

  /** Ends the warming up, within a mini-batch. */
  void end() {
    over = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
