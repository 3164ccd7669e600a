package handspun.run;

import handspun.data.TrainingData;
import handspun.files.Location;
import handspun.parallel.PartitionChoice;
import handspun.store.Runs;
import handspun.train.MiniBatches;
import handspun.train.Plan;
import java.util.OptionalInt;

/**
 * A training that has begun: what is computed, where, and where its files go.
 *
 * @param data what is learned
 * @param engine what computes
 * @param partitions how many share a mini-batch, and why
 * @param folder where the run writes
 * @param resumedAfter the epoch after which it goes on; empty for a new run
 */
public record TrainingRun(
    Plan plan,
    TrainingData data,
    Engine.Description engine,
    PartitionChoice partitions,
    Location folder,
    OptionalInt resumedAfter) {

  /** {@return how its examples make mini-batches} */
  public MiniBatches miniBatches() {
    return new MiniBatches(data.training().count(), plan);
  }

  /** {@return the file of the trained network} */
  public Location model() {
    return folder.resolve(Runs.MODEL);
  }

  /** {@return the table of all epochs} */
  public Location metrics() {
    return folder.resolve("metrics.csv");
  }

  /** {@return the picture of all epochs} */
  public Location curve() {
    return folder.resolve("curve.svg");
  }

  /** {@return the picture of what was taken for what in the test} */
  public Location confusion() {
    return folder.resolve("confusion.svg");
  }
}
