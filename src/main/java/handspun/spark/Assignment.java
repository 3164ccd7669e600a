package handspun.spark;

import handspun.train.EpochStart;
import handspun.train.ModelState;
import java.io.Serializable;

/**
 * An epoch to be run.
 *
 * @param number of assignments so far, this one included
 * @param start of the epoch
 */
record Assignment(int number, EpochStart start) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** There are no more epochs. */
  static final Assignment NONE =
      new Assignment(Integer.MAX_VALUE, new EpochStart(0, ModelState.NONE));

  boolean isNone() {
    return start.epoch() == 0;
  }
}
