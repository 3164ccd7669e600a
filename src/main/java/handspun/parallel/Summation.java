package handspun.parallel;

import handspun.math.Kernels;
import handspun.train.Optimizer;
import handspun.train.WorkingModel;
import handspun.wire.Contribution;

/**
 * How a mini-batch is summed, as one thread sees it. The plan decides which way it is; every way
 * has one order of additions, which depends on the plan alone.
 *
 * <p>In every mini-batch (or round of them, where lanes make steps of their own) each thread first
 * {@linkplain #compute computes} its part. When all have, the first thread of each process
 * exchanges {@linkplain #contribution contributions} with other processes, if there are any. Then
 * each thread {@linkplain #apply applies} everybody's part to its share of the parameters' rows.
 */
public sealed interface Summation permits FactorSummation, LaneSummation {

  /** Makes the summations of the threads of one process, which share the memory that they need. */
  interface Factory {
    /**
     * @param afterStep called whenever a lane has done its share of a mini-batch, which may take
     *     long before all lanes have; what it throws ends the computing
     */
    Summation of(int partition, Kernels kernels, Runnable afterStep);
  }

  /** Chooses how a team's mini-batches are summed. */
  static Factory among(Team team) {
    return team.plan().lanes() == 1 ? FactorSummation.among(team) : LaneSummation.among(team);
  }

  /** {@return what the thread computes with, which counts its examples and their cost} */
  GradientWorker worker();

  /**
   * Computes this thread's part.
   *
   * @param first where the mini-batch, or the round of them, starts in the order of the epoch
   * @param end one past its last place there
   */
  void compute(int first, int end);

  /** {@return what this process gives to the others and takes from them, between the other two} */
  Contribution contribution();

  /**
   * Makes the step that all parts together ask for, over this thread's share of the rows.
   *
   * @param model changed in place; transposed copies are not refreshed
   */
  void apply(Optimizer optimizer, WorkingModel model, long number, float rate);
}
