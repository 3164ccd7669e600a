package handspun.cli;

import handspun.HandspunException;
import handspun.UsageException;
import handspun.data.TrainingData;
import handspun.files.Location;
import handspun.report.PlanFile;
import handspun.store.AtomicFile;
import handspun.store.Checkpoint;
import handspun.store.CheckpointFile;
import handspun.store.ModelFile;
import handspun.store.Runs;
import handspun.train.Plan;
import handspun.train.TrainingState;
import java.io.IOException;
import java.util.Map;
import java.util.TreeSet;

/** A run that goes on from its checkpoint, with what it is told now. */
final class Resumption {
  private final Location run;
  private final Checkpoint checkpoint;
  private final Settings settings;
  private final Plan plan;

  /**
   * @param run its folder, which is locked
   * @param said what the user says now
   * @throws UsageException if anything was said that would change the result, or there is nothing
   *     left to do
   * @throws HandspunException if the checkpoint is damaged
   */
  Resumption(Location run, Settings said) {
    this.run = run;
    checkpoint = CheckpointFile.read(run.resolve(CheckpointFile.NAME));
    settings =
        said.resuming(
            run, PlanFile.settings(checkpoint.plan(), checkpoint.data(), checkpoint.validation()));
    plan = checkpoint.plan().withEpochs(settings.plan().epochs());
    int done = state().epochsDone();
    if (plan.epochs() < done) {
      throw new UsageException(
          "epochs is "
              + plan.epochs()
              + ", but the run "
              + run
              + " has done "
              + done
              + " already: name at least as many, or leave it out.");
    }
    if (plan.epochs() == done && hasItsModel()) {
      throw new UsageException(
          "The run "
              + run
              + " has done all of its "
              + done
              + " epochs, and its model is there: to go on, name more with --epochs.");
    }
  }

  /**
   * @param run what the user named
   * @return the same
   * @throws HandspunException if it is not the folder of a run that can be resumed
   */
  static Location requireRun(Location run) {
    try {
      if (!run.isFolder()) {
        throw new HandspunException(
            (run.exists() ? run + " is no folder" : "There is no folder " + run)
                + ", but --resume needs that of a run, such as "
                + Home.resolve("runs/2026-01-31T12-00-00")
                + ".");
      }
      if (!AtomicFile.exists(run.resolve(CheckpointFile.NAME))) {
        Location conf = run.resolve(PlanFile.NAME);
        throw new HandspunException(
            "The folder "
                + run
                + " has no "
                + CheckpointFile.NAME
                + " to go on from"
                + (conf.exists() ? ": train anew with --config " + conf : "")
                + ".");
      }
    } catch (IOException e) {
      throw new HandspunException(
          "Could not look into the run's folder " + run + ": " + HandspunException.reason(e) + ".",
          e);
    }
    return run;
  }

  /** Whether the last epoch's model was saved, and not only an earlier one. */
  private boolean hasItsModel() {
    Location model = run.resolve(Runs.MODEL);
    try {
      return model.exists()
          && ModelFile.read(model).network().sha256().equals(state().network().sha256());
    } catch (HandspunException | IOException e) {
      return false;
    }
  }

  /** {@return what is said now; for the rest, what was said then} */
  Settings settings() {
    return settings;
  }

  /** {@return the run's plan, perhaps with another number of epochs} */
  Plan plan() {
    return plan;
  }

  /** {@return where it goes on} */
  TrainingState state() {
    return checkpoint.state();
  }

  /**
   * @throws UsageException if the run has learned from other data
   */
  void requireSame(TrainingData data) {
    Map<String, String> then = checkpoint.dataSha256();
    Map<String, String> now = data.sha256();
    TreeSet<String> names = new TreeSet<>(then.keySet());
    names.addAll(now.keySet());
    for (String name : names) {
      if (!now.getOrDefault(name, "").equals(then.get(name))) {
        throw new UsageException(
            "The data in "
                + data.location()
                + " are not those that the run "
                + run
                + " has learned from ("
                + checkpoint.data()
                + "): "
                + name
                + sum(now, name)
                + " now and"
                + sum(then, name)
                + " then; name the same data with --data.");
      }
    }
  }

  private static String sum(Map<String, String> sums, String name) {
    return sums.containsKey(name) ? " has the SHA-256 " + sums.get(name) : " is not there";
  }
}
