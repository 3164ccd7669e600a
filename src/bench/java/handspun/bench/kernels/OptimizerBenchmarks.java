package handspun.bench.kernels;

import handspun.math.RandomStream;
import handspun.math.Share;
import handspun.network.Layout;
import handspun.network.Topology;
import handspun.train.Hyperparameters;
import handspun.train.Optimizer;
import handspun.train.OptimizerChoice;
import handspun.train.Plan;
import handspun.train.WorkingModel;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * A step of all 266,610 weights and biases of 784-300-100-10, once the gradient is there. Not in
 * the table of {@code bench kernels}, since it is no kernel.
 */
@State(Scope.Thread)
public class OptimizerBenchmarks {
  private static final float RATE = 0.001f;

  @Param({"SGD", "NESTEROV", "ADAM"})
  public OptimizerChoice optimizer;

  @Param({"0", "1"})
  public float average;

  private final Layout layout = new Layout(Topology.parse("784,300,100,10"));
  private Optimizer step;
  private WorkingModel model;
  private long number;

  @Setup
  public void setUp() {
    Plan plan =
        Plan.builder()
            .set(Hyperparameters.OPTIMIZER, optimizer)
            .set(Hyperparameters.AVERAGE, average)
            .build();
    step = Optimizer.of(plan, 1);
    model = WorkingModel.of(layout, step);
    RandomStream random = new RandomStream(1);
    float[] sum = step.prepare(model, layout, Share.WHOLE, 1, RATE);
    for (int i = 0; i < sum.length; i++) {
      sum[i] = (float) random.nextGaussian();
    }
  }

  @Benchmark
  public float[] step() {
    number++;
    step.step(model, layout, Share.WHOLE, number, RATE);
    return model.w();
  }
}
