package handspun.spark;

import handspun.math.Kernels;
import handspun.train.MiniBatches;
import handspun.train.Partitioning;
import handspun.train.Plan;
import java.io.Serializable;
import java.util.function.BooleanSupplier;
import org.apache.spark.BarrierTaskContext;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction1;

/** One partition's work in an epoch that is one barrier stage. */
final class ExchangeTask extends AbstractFunction1<Iterator<Integer>, Iterator<EpochPart>>
    implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String run;
  private final int epoch;
  private final float[] start;
  private final Plan plan;
  private final int trainingExamples;
  private final DistributedExamples training;
  private final DistributedExamples validation;

  ExchangeTask(
      String run,
      int epoch,
      float[] start,
      Plan plan,
      int trainingExamples,
      DistributedExamples training,
      DistributedExamples validation) {
    this.run = run;
    this.epoch = epoch;
    this.start = start;
    this.plan = plan;
    this.trainingExamples = trainingExamples;
    this.training = training;
    this.validation = validation;
  }

  @Override
  public Iterator<EpochPart> apply(Iterator<Integer> partitions) {
    BarrierTaskContext context = BarrierTaskContext.get();
    int partition = partitions.next();
    Partitioning partitioning =
        new Partitioning(new MiniBatches(trainingExamples, plan), training.partitions());
    ExecutorShared.Key key = new ExecutorShared.Key(run, epoch, context.stageAttemptNumber());
    Exchange exchange =
        ExecutorShared.enter(
            key,
            partitioning.partitions(),
            () ->
                new Exchange(
                    plan,
                    partitioning,
                    partitioning.miniBatches().order(plan.seed(), epoch),
                    start));
    try {
      EpochPart part = runEpoch(exchange, partition, context::isInterrupted);
      return Iterator.single(part);
    } catch (Throwable e) {
      exchange.breakUp(e);
      throw e;
    } finally {
      ExecutorShared.leave(key);
    }
  }

  private EpochPart runEpoch(Exchange exchange, int partition, BooleanSupplier cancelled) {
    exchange.publish(partition, training.block(partition));
    exchange.meet(cancelled);
    Kernels kernels = Kernels.fastest();
    EpochLoop loop = new EpochLoop(exchange, partition, kernels, cancelled);
    loop.run(0, exchange.partitioning().miniBatches().count());
    float[] w = exchange.parameters();
    int correct =
        ValidationTask.correct(exchange.layout(), w, validation.block(partition), kernels);
    return new EpochPart(
        partition,
        loop.worker().examplesSeen(),
        loop.worker().cost(),
        correct,
        partition == 0 ? exchange.layout().toParameters(w) : new float[0]);
  }
}
