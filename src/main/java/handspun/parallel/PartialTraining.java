package handspun.parallel;

import handspun.data.Dataset;
import handspun.data.Teacher;
import handspun.math.Kernels;
import handspun.store.Checkpoint;
import handspun.train.EpochSummary;
import handspun.train.Plan;
import handspun.train.Trainer;
import handspun.train.TrainingListener;
import handspun.train.TrainingState;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * A plan's training from where it has come to up to some epoch, in one thread. Whoever goes on from
 * there comes to the same bits as if it had gone through.
 *
 * @param name for people, such as {@code trial 12 to epoch 10}
 * @param plan hyperparameters, which fit the data
 * @param teacher of the plan; empty if it has none
 * @param start the {@linkplain Checkpoint#toBytes checkpoint} to go on from, asked for when it is
 *     needed; no bytes to begin with the plan's own initial weights
 * @param lastEpoch 1 to the plan's number of epochs
 */
public record PartialTraining(
    String name, Plan plan, Optional<Teacher> teacher, Supplier<byte[]> start, int lastEpoch) {

  /**
   * What came of it.
   *
   * @param checkpoint to go on from; no bytes if training has failed or come to its last epoch
   * @param epochs that were run, also before the start
   * @param validationCorrect of the network that is kept; 0 if there is none
   * @param cost of the training examples in the epoch that it is from, or, after a failure, in the
   *     last one; NaN if training has diverged
   * @param failure why training failed; empty if it went as planned
   * @param seconds of all epochs, also before the start
   */
  public record Outcome(
      byte[] checkpoint,
      int epochs,
      int validationCorrect,
      double cost,
      String failure,
      double seconds)
      implements Serializable {
    private static final long serialVersionUID = 1L;

    private static Outcome of(Trainer.Result result, byte[] checkpoint) {
      List<EpochSummary> epochs = result.epochs();
      boolean failed = result.failure().isPresent();
      EpochSummary kept = epochs.get((failed ? epochs.size() : result.goodEpochs()) - 1);
      return new Outcome(
          checkpoint,
          epochs.size(),
          failed ? 0 : kept.validationCorrect(),
          kept.cost(),
          result.failure().orElse(""),
          epochs.stream().mapToDouble(EpochSummary::seconds).sum());
    }
  }

  /** Keeps the newest state. */
  private static final class Newest implements TrainingListener {
    private TrainingState state;

    @Override
    public void reached(TrainingState newer) {
      state = newer;
    }
  }

  /**
   * Trains, in the caller's thread.
   *
   * @param data of which the test examples are not asked for
   * @param cancelled asked again and again; if it is true, training ends
   * @throws CancelledException if it was ended early
   */
  public Outcome run(Dataset data, BooleanSupplier cancelled) {
    byte[] before = start.get();
    TrainingState from =
        before.length == 0 ? TrainingState.initial(plan) : Checkpoint.ofBytes(before).state();
    Newest newest = new Newest();
    Dataset taught = teacher.map(knows -> taught(data, knows)).orElse(data);
    try (LocalRunner runner =
        new LocalRunner(
            plan, taught.training(), taught.validation(), 1, Kernels.fastest(), cancelled)) {
      Trainer.Result result =
          new Trainer(plan, taught, runner, List.of(newest)).train(from, lastEpoch);
      boolean goesOn = result.failure().isEmpty() && lastEpoch < plan.epochs();
      return Outcome.of(result, goesOn ? bytes(newest.state, data) : new byte[0]);
    }
  }

  /** The data with a teacher's answers, and without test examples. */
  private static Dataset taught(Dataset data, Teacher teacher) {
    return new Dataset(
        data.training().taughtBy(teacher),
        data.validation(),
        data.validation().slice(0, 0),
        data.location(),
        data.sha256());
  }

  private byte[] bytes(TrainingState state, Dataset data) {
    return new Checkpoint(plan, data.location(), Map.of(), data.validation().count(), state)
        .toBytes();
  }
}
