package handspun.parallel;

import handspun.math.Share;
import handspun.network.Layout;

/**
 * A lane that makes {@linkplain handspun.train.LocalSteps steps of its own}: it learns from its
 * share of a round of mini-batches in a replica of the network. Its vector is how far the replica
 * has come from the parameters, divided by the number of lanes: the sum of all lanes then leads to
 * the mean of the replicas.
 */
final class ReplicaLane extends Lane {
  private final Layout layout;

  /** The network of the lane that is being computed, a working vector. */
  private final float[] replica;

  ReplicaLane(Team team, GradientWorker worker, Runnable afterStep) {
    super(team, worker, afterStep);
    layout = team.layout();
    replica = layout.newWorking();
  }

  @Override
  void compute(int lane, int first, int end, float[] result) {
    float[] w = team.parameters();
    layout.copy(w, replica);
    learn(lane, first, end);
    float lanes = team.plan().lanes();
    for (int i = 0; i < result.length; i++) {
      result[i] = (replica[i] - w[i]) / lanes;
    }
  }

  /** A lane's way through a round, as if it were alone. */
  private void learn(int lane, int first, int end) {
    int miniBatch = team.plan().miniBatch();
    for (int start = first; start < end; ) {
      int size = Math.min(miniBatch, end - start);
      int own = take(lane, start, size);
      start += size;
      touch(lane, start, Math.min(miniBatch, end - start));
      // Of an epoch's last mini-batch there may be nothing for this lane.
      if (own > 0) {
        worker.compute(replica, own, factors, 0);
        worker.addGradient(factors, replica, Share.WHOLE);
        layout.refreshTransposed(replica, Share.WHOLE);
      }
      afterStep.run();
    }
  }
}
