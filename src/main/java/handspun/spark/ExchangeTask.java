package handspun.spark;

import handspun.data.Examples;
import handspun.math.Kernels;
import handspun.math.Share;
import handspun.train.Factors;
import handspun.train.GradientWorker;
import handspun.train.LaneGradients;
import handspun.train.MiniBatches;
import handspun.train.Partitioning;
import handspun.train.Plan;
import java.io.Serializable;
import java.util.function.BooleanSupplier;
import org.apache.spark.BarrierTaskContext;
import org.apache.spark.TaskKilledException;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction1;

/**
 * One partition's work in an epoch that is one barrier stage.
 *
 * <p>With one lane, every task has a replica of the parameters. In every mini-batch it computes the
 * factors of an even share of the examples, meets the others, and adds all examples' gradients to
 * its replica, in example order. There is one meeting a mini-batch: the next one's factors go to
 * another place.
 *
 * <p>With several lanes, there is one copy of the parameters. In every mini-batch each task
 * computes the gradients of its own lanes, meets the others, combines all lanes over its own share
 * of the vector, updates that share of the parameters, and meets the others again.
 */
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
            key, partitioning.partitions(), () -> new Exchange(plan, partitioning, epoch, start));
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
    GradientWorker worker = new GradientWorker(plan, Kernels.fastest());
    Share share = new Share(partition, exchange.partitioning().partitions());
    Examples block = training.block(partition);
    exchange.publish(partition, block);
    exchange.meet(cancelled);
    float[] parameters;
    if (plan.lanes() == 1) {
      parameters = runWithFactors(exchange, worker, share, cancelled);
    } else {
      LaneGradients gradients = new LaneGradients(plan, exchange.partitioning(), partition, worker);
      parameters = runWithLanes(exchange, worker, gradients, block, share, cancelled);
    }
    int correct = ValidationTask.correct(plan.topology(), parameters, validation.block(partition));
    return new EpochPart(
        partition,
        worker.examplesSeen(),
        worker.cost().fixedPoint(),
        correct,
        partition == 0 ? parameters : new float[0]);
  }

  private float[] runWithFactors(
      Exchange exchange, GradientWorker worker, Share share, BooleanSupplier cancelled) {
    MiniBatches miniBatches = exchange.partitioning().miniBatches();
    float[] p = start.clone();
    for (int t = 0; t < miniBatches.count(); t++) {
      Factors factors = exchange.factors(t);
      int first = t * miniBatches.size();
      int size = miniBatches.size(t);
      for (int j = share.from(size); j < share.to(size); j++) {
        worker.computeFactors(
            p, exchange.blockAt(first + j), exchange.exampleAt(first + j), size, factors, j);
      }
      exchange.meet(cancelled);
      for (int j = 0; j < size; j++) {
        worker.applyFactors(
            exchange.blockAt(first + j).inputs(),
            exchange.exampleAt(first + j),
            factors,
            j,
            p,
            Share.WHOLE);
      }
      finish(exchange, t, share, cancelled);
    }
    return p;
  }

  private float[] runWithLanes(
      Exchange exchange,
      GradientWorker worker,
      LaneGradients gradients,
      Examples block,
      Share share,
      BooleanSupplier cancelled) {
    MiniBatches miniBatches = exchange.partitioning().miniBatches();
    float[] p = exchange.parameters();
    for (int t = 0; t < miniBatches.count(); t++) {
      float[][] sums =
          gradients.compute(
              p, block, exchange.order(), t * miniBatches.size(), miniBatches.size(t));
      exchange.publish(share.part(), sums);
      exchange.meet(cancelled);
      worker.update(exchange.combine(worker, share), miniBatches.size(t), p, share);
      exchange.meet(cancelled);
      finish(exchange, t, share, cancelled);
    }
    return p;
  }

  private static void finish(
      Exchange exchange, int miniBatch, Share share, BooleanSupplier cancelled) {
    if (share.part() == 0) {
      exchange.setMiniBatchesDone(miniBatch + 1);
    }
    if (cancelled.getAsBoolean()) {
      throw new TaskKilledException("killed between two mini-batches");
    }
  }
}
