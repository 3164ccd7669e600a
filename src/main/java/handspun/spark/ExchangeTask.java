package handspun.spark;

import handspun.math.Kernels;
import handspun.spark.Rendezvous.Assignment;
import handspun.train.MiniBatches;
import handspun.train.Partitioning;
import handspun.train.Plan;
import java.io.Serializable;
import java.util.function.BooleanSupplier;
import org.apache.spark.BarrierTaskContext;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction1;

/**
 * One partition's work in a training job: epoch after epoch, as the driver assigns them. Gives the
 * number of epochs.
 */
final class ExchangeTask extends AbstractFunction1<Iterator<Block>, Iterator<Integer>>
    implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String run;
  private final Plan plan;
  private final int trainingExamples;
  private final int partitions;

  ExchangeTask(String run, Plan plan, int trainingExamples, int partitions) {
    this.run = run;
    this.plan = plan;
    this.trainingExamples = trainingExamples;
    this.partitions = partitions;
  }

  @Override
  public Iterator<Integer> apply(Iterator<Block> blocks) {
    BarrierTaskContext context = BarrierTaskContext.get();
    Block block = blocks.next();
    Partitioning partitioning =
        new Partitioning(new MiniBatches(trainingExamples, plan), partitions);
    ExecutorShared.Key key = new ExecutorShared.Key(run, context.stageAttemptNumber());
    Exchange exchange =
        ExecutorShared.enter(
            key, partitioning.partitions(), () -> new Exchange(plan, partitioning));
    try {
      int epochs = runEpochs(exchange, block, key.stageAttempt(), context::isInterrupted);
      return Iterator.single(epochs);
    } catch (Throwable e) {
      exchange.breakUp(e);
      throw e;
    } finally {
      ExecutorShared.leave(key);
    }
  }

  private int runEpochs(
      Exchange exchange, Block block, int stageAttempt, BooleanSupplier cancelled) {
    int partition = block.partition();
    Rendezvous rendezvous = ExecutorShared.rendezvous(run);
    Kernels kernels = Kernels.fastest();
    exchange.publish(partition, block.training());
    EpochLoop loop = new EpochLoop(exchange, partition, kernels, cancelled);
    Validator validator = new Validator(exchange.layout(), exchange.parameters(), kernels);
    int epochs = 0;
    Assignment assignment = rendezvous.next(0, cancelled);
    while (assignment != null) {
      if (partition == 0) {
        exchange.begin(assignment.epoch(), assignment.start());
      }
      exchange.meet(cancelled);
      loop.run(0, exchange.partitioning().miniBatches().count());
      EpochPart part =
          new EpochPart(
              partition,
              loop.worker().takeExamplesSeen(),
              loop.worker().takeCost(),
              validator.correct(block.validation()),
              partition == 0 ? exchange.layout().toParameters(exchange.parameters()) : null);
      rendezvous.report(stageAttempt, part);
      epochs++;
      if (partition == 0) {
        // While the driver looks at what came of this epoch.
        exchange.prepare(assignment.epoch() + 1);
      }
      assignment = rendezvous.next(assignment.number(), cancelled);
    }
    return epochs;
  }
}
