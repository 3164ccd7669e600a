package handspun.parallel;

import handspun.data.Examples;
import handspun.math.Kernels;
import handspun.math.Share;
import handspun.train.MiniBatches;
import handspun.train.ModelState;
import handspun.wire.Contribution;
import java.util.function.BooleanSupplier;

/**
 * One partition's way through the mini-batches of an epoch, side by side with the others.
 *
 * <p>In every mini-batch all threads read the parameters first, each for its part of it. Then they
 * meet, and each makes its share of the step, with everybody's part. Then they meet again. Where
 * lanes make steps of their own, a round of mini-batches takes the place of a mini-batch.
 */
public final class EpochLoop {
  private final Team team;
  private final MiniBatches miniBatches;
  private final int partition;
  private final Share share;
  private final Examples toValidate;
  private final Validator validator;
  private final BooleanSupplier cancelled;
  private final WorkClock clock;
  private final Summation summation;
  private final int localSteps;
  private final int ownLanes;
  private int roundStart;
  private int stepsOfRound;

  /**
   * @param toValidate examples that it validates with; may be empty
   */
  public EpochLoop(
      Team team, int partition, Examples toValidate, Kernels kernels, BooleanSupplier cancelled) {
    this.team = team;
    this.partition = partition;
    this.toValidate = toValidate;
    this.cancelled = cancelled;
    miniBatches = team.partitioning().miniBatches();
    share = team.placement().share(partition);
    clock = team.clock(partition);
    localSteps = team.plan().localSteps();
    ownLanes = new Share(partition, team.partitioning().partitions()).size(team.plan().lanes());
    summation = team.summation(partition, kernels, this::afterStep);
    validator =
        new Validator(team.plan(), team.layout(), team.model().network(team.plan()), kernels);
  }

  /** {@return whether it speaks for its process} */
  public boolean leads() {
    return share.part() == 0;
  }

  /** {@return what its process exchanges with others} */
  public Contribution contribution() {
    return summation.contribution();
  }

  /**
   * Runs an epoch, which the team has begun.
   *
   * @return what came of it here
   * @throws CancelledException if it was ended early
   */
  public EpochPart runEpoch() {
    clock.start();
    run(0, miniBatches.count());
    int correct = validator.correct(toValidate);
    return new EpochPart(
        partition,
        summation.worker().takeExamplesSeen(),
        summation.worker().takeCost(),
        correct,
        clock.stop(team.bytesSent(partition)),
        partition == 0 ? team.state() : ModelState.NONE);
  }

  /**
   * Runs some mini-batches of the epoch; all partitions must run the same. The last one ends a
   * round.
   *
   * @param from first mini-batch, which begins a round
   * @param to one past the last one
   */
  void run(int from, int to) {
    int next;
    for (int t = from; t < to; t = next) {
      next = (int) Math.min((long) t + localSteps, to);
      beginRound(t);
      summation.compute(miniBatches.start(t), miniBatches.start(next));
      meet();
      if (team.hasOthers()) {
        exchange();
        meet();
      }
      team.apply(summation, miniBatches.start(t), share);
      meet();
      endRound(next);
    }
  }

  /**
   * Nanoseconds that this partition has waited in mini-batches that were run, of late or before.
   */
  long waitNanos() {
    return clock.waitNanos();
  }

  private void beginRound(int miniBatch) {
    roundStart = miniBatch;
    stepsOfRound = 0;
  }

  private void meet() {
    clock.addWait(team.meet(cancelled));
  }

  private void exchange() {
    if (leads()) {
      clock.addWait(team.exchange(cancelled));
    }
  }

  private void endRound(int miniBatch) {
    if (leads()) {
      team.setMiniBatchesDone(miniBatch);
    }
    endIfCancelled();
  }

  /** A round may be long, so it can be ended and watched before it is over. */
  private void afterStep() {
    endIfCancelled();
    if (leads()) {
      team.setMiniBatchesDone(roundStart + ++stepsOfRound / ownLanes);
    }
  }

  private void endIfCancelled() {
    if (cancelled.getAsBoolean()) {
      throw new CancelledException("between two mini-batches");
    }
  }
}
