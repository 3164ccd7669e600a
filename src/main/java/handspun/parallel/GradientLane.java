package handspun.parallel;

import handspun.math.Share;
import handspun.train.Optimizer;
import java.util.Arrays;

/** A lane of synchronous SGD: its vector is the gradient of its share of the mini-batch. */
final class GradientLane extends Lane {
  GradientLane(Team team, ExampleSource examples, GradientWorker worker, Runnable afterStep) {
    super(team, examples, worker, afterStep);
  }

  @Override
  void compute(int lane, int first, int end, float[] result) {
    take(lane, first, end - first);
    worker.compute(team.parameters(), team.stepFactor(first, end - first), factors, 0);
    Arrays.fill(result, 0f);
    worker.addGradient(factors, result, Share.WHOLE);
    afterStep.run();
  }

  @Override
  int length() {
    return team.layout().gradientLength();
  }

  @Override
  void apply(float[] sum, Share share, Optimizer optimizer, float[] w, float[][] memory) {
    float[] target = optimizer.prepare(w, memory, team.layout(), share);
    worker.add(sum, target, share);
    optimizer.step(w, memory, team.layout(), share);
  }
}
