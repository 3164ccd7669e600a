package handspun.parallel;

import handspun.network.Cost;
import handspun.train.EpochRunner.Outcome;
import handspun.train.ModelState;
import handspun.train.PartitionWork;
import java.io.Serializable;
import java.util.List;

/**
 * What one partition tells of an epoch.
 *
 * @param partition from 0
 * @param examples training examples that it computed
 * @param cost of these, in units of {@link Cost#UNIT}
 * @param validationCorrect of its validation examples
 * @param work what it did with its time
 * @param state after the epoch, from partition 0; from the others, which have the same, {@link
 *     ModelState#NONE}
 */
public record EpochPart(
    int partition,
    int examples,
    long cost,
    int validationCorrect,
    PartitionWork work,
    ModelState state)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * @param parts of all partitions, in order
   * @return what came of the epoch
   */
  public static Outcome outcome(List<EpochPart> parts) {
    long cost = 0;
    int correct = 0;
    int examples = 0;
    for (EpochPart part : parts) {
      cost += part.cost;
      correct += part.validationCorrect;
      examples += part.examples;
    }
    return new Outcome(
        parts.get(0).state,
        cost * Cost.UNIT / examples,
        correct,
        parts.stream().map(EpochPart::examples).toList(),
        parts.stream().map(EpochPart::work).toList());
  }
}
