package handspun.parallel;

import handspun.data.Examples;
import handspun.math.Kernels;
import handspun.parallel.LocalRunner.Turn;
import handspun.train.MiniBatches;
import handspun.train.ModelState;
import handspun.train.Plan;
import handspun.train.TrainingState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Tries how many partitions are fastest for a plan on this machine, with threads of this process;
 * the result of training does not depend on it.
 */
final class PartitionTuning {
  /** A turn is to be long against the start of its threads, and short for whoever waits. */
  private static final double TURN_SECONDS = 4e-3;

  /** Java still compiles what is measured; it has come to an end when nothing gets faster. */
  private static final int STEADY_TURNS = 10;

  private static final double STEADY = 0.98;

  /** After so many turns, what takes so many times as long is given up at once. */
  private static final int FEWEST_TURNS = 3;

  private static final double HOPELESS = 3;

  /**
   * What seems to take so many times as long as the fastest is as good: while it is measured, Java
   * compiles on a core that several partitions need and one does not.
   */
  private static final double AS_FAST = 1.15;

  /** Another turn is not begun when all together have taken this long. */
  private static final double LONGEST_SECONDS = 1;

  private final Plan plan;
  private final Examples examples;
  private final ModelState start;

  PartitionTuning(Plan plan, Examples examples) {
    this.plan = plan;
    this.examples = examples;
    start = TrainingState.initial(plan).model();
  }

  /** How many mini-batches some examples make. */
  static int miniBatches(Plan plan, Examples examples) {
    return new MiniBatches(examples.count(), plan).count();
  }

  /**
   * @param slots how many partitions can be computed at a time
   * @return of 1, 2, 4, ... and {@code slots}, or the machine's cores if these are fewer, the most
   *     that are about as fast as any
   */
  PartitionChoice choose(int slots) {
    int cores = Math.min(slots, Runtime.getRuntime().availableProcessors());
    int most = Math.min(cores, Partitioning.most(plan));
    if (most == 1) {
      return new PartitionChoice(
          1,
          slots == 1
              ? "the master has one core"
              : cores == 1 ? "the machine has one core" : "the mini-batch cannot be shared");
    }
    List<LocalRunner> runners = new ArrayList<>();
    try {
      for (int partitions = 1; partitions < most; partitions *= 2) {
        runners.add(runner(partitions));
      }
      runners.add(runner(most));
      int[] partitions = runners.stream().mapToInt(LocalRunner::partitions).toArray();
      return choice(partitions, measure(runners));
    } finally {
      runners.forEach(LocalRunner::close);
    }
  }

  private LocalRunner runner(int partitions) {
    return new LocalRunner(
        plan, examples, examples.slice(0, 0), partitions, Kernels.fastest(), () -> false);
  }

  /** The fastest turn of each, the first of which has one partition. */
  private Turn[] measure(List<LocalRunner> runners) {
    Turn[] fastest = new Turn[runners.size()];
    Arrays.fill(fastest, new Turn(Double.POSITIVE_INFINITY, 0));
    int all = miniBatches(plan, examples);
    // So that partitions meet no more often for each mini-batch than in training.
    int whole = Math.min(plan.localSteps(), all);
    int count = whole;
    double spent = 0;
    int steadyTurns = 0;
    for (int turn = 1; steadyTurns < STEADY_TURNS && spent < LONGEST_SECONDS; turn++) {
      steadyTurns++;
      for (int i = 0; i < fastest.length; i++) {
        Turn turned = runners.get(i).measure(start, count);
        double taken = turned.coreSeconds();
        if (taken < STEADY * fastest[i].coreSeconds()) {
          steadyTurns = 0;
        }
        if (taken < fastest[i].coreSeconds()) {
          fastest[i] = turned;
        }
        spent += taken * count;
      }
      double slowest = seconds(fastest).max().orElseThrow();
      int many = (int) Math.min(all, TURN_SECONDS / slowest);
      count = Math.max(whole, many / whole * whole);
      if (turn >= FEWEST_TURNS && isPlain(fastest)) {
        break;
      }
    }
    return fastest;
  }

  private static DoubleStream seconds(Turn[] turns) {
    return Arrays.stream(turns).mapToDouble(Turn::coreSeconds);
  }

  /** Whether one partition is so much faster than any other number that Java cannot change it. */
  private static boolean isPlain(Turn[] fastest) {
    return seconds(fastest).skip(1).allMatch(s -> s > HOPELESS * fastest[0].coreSeconds());
  }

  /**
   * @param partitions numbers of partitions, from few to many
   * @param turns what a mini-batch takes with each
   */
  static PartitionChoice choice(int[] partitions, Turn[] turns) {
    double bearable = AS_FAST * seconds(turns).min().orElseThrow();
    int last = turns.length - 1;
    while (turns[last].coreSeconds() > bearable) {
      last--;
    }
    int best = last;
    String others =
        IntStream.range(0, turns.length)
            .filter(i -> i != best)
            .mapToObj(
                i ->
                    String.format(
                        Locale.ROOT,
                        "%d would take %.1f",
                        partitions[i],
                        turns[i].coreSeconds() / turns[best].coreSeconds()))
            .collect(Collectors.joining(", "));
    String waiting =
        partitions[best] == 1
            ? ""
            : String.format(
                Locale.ROOT,
                "; they wait for each other %.0f %% of the time",
                100 * turns[best].waited());
    return new PartitionChoice(
        partitions[best],
        "by trying: %s times as long for a mini-batch%s".formatted(others, waiting));
  }
}
