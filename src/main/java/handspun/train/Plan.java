package handspun.train;

import handspun.UsageException;
import handspun.data.ExampleSet;
import handspun.data.LabelCounts;
import handspun.data.TrainingData;
import handspun.network.Topology;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The hyperparameters of a run. Together with the data they are all that the result depends on:
 * where and on how many partitions a run is computed is not in here.
 *
 * @param topology layer sizes
 * @param epochs passes over the training examples, at least 1
 * @param miniBatch examples per update, at least 1
 * @param learningRate eta, finite and above 0
 * @param seed of the weights and of the order of the examples
 * @param lanes virtual workers that a mini-batch is summed by, 1..miniBatch; see {@link Lanes}
 * @param localSteps mini-batches that each lane learns from on its own before the lanes are
 *     averaged, at least 1, and 1 if there is one lane; see {@link LocalSteps}
 */
public record Plan(
    Topology topology,
    int epochs,
    int miniBatch,
    float learningRate,
    long seed,
    int lanes,
    int localSteps)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * @throws UsageException if a value is impossible
   */
  public Plan {
    if (epochs < 1) {
      throw new UsageException("epochs is " + epochs + ", but must be at least 1.");
    }
    if (miniBatch < 1) {
      throw new UsageException("batch is " + miniBatch + ", but must be at least 1 example.");
    }
    if (!(learningRate > 0) || Float.isInfinite(learningRate)) {
      throw new UsageException(
          "rate is " + learningRate + ", but a learning rate must be above 0 and finite: try 3.0.");
    }
    if (lanes < 1 || lanes > miniBatch) {
      throw new UsageException(
          "lanes is "
              + lanes
              + ", but must be 1 to "
              + miniBatch
              + ", the size of the mini-batch: every lane sums at least one example.");
    }
    if (localSteps < 1) {
      throw new UsageException(
          "local-steps is " + localSteps + ", but must be at least 1 mini-batch, or epoch.");
    }
    if (localSteps > 1 && lanes == 1) {
      throw new UsageException(
          "local-steps is "
              + LocalSteps.toString(localSteps)
              + ", but lanes is 1, and a lane alone has nothing to be averaged with: choose at least"
              + " 2 lanes and a mini-batch of at least as many examples, or local-steps 1.");
    }
  }

  /**
   * A plan of synchronous SGD: with one local step.
   *
   * @throws UsageException if a value is impossible
   */
  public Plan(
      Topology topology, int epochs, int miniBatch, float learningRate, long seed, int lanes) {
    this(topology, epochs, miniBatch, learningRate, seed, lanes, 1);
  }

  /**
   * @param other passes over the training examples
   * @return the same plan for that many epochs
   */
  public Plan withEpochs(int other) {
    return new Plan(topology, other, miniBatch, learningRate, seed, lanes, localSteps);
  }

  /**
   * Checks that this plan can be carried out on that data.
   *
   * @param data what is to be learned
   * @throws UsageException if the layers do not fit the images and labels, or the mini-batch is
   *     larger than the training set
   */
  public void requireFits(TrainingData data) {
    ExampleSet training = data.training();
    if (miniBatch > training.count()) {
      throw new UsageException(
          "batch is "
              + miniBatch
              + ", but there are only "
              + training.count()
              + " training examples: choose a smaller mini-batch.");
    }
    requireSizes(data);
  }

  /** Says all that is wrong with the layers at once. */
  private void requireSizes(TrainingData data) {
    Map<String, ExampleSet> sets = new LinkedHashMap<>();
    sets.put("training", data.training());
    sets.put("validation", data.validation());
    sets.put("test", data.test());
    int least = LabelCounts.LABELS;
    int most = -1;
    List<String> faults = new ArrayList<>();
    int[] sizes = topology.sizes();
    for (Map.Entry<String, ExampleSet> named : sets.entrySet()) {
      ExampleSet set = named.getValue();
      int pixels = set.rows() * set.columns();
      if (faults.isEmpty() && topology.inputs() != pixels) {
        sizes[0] = pixels;
        faults.add(
            "begin with %d units, but the %s images have %d x %d = %d pixels"
                .formatted(topology.inputs(), named.getKey(), set.rows(), set.columns(), pixels));
      }
      if (set.count() > 0) {
        least = Math.min(least, set.labelCounts().least());
        most = Math.max(most, set.labelCounts().most());
      }
    }
    if (topology.outputs() <= most) {
      sizes[sizes.length - 1] = most + 1;
      faults.add(
          "end with %d units, but the labels go from %d to %d, which takes %d units"
              .formatted(topology.outputs(), least, most, most + 1));
    }
    if (!faults.isEmpty()) {
      throw new UsageException(
          "The layers %s %s: choose --layers %s."
              .formatted(
                  topology,
                  String.join("; they ", faults),
                  IntStream.of(sizes).mapToObj(String::valueOf).collect(Collectors.joining(","))));
    }
  }
}
