package handspun.spark;

import handspun.data.Examples;
import handspun.math.Kernels;
import handspun.network.Factors;
import handspun.network.Inputs;
import handspun.network.Layout;
import handspun.train.GradientWorker;
import handspun.train.LaneGradients;
import handspun.train.MiniBatches;
import handspun.train.Partitioning;
import handspun.train.Plan;
import java.util.stream.IntStream;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.apache.spark.api.java.function.Function;

/**
 * One partition's work in a mini-batch, or a round of them, that is one job: the examples of it
 * that it owns.
 */
final class MiniBatchTask implements Function<Block, MiniBatchPart> {
  private static final long serialVersionUID = 1L;

  private final Plan plan;
  private final int trainingExamples;
  private final int partitions;
  private final int[] examples;
  private final float[] parameters;

  /**
   * @param plan hyperparameters
   * @param partitioning who owns what
   * @param examples of this mini-batch or round, in order
   * @param parameters to compute with
   */
  MiniBatchTask(Plan plan, Partitioning partitioning, int[] examples, float[] parameters) {
    this.plan = plan;
    trainingExamples = partitioning.miniBatches().examples();
    partitions = partitioning.partitions();
    this.examples = examples;
    this.parameters = parameters;
  }

  @Override
  public MiniBatchPart call(Block block) {
    long start = System.nanoTime();
    int partition = block.partition();
    Partitioning partitioning =
        new Partitioning(new MiniBatches(trainingExamples, plan), partitions);
    Layout layout = new Layout(plan.topology());
    float[] w = layout.toWorking(parameters);
    int most = plan.lanes() == 1 ? examples.length : LaneGradients.mostExamples(plan);
    GradientWorker worker = new GradientWorker(plan, layout, Kernels.fastest(), most);
    if (plan.lanes() == 1) {
      return factors(partitioning, partition, layout, w, worker, block.training(), start);
    }
    float[][] sums =
        new LaneGradients(
                plan, partitioning, partition, layout, worker, MiniBatchTask::endIfCancelled)
            .compute(w, block.training(), examples, 0, examples.length);
    return MiniBatchPart.ofSums(
        worker.takeExamplesSeen(), worker.takeCost(), System.nanoTime() - start, sums);
  }

  private static void endIfCancelled() {
    if (TaskContext.get().isInterrupted()) {
      throw new TaskKilledException("killed between two mini-batches");
    }
  }

  private MiniBatchPart factors(
      Partitioning partitioning,
      int partition,
      Layout layout,
      float[] w,
      GradientWorker worker,
      Examples block,
      long start) {
    int first = partitioning.firstExample(partition);
    int[] own =
        IntStream.of(examples)
            .filter(e -> partitioning.owner(e) == partition)
            .map(e -> e - first)
            .toArray();
    for (int example : own) {
      worker.take(block, example);
    }
    Factors factors = new Factors(layout, own.length);
    worker.compute(w, examples.length, factors, 0);
    Inputs inputs = block.inputs().select(own);
    return MiniBatchPart.ofFactors(worker.takeCost(), System.nanoTime() - start, inputs, factors);
  }
}
