package handspun.cli;

import handspun.data.TrainingData;
import handspun.files.Location;
import handspun.parallel.PartitionChoice;
import handspun.spark.Aggregation;
import handspun.store.Runs;
import handspun.train.MiniBatches;
import handspun.train.Plan;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A training run that has begun: what is computed, where, and where its files go.
 *
 * @param data what is learned
 * @param master Spark's master URL
 * @param aggregation how parts are brought together
 * @param partitions how many share a mini-batch, and why
 * @param sparkVersion Spark's version
 * @param sparkPage address of Spark's page, as long as it runs; empty if the user wants none
 * @param folder where the run writes
 * @param resumedAfter the epoch after which it goes on; empty for a new run
 */
record TrainingRun(
    Plan plan,
    TrainingData data,
    String master,
    Aggregation aggregation,
    PartitionChoice partitions,
    String sparkVersion,
    Optional<String> sparkPage,
    Location folder,
    OptionalInt resumedAfter) {

  MiniBatches miniBatches() {
    return new MiniBatches(data.training().count(), plan);
  }

  Location model() {
    return folder.resolve(Runs.MODEL);
  }

  Location metrics() {
    return folder.resolve("metrics.csv");
  }

  Location curve() {
    return folder.resolve("curve.svg");
  }

  Location confusion() {
    return folder.resolve("confusion.svg");
  }
}
