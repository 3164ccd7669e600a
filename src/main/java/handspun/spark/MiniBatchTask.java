package handspun.spark;

import handspun.math.Kernels;
import handspun.parallel.Partitioning;
import handspun.parallel.Placement;
import handspun.parallel.Summation;
import handspun.parallel.Team;
import handspun.train.MiniBatches;
import handspun.train.Plan;
import handspun.wire.Frame;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.apache.spark.api.java.function.Function;

/**
 * One partition's work in a mini-batch, or a round of them, that is one job: the examples of it
 * that it owns.
 *
 * @param trainingExamples how many there are in all
 * @param partitions how many own them
 * @param round what it begins with, serialized
 */
record MiniBatchTask(Plan plan, int trainingExamples, int partitions, JobInput round)
    implements Function<Block, MiniBatchPart> {
  private static final long serialVersionUID = 1L;

  @Override
  public MiniBatchPart call(Block block) {
    long begin = System.nanoTime();
    int partition = block.partition();
    RoundStart start = (RoundStart) Serialization.deserialize(round.bytes());
    int[] examples = start.examples();
    Team team =
        new Team(
            plan,
            new Partitioning(new MiniBatches(trainingExamples, plan), partitions),
            Placement.apart(partitions, partition));
    team.publish(partition, block.training());
    team.begin(examples, start.before(), start.start(plan));
    Summation summation =
        team.summation(partition, Kernels.fastest(), MiniBatchTask::endIfCancelled);
    summation.compute(0, examples.length);
    Frame frame = Frame.onHeap(summation.contribution().mostBytes(partition, partition + 1));
    summation.contribution().write(partition, partition + 1, frame);
    return new MiniBatchPart(
        summation.worker().takeExamplesSeen(),
        summation.worker().takeCost(),
        System.nanoTime() - begin,
        frame.payload());
  }

  private static void endIfCancelled() {
    if (TaskContext.get().isInterrupted()) {
      throw new TaskKilledException("killed between two mini-batches");
    }
  }
}
