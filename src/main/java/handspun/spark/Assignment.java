package handspun.spark;

import handspun.train.ModelState;
import java.io.Serializable;

/**
 * An epoch to be run.
 *
 * @param number of assignments so far, this one included
 * @param epoch from 1
 * @param start the state to begin with
 */
record Assignment(int number, int epoch, ModelState start) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** There are no more epochs. */
  static final Assignment NONE = new Assignment(Integer.MAX_VALUE, 0, ModelState.NONE);

  boolean isNone() {
    return epoch == 0;
  }
}
