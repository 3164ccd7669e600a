package handspun.spark;

import handspun.math.Kernels;
import handspun.network.Layout;
import handspun.parallel.Validator;
import handspun.train.Plan;
import java.io.Serializable;
import org.apache.spark.api.java.function.Function;

/**
 * Counts the validation examples of one partition that a network reads correctly.
 *
 * @param plan of the network
 * @param parameters of the network, serialized
 */
record ValidationTask(Plan plan, JobInput parameters)
    implements Function<Block, ValidationTask.Part> {
  private static final long serialVersionUID = 1L;

  /** A partition's count. */
  static final class Part implements Serializable {
    private static final long serialVersionUID = 1L;

    private final int correct;
    private final long nanos;

    Part(int correct, long nanos) {
      this.correct = correct;
      this.nanos = nanos;
    }

    int correct() {
      return correct;
    }

    /** How long it took to count. */
    long nanos() {
      return nanos;
    }
  }

  @Override
  public Part call(Block block) {
    long start = System.nanoTime();
    Layout layout = new Layout(plan.topology());
    Validator validator =
        new Validator(
            plan,
            layout,
            layout.toWorking((float[]) Serialization.deserialize(parameters.bytes())),
            Kernels.fastest());
    int correct = validator.correct(block.validation());
    return new Part(correct, System.nanoTime() - start);
  }
}
