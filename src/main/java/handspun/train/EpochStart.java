package handspun.train;

import java.io.Serializable;

/**
 * What an epoch begins with.
 *
 * @param epoch from 1
 * @param stalls how often learning has stalled in the epochs before: {@link LearningRate#stalls}
 * @param model not changed
 */
public record EpochStart(int epoch, int stalls, ModelState model) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Of an epoch in which learning has never stalled before. */
  public EpochStart(int epoch, ModelState model) {
    this(epoch, 0, model);
  }

  /** {@return the same epoch from another state, somewhere within it} */
  public EpochStart from(ModelState other) {
    return new EpochStart(epoch, stalls, other);
  }
}
