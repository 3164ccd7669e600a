package handspun.spark;

import handspun.data.Examples;
import handspun.math.Kernels;
import handspun.network.Feedforward;
import handspun.network.Layout;
import handspun.network.Topology;
import org.apache.spark.api.java.function.Function;

/** Counts the validation examples of one partition that a network reads rightly. */
final class ValidationTask implements Function<Integer, ValidationTask.Part> {
  private static final long serialVersionUID = 1L;
  private static final int IMAGES_AT_A_TIME = 64;

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
  private final DistributedExamples validation;

  ValidationTask(Topology topology, float[] parameters, DistributedExamples validation) {
    this.topology = topology;
    this.parameters = parameters;
    this.validation = validation;
  }

  @Override
  public Part call(Integer partition) {
    Layout layout = new Layout(topology);
    return new Part(
        correct(
            layout, layout.toWorking(parameters), validation.block(partition), Kernels.fastest()));
  }

  static int correct(Layout layout, float[] w, Examples examples, Kernels kernels) {
    Feedforward feedforward = new Feedforward(layout, w, kernels, IMAGES_AT_A_TIME);
    int correct = 0;
    for (int from = 0; from < examples.count(); from += IMAGES_AT_A_TIME) {
      int to = Math.min(from + IMAGES_AT_A_TIME, examples.count());
      feedforward.read(examples.inputs(), from, to);
      for (int i = from; i < to; i++) {
        if (feedforward.prediction(i - from) == examples.label(i)) {
          correct++;
        }
      }
    }
    return correct;
  }
}
