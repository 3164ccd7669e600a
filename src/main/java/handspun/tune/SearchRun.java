package handspun.tune;

import handspun.data.TrainingData;
import handspun.files.Location;
import handspun.run.Engine;

/**
 * A search that has begun: what is tried, where, and where its files go.
 *
 * @param halving which trials go on
 * @param epochs the most that a plan has
 * @param data what is learned
 * @param engine what computes
 * @param atATime how many trials are computed at a time
 * @param folder where the search writes
 * @param done how many trainings were done before it was resumed; 0 for a new search
 */
public record SearchRun(
    SearchPlan plan,
    Halving halving,
    int epochs,
    TrainingData data,
    Engine.Description engine,
    int atATime,
    Location folder,
    int done) {

  /** {@return the table of all trials} */
  public Location table() {
    return folder.resolve("trials.csv");
  }

  /** {@return how long trials took, which is another time every time} */
  public Location times() {
    return folder.resolve("times.csv");
  }

  /** {@return the picture of all trials} */
  public Location picture() {
    return folder.resolve("trials.svg");
  }

  /** {@return the best plan, for {@code train --config}} */
  public Location preset() {
    return folder.resolve("best.conf");
  }
}
