package handspun.run;

import handspun.files.Location;
import handspun.spark.Aggregation;
import handspun.spark.TrainingContext;
import handspun.train.Plan;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** A Spark that is started for a training. */
record SparkEngine(String master, Aggregation aggregation, Optional<Location> eventLog)
    implements Engine {

  @Override
  public void check(Plan plan, OptionalInt partitions) {
    TrainingContext.check(master, aggregation, plan, partitions);
  }

  @Override
  public boolean computesHere() {
    return TrainingContext.isLocal(master);
  }

  @Override
  public Session start(Consumer<String> notices) {
    return new SparkSession(
        TrainingContext.start(master, aggregation, eventLog, notices), aggregation);
  }
}
