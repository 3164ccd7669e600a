package handspun.spark;

import java.io.Serializable;

/**
 * What one partition tells of an epoch.
 *
 * @param partition from 0
 * @param examples training examples that it computed
 * @param cost of these, in units of {@link handspun.network.QuadraticCost#UNIT}
 * @param validationCorrect of its validation examples
 * @param parameters after the epoch, from partition 0; null from the others
 */
record EpochPart(int partition, int examples, long cost, int validationCorrect, float[] parameters)
    implements Serializable {
  private static final long serialVersionUID = 1L;
}
