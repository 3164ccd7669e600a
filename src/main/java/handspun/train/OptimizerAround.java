package handspun.train;

import handspun.math.Share;
import handspun.network.Layout;

/** Does something more around the steps of another optimizer. */
interface OptimizerAround extends Optimizer {
  /** {@return the other one} */
  Optimizer of();

  @Override
  default int memories() {
    return of().memories();
  }

  @Override
  default boolean keepsSumApart() {
    return of().keepsSumApart();
  }

  @Override
  default float factor(float rate) {
    return of().factor(rate);
  }

  @Override
  default float[] prepare(WorkingModel model, Layout layout, Share share, long number, float rate) {
    return of().prepare(model, layout, share, number, rate);
  }

  @Override
  default void step(WorkingModel model, Layout layout, Share share, long number, float rate) {
    of().step(model, layout, share, number, rate);
  }
}
