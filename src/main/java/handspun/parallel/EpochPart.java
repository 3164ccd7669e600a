package handspun.spark;

import handspun.train.PartitionWork;
import java.io.Serializable;

/**
 * What one partition tells of an epoch.
 *
 * @param partition from 0
 * @param examples training examples that it computed
 * @param cost of these, in units of {@link handspun.network.QuadraticCost#UNIT}
 * @param validationCorrect of its validation examples
 * @param work what it did with its time
 * @param parameters after the epoch, from partition 0; null from the others
 */
record EpochPart(
    int partition,
    int examples,
    long cost,
    int validationCorrect,
    PartitionWork work,
    float[] parameters)
    implements Serializable {
  private static final long serialVersionUID = 1L;
}
