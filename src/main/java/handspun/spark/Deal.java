package handspun.spark;

import handspun.data.Dataset;
import handspun.data.Examples;
import handspun.math.Share;
import handspun.train.MiniBatches;
import handspun.train.Partitioning;
import handspun.train.Plan;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;

/** The examples of a run, dealt out to partitions. */
final class Deal implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int trainingExamples;
  private final DistributedExamples training;
  private final DistributedExamples validation;

  private Deal(int trainingExamples, DistributedExamples training, DistributedExamples validation) {
    this.trainingExamples = trainingExamples;
    this.training = training;
    this.validation = validation;
  }

  /**
   * @param context Spark
   * @param plan hyperparameters
   * @param data all examples
   * @param partitions how many share them
   * @return each partition's examples, for executors to fetch
   */
  static Deal of(JavaSparkContext context, Plan plan, Dataset data, int partitions) {
    int trainingExamples = data.training().count();
    Partitioning partitioning =
        new Partitioning(new MiniBatches(trainingExamples, plan), partitions);
    int validationExamples = data.validation().count();
    return new Deal(
        trainingExamples,
        DistributedExamples.deal(context, data.training(), partitions, partitioning::firstExample),
        DistributedExamples.deal(
            context,
            data.validation(),
            partitions,
            p ->
                p == partitions
                    ? validationExamples
                    : new Share(p, partitions).from(validationExamples)));
  }

  int partitions() {
    return training.partitions();
  }

  /** Who owns what. */
  Partitioning partitioning(Plan plan) {
    return new Partitioning(new MiniBatches(trainingExamples, plan), partitions());
  }

  /** A partition's training examples. */
  Examples training(int partition) {
    return training.block(partition);
  }

  /** The examples that a partition validates with. */
  Examples validation(int partition) {
    return validation.block(partition);
  }

  /** The numbers of the partitions, to make an RDD of. */
  List<Integer> numbers() {
    return training.numbers();
  }

  /** Has executors forget the examples. */
  void discard() {
    training.discard();
    validation.discard();
  }
}
