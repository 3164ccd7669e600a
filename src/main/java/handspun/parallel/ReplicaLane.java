package handspun.parallel;

import handspun.math.Share;
import handspun.network.Layout;
import handspun.train.Optimizer;
import handspun.train.WorkingModel;

/**
 * A lane that makes {@linkplain handspun.train.LocalSteps steps of its own}: it learns from its
 * share of a round of mini-batches in a replica of the network, with an optimizer's memory of its
 * own. Its vector is how far the replica has come from the parameters, and its memory from that of
 * all, divided by the number of lanes: the sum of all lanes then leads to the mean of the replicas.
 */
final class ReplicaLane extends Lane {
  private final Layout layout;
  private final Optimizer optimizer;

  /** The network of the lane that is being computed. */
  private final WorkingModel replica;

  ReplicaLane(Team team, ExampleSource examples, GradientWorker worker, Runnable afterStep) {
    super(team, examples, worker, afterStep);
    layout = team.layout();
    optimizer = team.optimizer();
    replica = WorkingModel.of(layout, optimizer);
  }

  @Override
  int length() {
    return (1 + optimizer.memories()) * layout.gradientLength();
  }

  @Override
  void compute(int lane, int first, int end, float[] result) {
    WorkingModel common = team.model();
    replica.set(common, layout);
    learn(lane, first, end);
    subtract(replica.w(), common.w(), result, 0);
    for (int m = 0; m < common.memory().length; m++) {
      subtract(replica.memory()[m], common.memory()[m], result, (1 + m) * layout.gradientLength());
    }
  }

  private void subtract(float[] own, float[] common, float[] result, int at) {
    float lanes = team.plan().lanes();
    for (int i = 0; i < layout.gradientLength(); i++) {
      result[at + i] = (own[i] - common[i]) / lanes;
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
        float scale = team.stepFactor(start - size, own);
        worker.compute(replica.w(), team.epoch(), scale, factors, 0);
        long number = team.number(start - size);
        float rate = team.rate(start - size);
        float[] target = optimizer.prepare(replica, layout, Share.WHOLE, number, rate);
        worker.addGradient(factors, target, Share.WHOLE);
        optimizer.step(replica, layout, Share.WHOLE, number, rate);
        worker.refreshTransposed(replica.w(), Share.WHOLE);
      }
      afterStep.run();
    }
  }

  /** The steps have been made: what is left is to meet in the middle. */
  @Override
  void apply(
      float[] sum, Share share, Optimizer ofAll, WorkingModel common, long number, float rate) {
    add(sum, 0, common.w(), share);
    for (int m = 0; m < common.memory().length; m++) {
      add(sum, (1 + m) * layout.gradientLength(), common.memory()[m], share);
    }
  }

  private void add(float[] sum, int at, float[] target, Share share) {
    for (int l = 1; l < layout.topology().layers(); l++) {
      for (int t = layout.from(l, share), end = layout.to(l, share); t < end; t++) {
        target[t] += sum[at + t];
      }
    }
  }
}
