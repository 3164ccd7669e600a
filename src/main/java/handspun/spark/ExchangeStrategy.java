package handspun.spark;

import handspun.data.TrainingData;
import handspun.network.QuadraticCost;
import handspun.train.Plan;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rdd.RDD;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * One Spark job for all epochs: a barrier stage whose tasks exchange the parts of every mini-batch
 * among themselves, and meet the driver after every epoch.
 *
 * <p>The barrier stage is a shuffle map stage, with a collecting stage of one task behind it,
 * because Spark never runs a failed barrier result stage again.
 */
final class ExchangeStrategy extends SparkStrategy {
  private final Rendezvous rendezvous;
  private Thread job;

  ExchangeStrategy(JavaSparkContext context, Plan plan, TrainingData data, int partitions) {
    super(context, plan, data, partitions);
    rendezvous = ExecutorShared.open(run, partitions);
  }

  @Override
  void begin() throws Exception {
    job = new Thread(this::runJob, "training job");
    job.setDaemon(true);
    job.start();
    try {
      rendezvous.awaitTasks();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  @Override
  Outcome runEpoch(int epoch, float[] start) throws Exception {
    try {
      return outcome(rendezvous.run(epoch, start));
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  private Outcome outcome(List<EpochPart> parts) {
    long cost = 0;
    int correct = 0;
    for (EpochPart part : parts) {
      cost += part.cost();
      correct += part.validationCorrect();
    }
    return new Outcome(
        parts.get(0).parameters(),
        cost * QuadraticCost.UNIT / partitioning.miniBatches().examples(),
        correct,
        parts.stream().map(EpochPart::examples).toList());
  }

  private void runJob() {
    describeJob("Training " + plan.topology() + " for " + plan.epochs() + " epochs");
    ExchangeTask task =
        new ExchangeTask(
            run, plan, partitioning.miniBatches().examples(), partitioning.partitions());
    ClassTag<Integer> number = ClassTag$.MODULE$.apply(Integer.class);
    try {
      RDD<Integer> epochs = blocks.rdd().rdd().barrier().mapPartitions(task, false, number);
      new JavaRDD<>(epochs, number).repartition(1).collect();
    } catch (Throwable e) {
      rendezvous.fail(e);
    }
  }

  @Override
  int miniBatchesDone() {
    return ExecutorShared.miniBatchesDone(run);
  }

  @Override
  public void close() {
    rendezvous.end();
    try {
      if (job != null) {
        job.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    ExecutorShared.close(run);
  }
}
