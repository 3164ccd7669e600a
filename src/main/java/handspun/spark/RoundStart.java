package handspun.spark;

import handspun.train.EpochStart;
import handspun.train.ModelState;
import handspun.train.Plan;
import java.io.Serializable;
import java.util.List;

/**
 * What the tasks of a mini-batch, or a round of them, begin with: all that another one has not.
 *
 * @param epoch from 1
 * @param stalls as in {@link EpochStart}
 * @param before mini-batches of the epoch before it
 * @param examples of this mini-batch or round, in order
 * @param model the state to compute with; without memory where nobody asks for it
 */
record RoundStart(int epoch, int stalls, int before, int[] examples, ModelState model)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Only lanes that make steps of their own ask what the optimizer remembers. */
  static RoundStart of(Plan plan, EpochStart start, int before, int[] examples) {
    ModelState model = start.model();
    return new RoundStart(
        start.epoch(),
        start.stalls(),
        before,
        examples,
        plan.localSteps() == 1 ? new ModelState(model.parameters(), List.of()) : model);
  }

  /** Of the epoch, with the state to compute with. */
  EpochStart start(Plan plan) {
    return new EpochStart(
        epoch,
        stalls,
        model.memory().isEmpty() ? ModelState.initial(plan, model.parameters()) : model);
  }
}
