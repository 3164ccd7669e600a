package handspun.spark;

import handspun.data.Dataset;
import handspun.network.QuadraticCost;
import handspun.train.Plan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rdd.RDD;
import scala.reflect.ClassTag$;

/**
 * One Spark job an epoch: a barrier stage whose tasks exchange the parts of every mini-batch among
 * themselves.
 *
 * <p>The barrier stage is a shuffle map stage, with a collecting stage of one task behind it,
 * because Spark never runs a failed barrier result stage again. The epoch's start is in the job's
 * closure, so that another attempt begins where this one did.
 */
final class ExchangeStrategy extends SparkStrategy {

  ExchangeStrategy(JavaSparkContext context, Plan plan, Dataset data, int partitions) {
    super(context, plan, data, partitions);
  }

  @Override
  Outcome runEpoch(int epoch, float[] start) {
    ExchangeTask task =
        new ExchangeTask(
            run, epoch, start, plan, partitioning.miniBatches().examples(), training, validation);
    RDD<EpochPart> epochParts =
        partitionNumbers()
            .rdd()
            .barrier()
            .mapPartitions(task, false, ClassTag$.MODULE$.apply(EpochPart.class));
    List<EpochPart> parts =
        new ArrayList<>(
            new JavaRDD<>(epochParts, ClassTag$.MODULE$.<EpochPart>apply(EpochPart.class))
                .repartition(1)
                .collect());
    parts.sort(Comparator.comparingInt(EpochPart::partition));
    long cost = 0;
    int correct = 0;
    List<Integer> examples = new ArrayList<>();
    for (EpochPart part : parts) {
      cost += part.cost();
      correct += part.validationCorrect();
      examples.add(part.examples());
    }
    return new Outcome(
        parts.get(0).parameters(),
        cost * QuadraticCost.UNIT / partitioning.miniBatches().examples(),
        correct,
        examples);
  }

  @Override
  int miniBatchesDone() {
    return ExecutorShared.miniBatchesDone(run);
  }
}
