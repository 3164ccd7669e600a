package handspun.spark;

import handspun.math.Kernels;
import handspun.network.Layout;
import handspun.network.Topology;
import org.apache.spark.api.java.function.Function;

/** Counts the validation examples of one partition that a network reads rightly. */
final class ValidationTask implements Function<Block, ValidationTask.Part> {
  private static final long serialVersionUID = 1L;

  /** A partition's count. */
  static final class Part {
    private final int correct;

    Part(int correct) {
      this.correct = correct;
    }

    int correct() {
      return correct;
    }
  }

  private final Topology topology;
  private final float[] parameters;

  ValidationTask(Topology topology, float[] parameters) {
    this.topology = topology;
    this.parameters = parameters;
  }

  @Override
  public Part call(Block block) {
    Layout layout = new Layout(topology);
    Validator validator = new Validator(layout, layout.toWorking(parameters), Kernels.fastest());
    return new Part(validator.correct(block.validation()));
  }
}
