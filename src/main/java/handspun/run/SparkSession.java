package handspun.run;

import handspun.data.TrainingData;
import handspun.parallel.PartitionChoice;
import handspun.parallel.TrainingPool;
import handspun.parallel.WarmUp;
import handspun.spark.Aggregation;
import handspun.spark.SparkTraining;
import handspun.spark.TrainingContext;
import handspun.train.Plan;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Spark, while it runs. */
record SparkSession(TrainingContext spark, Aggregation aggregation) implements Engine.Session {

  @Override
  public Engine.Description description() {
    return new Engine.Description(
        "Spark %s, %s".formatted(spark.version(), spark.master()),
        Optional.of(aggregation),
        spark.page(),
        Map.of("spark", spark.version()));
  }

  @Override
  public PartitionChoice choose(Plan plan, OptionalInt requested, Optional<WarmUp> warmUp) {
    return warmUp
        .map(here -> spark.choose(aggregation, plan, requested, here))
        .orElseGet(() -> spark.choose(aggregation, plan, requested));
  }

  @Override
  public TrainingData withSums(TrainingData data) {
    return spark.withSums(data);
  }

  @Override
  public Engine.Computation begin(Plan plan, TrainingData data, PartitionChoice partitions) {
    SparkTraining training = spark.train(aggregation, plan, data, partitions);
    return new Engine.Computation(training, training::progress, List.of(training.metrics()));
  }

  @Override
  public TrainingPool pool(TrainingData data, int most) {
    return spark.pool(data, most);
  }

  @Override
  public void close() {
    spark.close();
  }
}
