package handspun.run;

import handspun.HandspunException;
import handspun.UsageException;
import handspun.data.TrainingData;
import handspun.files.Location;
import handspun.network.Network;
import handspun.report.PlanFile;
import handspun.store.AtomicFile;
import handspun.store.Checkpoint;
import handspun.store.CheckpointFile;
import handspun.store.ModelFile;
import handspun.store.Runs;
import handspun.train.Hyperparameters;
import handspun.train.Plan;
import handspun.train.Schedule;
import handspun.train.StoppingRule;
import handspun.train.TrainingState;
import java.io.IOException;
import java.util.Map;
import java.util.TreeSet;

/** A run that goes on from its checkpoint. */
public final class Resumption {
  private final Location run;
  private final Checkpoint checkpoint;

  /**
   * @param run its folder
   */
  Resumption(Location run, Checkpoint checkpoint) {
    this.run = run;
    this.checkpoint = checkpoint;
  }

  /** {@return all that the run's result depends on, in HOCON} */
  public String settings() {
    return PlanFile.settings(checkpoint.plan(), checkpoint.data(), checkpoint.validation());
  }

  /**
   * {@return the run's plan, perhaps with another number of epochs}
   *
   * @throws UsageException if more epochs are done, there is nothing left to do, or the plan's
   *     schedule was for another number of epochs
   */
  public Plan plan(int epochs) {
    Plan plan = possible(epochs);
    requireUnfinished(epochs);
    return plan;
  }

  private Plan possible(int epochs) {
    int done = state().epochsDone();
    int begun = checkpoint.plan().epochs();
    Schedule schedule = checkpoint.plan().get(Hyperparameters.SCHEDULE);
    if (schedule.dependsOnEpochs() && epochs != begun) {
      throw new UsageException(
          "epochs is %d, but the run %s has begun with %d, over which its schedule, %s, spreads the learning rate: leave it out, or train anew."
              .formatted(epochs, run, begun, schedule));
    }
    if (epochs < done) {
      throw new UsageException(
          "epochs is %d, but the run %s has done %d already: name at least as many, or leave it out."
              .formatted(epochs, run, done));
    }
    return checkpoint.plan().withEpochs(epochs);
  }

  private void requireUnfinished(int epochs) {
    int done = state().epochsDone();
    StoppingRule rule = StoppingRule.of(checkpoint.plan());
    if (rule.ends(state()) && hasItsModel()) {
      throw new UsageException(
          "The run %s has ended after %d epochs, since %d were no better than the best one, and its model is there: train anew with more --patience."
              .formatted(run, done, rule.patience()));
    }
    if (epochs == done && hasItsModel()) {
      throw new UsageException(
          "The run %s has done all of its %d epochs, and its model is there: %s."
              .formatted(
                  run,
                  done,
                  checkpoint.plan().get(Hyperparameters.SCHEDULE).dependsOnEpochs()
                      ? "for more, train anew"
                      : "to go on, name more with --epochs"));
    }
  }

  /**
   * @throws UsageException if it is not the run's plan, but for its number of epochs
   */
  void requireSame(Plan plan) {
    if (!possible(plan.epochs()).equals(plan)) {
      throw new UsageException(
          "The run %s has begun with the plan \"%s\", which must stay, but for its epochs; it is \"%s\" now: train anew in another folder."
              .formatted(run, checkpoint.plan().words(), plan.words()));
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
            "%s, but --resume needs that of a run, such as runs/2026-01-31T12-00-00."
                .formatted(run.exists() ? run + " is no folder" : "There is no folder " + run));
      }
      if (!AtomicFile.exists(run.resolve(CheckpointFile.NAME))) {
        Location conf = run.resolve(PlanFile.NAME);
        throw new HandspunException(
            "The folder %s has no %s to go on from%s."
                .formatted(
                    run,
                    CheckpointFile.NAME,
                    conf.exists() ? ": train anew with --config " + conf : ""));
      }
    } catch (IOException e) {
      throw HandspunException.couldNot("look into the run's folder " + run, e);
    }
    return run;
  }

  /** Whether the model that training ended with was saved, and not only an earlier one. */
  private boolean hasItsModel() {
    Location model = run.resolve(Runs.MODEL);
    Network last = StoppingRule.of(checkpoint.plan()).network(state());
    try {
      return model.exists() && ModelFile.read(model).network().sha256().equals(last.sha256());
    } catch (HandspunException | IOException e) {
      return false;
    }
  }

  /** {@return where it goes on} */
  public TrainingState state() {
    return checkpoint.state();
  }

  /**
   * @throws UsageException if the run has learned from other data
   */
  void requireSame(TrainingData data) {
    requireSame(run, checkpoint.data(), checkpoint.dataSha256(), data.location(), data.sha256());
  }

  /**
   * @param run a folder
   * @param place where the data were when it began
   * @param then SHA-256 of their files
   * @param nowPlace where the data are now
   * @param now SHA-256 of their files
   * @throws UsageException if the data are others now
   */
  public static void requireSame(
      Location run,
      String place,
      Map<String, String> then,
      String nowPlace,
      Map<String, String> now) {
    TreeSet<String> names = new TreeSet<>(then.keySet());
    names.addAll(now.keySet());
    for (String name : names) {
      if (!now.getOrDefault(name, "").equals(then.get(name))) {
        throw new UsageException(
            "The data in %s are not those that the run %s has learned from (%s): %s%s now and%s then; name the same data with --data."
                .formatted(nowPlace, run, place, name, sum(now, name), sum(then, name)));
      }
    }
  }

  private static String sum(Map<String, String> sums, String name) {
    return sums.containsKey(name) ? " has the SHA-256 " + sums.get(name) : " is not there";
  }
}
