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
 * <p>Every mini-batch has two phases with a meeting after each. First every task computes its part:
 * with one lane the factors of an even share of the examples, with several the gradients of its own
 * lanes. Then every task brings all parts, in their fixed order, into its own share of the
 * parameters.
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
    if (plan.lanes() == 1) {
      runWithFactors(exchange, worker, share, cancelled);
    } else {
      LaneGradients gradients = new LaneGradients(plan, exchange.partitioning(), partition, worker);
      runWithLanes(exchange, worker, gradients, block, share, cancelled);
    }
    int correct =
        ValidationTask.correct(plan.topology(), exchange.parameters(), validation.block(partition));
    return new EpochPart(
        partition,
        worker.examplesSeen(),
        worker.cost().fixedPoint(),
        correct,
        partition == 0 ? exchange.parameters() : new float[0]);
  }

  private void runWithFactors(
      Exchange exchange, GradientWorker worker, Share share, BooleanSupplier cancelled) {
    Partitioning partitioning = exchange.partitioning();
    MiniBatches miniBatches = partitioning.miniBatches();
    Factors factors = exchange.factors();
    float[] p = exchange.parameters();
    int[] order = exchange.order();
    for (int t = 0; t < miniBatches.count(); t++) {
      int first = t * miniBatches.size();
      int size = miniBatches.size(t);
      for (int j = share.from(size); j < share.to(size); j++) {
        int owner = partitioning.owner(order[first + j]);
        int example = order[first + j] - partitioning.firstExample(owner);
        worker.computeFactors(p, exchange.blockOf(owner), example, size, factors, j);
      }
      exchange.meet(cancelled);
      for (int j = 0; j < size; j++) {
        int owner = partitioning.owner(order[first + j]);
        int example = order[first + j] - partitioning.firstExample(owner);
        worker.applyFactors(exchange.blockOf(owner).inputs(), example, factors, j, p, share);
      }
      finish(exchange, t, share, cancelled);
    }
  }

  private void runWithLanes(
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
      finish(exchange, t, share, cancelled);
    }
  }

  private static void finish(
      Exchange exchange, int miniBatch, Share share, BooleanSupplier cancelled) {
    exchange.meet(cancelled);
    if (share.part() == 0) {
      exchange.setMiniBatchesDone(miniBatch + 1);
    }
    if (cancelled.getAsBoolean()) {
      throw new TaskKilledException("killed between two mini-batches");
    }
  }
}
