package handspun.spark;

import handspun.data.Examples;
import handspun.math.Kernels;
import handspun.network.Backpropagation;
import handspun.network.Topology;
import org.apache.spark.api.java.function.Function;

/** Counts the validation examples of one partition that a network reads rightly. */
final class ValidationTask implements Function<Integer, ValidationTask.Part> {
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
  private final DistributedExamples validation;

  ValidationTask(Topology topology, float[] parameters, DistributedExamples validation) {
    this.topology = topology;
    this.parameters = parameters;
    this.validation = validation;
  }

  @Override
  public Part call(Integer partition) {
    return new Part(correct(topology, parameters, validation.block(partition)));
  }

  static int correct(Topology topology, float[] parameters, Examples examples) {
    Backpropagation pass = new Backpropagation(topology, Kernels.fastest());
    float[] activations = new float[topology.units()];
    int correct = 0;
    for (int i = 0; i < examples.count(); i++) {
      pass.feedforward(parameters, examples.inputs(), i, activations, 0);
      if (pass.prediction(activations, 0) == examples.label(i)) {
        correct++;
      }
    }
    return correct;
  }
}
