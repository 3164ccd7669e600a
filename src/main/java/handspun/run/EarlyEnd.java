package handspun.run;

import handspun.HandspunException;
import handspun.UsageException;
import handspun.files.Location;
import handspun.store.CheckpointWriter;
import handspun.store.Runs;
import handspun.train.Plan;
import handspun.train.TrainingState;
import java.io.IOException;
import java.util.Optional;

/**
 * What is saved and said when training is stopped or fails.
 *
 * @param checkpoints of the run
 * @param folder the run's
 * @param whole the folder by which the run is resumed
 * @param resumed the state that the run was resumed with; empty for a new run
 */
record EarlyEnd(
    CheckpointWriter checkpoints,
    Plan plan,
    Location folder,
    Location whole,
    Optional<TrainingState> resumed) {

  /** What a person who stopped it reads. */
  String stopped() {
    Optional<String> wayOn = wayOn();
    if (wayOn.isPresent()) {
      return "Stopped: " + wayOn.get();
    }
    Runs.discardIfEmpty(folder);
    return isThere(folder)
        ? "Stopped before the end: no model and no checkpoint were saved; what is known is in %s."
            .formatted(folder)
        : "Stopped before training began.";
  }

  private static boolean isThere(Location folder) {
    try {
      return folder.exists();
    } catch (IOException e) {
      return false;
    }
  }

  /** The same failure, with what is not lost. */
  RuntimeException failed(RuntimeException e) {
    if (!(e instanceof HandspunException) || e instanceof UsageException) {
      return e;
    }
    return wayOn()
        .<RuntimeException>map(way -> new HandspunException(e.getMessage() + " " + way, e))
        .orElse(e);
  }

  /** How to go on, if there is a checkpoint, which is now the newest one. */
  Optional<String> wayOn() {
    checkpoints.close();
    return checkpoints
        .saved()
        .or(() -> resumed)
        .map(
            state ->
                "%d of %d epochs are done and saved; go on with: bin/handspun train --resume %s"
                    .formatted(state.epochsDone(), plan.epochs(), whole));
  }
}
