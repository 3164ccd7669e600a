package handspun.parallel;

import handspun.math.Share;
import handspun.train.Optimizer;
import handspun.train.WorkingModel;
import java.util.Arrays;

/** A lane of synchronous SGD: its vector is the gradient of its share of the mini-batch. */
final class GradientLane extends Lane {
  GradientLane(Team team, GradientWorker worker, Runnable afterStep) {
    super(team, worker, afterStep);
  }

  @Override
  void compute(int lane, int first, int end, float[] result) {
    take(lane, first, end - first);
    float scale = team.stepFactor(first, end - first);
    worker.compute(team.parameters(), team.epoch(), scale, factors, 0);
    Arrays.fill(result, 0f);
    worker.addGradient(factors, result, Share.WHOLE);
    afterStep.run();
  }

  @Override
  int length() {
    return team.layout().gradientLength();
  }

  @Override
  void apply(
      float[] sum, Share share, Optimizer optimizer, WorkingModel model, long number, float rate) {
    float[] target = optimizer.prepare(model, team.layout(), share, number, rate);
    worker.add(sum, target, share);
    optimizer.step(model, team.layout(), share, number, rate);
  }
}
