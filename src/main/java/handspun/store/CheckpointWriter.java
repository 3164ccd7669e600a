package handspun.store;

import handspun.data.TrainingData;
import handspun.files.Location;
import handspun.train.Plan;
import handspun.train.TrainingListener;
import handspun.train.TrainingState;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Keeps a run's checkpoint up to date, in the background: training does not wait for the disk. So a
 * process that is killed may lose the epochs of the last few hundredths of a second, and computes
 * them again when it is resumed, to the same bits.
 *
 * <p>Epochs that are kept are written before the checkpoint that comes after them, so that a run
 * that is resumed has kept the same as one that was never stopped. But where that takes long, going
 * on matters more than what was.
 *
 * <p>Where a checkpoint cannot be written this is said once, and training goes on.
 */
public final class CheckpointWriter implements TrainingListener, AutoCloseable {
  private static final long PATIENCE_MILLIS = 1_000;

  private final Location file;
  private final Plan plan;
  private volatile TrainingData data;
  private final int every;
  private final KeptEpochsWriter epochs;
  private final BackgroundWriter background;
  private TrainingState newest;
  private boolean isNewestSubmitted;
  private volatile TrainingState saved;

  /**
   * @param folder the run's
   * @param data what is learned
   * @param every so many epochs, and at the end, a checkpoint is written; 0 for never
   * @param epochs keeps the run's epochs, and is told of each before this
   * @param warning is told, once, if that cannot be done
   */
  public CheckpointWriter(
      Location folder,
      Plan plan,
      TrainingData data,
      int every,
      KeptEpochsWriter epochs,
      Consumer<String> warning) {
    this.file = folder.resolve(CheckpointFile.NAME);
    this.plan = plan;
    this.data = data;
    this.every = every;
    this.epochs = epochs;
    background = new BackgroundWriter("checkpoint", warning);
  }

  /**
   * Says more about the data, before the first state.
   *
   * @param same data, with the sums of their files
   */
  public void identify(TrainingData same) {
    data = same;
  }

  @Override
  public synchronized void reached(TrainingState state) {
    boolean first = newest == null;
    newest = state;
    isNewestSubmitted = false;
    if (every > 0 && (first || state.epochsDone() % every == 0)) {
      submit();
    }
  }

  private void submit() {
    TrainingState state = newest;
    isNewestSubmitted = true;
    background.submit(() -> write(state));
  }

  private void write(TrainingState state) {
    epochs.awaitWritten(state.epochsDone(), PATIENCE_MILLIS);
    CheckpointFile.write(file, Checkpoint.of(plan, data, state));
    saved = state;
  }

  /** {@return the state that can be gone on from, and that is saved; empty before there is one} */
  public Optional<TrainingState> saved() {
    return Optional.ofNullable(saved);
  }

  /**
   * Sees to it that the newest state is saved, and ends. May be called by any thread, and again.
   */
  @Override
  public synchronized void close() {
    if (every > 0 && newest != null && !isNewestSubmitted) {
      submit();
    }
    background.close();
  }
}
