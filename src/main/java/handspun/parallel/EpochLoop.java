package handspun.spark;

import handspun.math.Kernels;
import handspun.math.Share;
import handspun.network.Factors;
import handspun.train.GradientWorker;
import handspun.train.LaneGradients;
import handspun.train.MiniBatches;
import handspun.train.Plan;
import java.util.function.BooleanSupplier;
import org.apache.spark.TaskKilledException;

/**
 * One partition's way through the mini-batches of an epoch, side by side with the others.
 *
 * <p>There is one copy of the parameters. In every mini-batch all read it first, each for its part
 * of the examples: with one lane, their factors; with several, the gradients of the lanes that the
 * partition owns. Then they meet, and each updates its share of the parameters with everybody's
 * part. Then they meet again. Where lanes make steps of their own, a round of mini-batches takes
 * the place of a mini-batch.
 */
final class EpochLoop {
  private final Exchange exchange;
  private final MiniBatches miniBatches;
  private final int partition;
  private final Share share;
  private final BooleanSupplier cancelled;
  private final WorkClock clock;
  private final GradientWorker worker;
  private final LaneGradients laneGradients;
  private final int localSteps;
  private final int ownLanes;
  private int roundStart;
  private int stepsOfRound;

  /** With one lane, and several executors. */
  private final Positions positions;

  private final Factors ownFactors;

  /**
   * @param exchange where the partitions meet
   * @param partition which one this is
   * @param kernels arithmetic to use; results do not depend on it
   * @param cancelled whether to end early
   */
  EpochLoop(Exchange exchange, int partition, Kernels kernels, BooleanSupplier cancelled) {
    this.exchange = exchange;
    this.cancelled = cancelled;
    Plan plan = exchange.plan();
    miniBatches = exchange.partitioning().miniBatches();
    Placement placement = exchange.placement();
    this.partition = partition;
    clock = exchange.clock(partition);
    share = new Share(partition - placement.firstPartition(), placement.partitions());
    localSteps = plan.localSteps();
    ownLanes = new Share(partition, exchange.partitioning().partitions()).size(plan.lanes());
    boolean oneLane = plan.lanes() == 1;
    int most = oneLane ? plan.miniBatch() : LaneGradients.mostExamples(plan);
    worker = new GradientWorker(plan, exchange.layout(), kernels, most);
    laneGradients =
        oneLane
            ? null
            : new LaneGradients(
                plan,
                exchange.partitioning(),
                partition,
                exchange.layout(),
                worker,
                this::afterStep);
    boolean scattered = oneLane && !exchange.isAlone();
    positions = scattered ? new Positions(exchange.partitioning(), placement) : null;
    ownFactors = scattered ? new Factors(exchange.layout(), most) : null;
  }

  /** Has computed this partition's examples. */
  GradientWorker worker() {
    return worker;
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
      if (laneGradients != null) {
        computeLanes(t, next);
      } else if (positions != null) {
        computeOwnFactors(t);
      } else {
        computeFactors(t);
      }
      meet();
      if (!exchange.isAlone()) {
        if (share.part() == 0) {
          clock.addWait(exchange.talk(positions, worker, cancelled));
        }
        meet();
      }
      if (laneGradients == null) {
        addFactors(t);
      } else {
        exchange.addSums(worker, share);
      }
      exchange.layout().refreshTransposed(exchange.parameters(), share);
      meet();
      if (share.part() == 0) {
        exchange.setMiniBatchesDone(next);
      }
      endIfCancelled();
    }
  }

  private void meet() {
    clock.addWait(exchange.meet(cancelled));
  }

  private void endIfCancelled() {
    if (cancelled.getAsBoolean()) {
      throw new TaskKilledException("killed between two mini-batches");
    }
  }

  /** A round may be long, so it can be ended and watched before it is over. */
  private void afterStep() {
    endIfCancelled();
    if (share.part() == 0) {
      exchange.setMiniBatchesDone(roundStart + ++stepsOfRound / ownLanes);
    }
  }

  private void computeFactors(int miniBatch) {
    int first = miniBatch * miniBatches.size();
    int size = miniBatches.size(miniBatch);
    int from = share.from(size);
    int to = share.to(size);
    worker.clear();
    exchange.take(worker, first + from, first + to);
    int next = first + miniBatches.size();
    exchange.touch(worker, next + from, next + to);
    worker.compute(exchange.parameters(), size, exchange.factors(), from);
  }

  /** Of the examples that this executor has, which may be anywhere in the mini-batch. */
  private void computeOwnFactors(int miniBatch) {
    positions.find(miniBatch, exchange.order());
    int from = share.from(positions.ownCount());
    int to = share.to(positions.ownCount());
    worker.clear();
    for (int k = from; k < to; k++) {
      int place = positions.first() + positions.ownPosition(k);
      exchange.take(worker, place, place + 1);
    }
    worker.compute(exchange.parameters(), positions.size(), ownFactors, 0);
    for (int k = from; k < to; k++) {
      exchange.factors().copy(ownFactors, k - from, positions.ownPosition(k), exchange.layout());
    }
  }

  private void addFactors(int miniBatch) {
    if (positions != null) {
      worker.clear();
      exchange.take(worker, positions, share);
    } else if (share.parts() > 1) {
      int first = miniBatch * miniBatches.size();
      worker.clear();
      exchange.take(worker, first, first + miniBatches.size(miniBatch), share);
    }
    worker.addGradient(exchange.factors(), exchange.parameters(), share);
  }

  private void computeLanes(int from, int to) {
    roundStart = from;
    stepsOfRound = 0;
    int first = miniBatches.start(from);
    float[][] sums =
        laneGradients.compute(
            exchange.parameters(),
            exchange.block(partition),
            exchange.order(),
            first,
            miniBatches.start(to) - first);
    exchange.publish(partition, sums);
  }
}
