package handspun.cli;

import handspun.data.TrainingData;
import handspun.spark.Aggregation;
import handspun.spark.PartitionChoice;
import handspun.store.Runs;
import handspun.train.MiniBatches;
import handspun.train.Plan;
import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * A training run that has begun: what is computed, where, and where its files go.
 *
 * @param plan hyperparameters
 * @param data what is learned
 * @param master Spark's master URL
 * @param aggregation how parts are brought together
 * @param partitions how many share a mini-batch, and why
 * @param sparkVersion Spark's version
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
    Path folder,
    OptionalInt resumedAfter) {

  MiniBatches miniBatches() {
    return new MiniBatches(data.training().count(), plan);
  }

  Path model() {
    return folder.resolve(Runs.MODEL);
  }

  Path metrics() {
    return folder.resolve("metrics.csv");
  }

  Path curve() {
    return folder.resolve("curve.svg");
  }

  Path confusion() {
    return folder.resolve("confusion.svg");
  }
}
