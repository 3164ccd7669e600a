package handspun.parallel;

import handspun.math.Share;
import handspun.network.Factors;
import handspun.train.Optimizer;
import handspun.train.Plan;
import handspun.train.WorkingModel;
import java.util.Arrays;

/**
 * How a lane computes its vector of a mini-batch, or of a round of them; used for all lanes of a
 * partition, one after the other. Not for several threads at once.
 */
abstract sealed class Lane permits GradientLane, ReplicaLane {
  final Team team;
  final GradientWorker worker;
  final Runnable afterStep;
  final Factors factors;
  private final Share[] shares;

  Lane(Team team, GradientWorker worker, Runnable afterStep) {
    this.team = team;
    this.worker = worker;
    this.afterStep = afterStep;
    factors = new Factors(team.layout(), mostExamples(team.plan()));
    shares = new Share[team.plan().lanes()];
    Arrays.setAll(shares, lane -> new Share(lane, shares.length));
  }

  /**
   * @param worker does the computing; can take {@link #mostExamples} at a time
   * @param afterStep called whenever a lane has done its share of a mini-batch; what it throws ends
   *     the computing
   * @return what computes as the plan's {@link handspun.train.LocalSteps} say
   */
  static Lane of(Team team, GradientWorker worker, Runnable afterStep) {
    return team.plan().localSteps() == 1
        ? new GradientLane(team, worker, afterStep)
        : new ReplicaLane(team, worker, afterStep);
  }

  /** The most examples of a mini-batch that a lane of a plan has. */
  static int mostExamples(Plan plan) {
    return (plan.miniBatch() + plan.lanes() - 1) / plan.lanes();
  }

  /**
   * Computes a lane's vector.
   *
   * @param lane from 0
   * @param first where the mini-batch, or the round of them, starts in the order of the epoch
   * @param end one past its last place there
   * @param result receives a gradient, times -eta / m, or what takes its place
   */
  abstract void compute(int lane, int first, int end, float[] result);

  /** How long its vector is. */
  abstract int length();

  /**
   * Makes the step that the sum of all lanes asks for.
   *
   * @param sum of the lanes' vectors
   * @param share of the rows that is changed
   * @param model changed in place
   */
  abstract void apply(
      float[] sum, Share share, Optimizer optimizer, WorkingModel model, long number, float rate);

  /** Has the worker take a lane's examples of a mini-batch, and no others; gives their number. */
  final int take(int lane, int start, int size) {
    Share share = shares[lane];
    worker.clear();
    team.examples().take(worker, start + share.from(size), start + share.to(size));
    return share.size(size);
  }

  /** Has the worker touch what the lane will take next. */
  final void touch(int lane, int start, int size) {
    Share share = shares[lane];
    team.examples().touch(worker, start + share.from(size), start + share.to(size));
  }
}
