package handspun.run;

import handspun.spark.Aggregation;
import handspun.spark.TrainingContext;
import handspun.train.Plan;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaSparkContext;

/** A Spark that runs already. */
record GivenSparkEngine(JavaSparkContext context, Aggregation aggregation) implements Engine {

  @Override
  public void check(Plan plan, OptionalInt partitions) {
    TrainingContext.check(context, aggregation, plan, partitions);
  }

  @Override
  public boolean computesHere() {
    return TrainingContext.isLocal(context.master());
  }

  @Override
  public Session start(Consumer<String> notices) {
    return new SparkSession(TrainingContext.on(context, notices), aggregation);
  }
}
