package handspun.spark;

import handspun.HandspunException;
import handspun.data.ExampleSet;
import handspun.data.Examples;
import handspun.data.TrainingData;
import handspun.image.Augmentation;
import handspun.image.Preprocessing;
import handspun.math.Share;
import handspun.parallel.Partitioning;
import handspun.train.ImagePreparation;
import handspun.train.MiniBatches;
import handspun.train.Plan;
import java.io.Serializable;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * The examples of a run, shared out to partitions: where each finds its own.
 *
 * <p>Those that are in the driver's memory travel as one broadcast a partition, so that an executor
 * fetches just the blocks of the partitions that it computes, once, and tasks stay small. Those
 * that are stored are read by whoever asks for them. Either way the images that are found have been
 * prepared as the plan says.
 */
final class Shards implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Of MNIST, encoded as {@link handspun.network.Inputs} tells. */
  static final double BYTES_PER_PIXEL = 0.26;

  private static final int BYTES_PER_IMAGE = 8;

  /** What else is in memory is little. */
  private static final double MEMORY_FOR_EXAMPLES = 0.8;

  /** While images are prepared, they are there twice, and once with softer edges. */
  private static final double MEMORY_TO_PREPARE = 2.3;

  private static final int MEGABYTE = 1 << 20;

  /** What is done to examples before a partition gets them. */
  private record Preparation(ImagePreparation images, boolean toLearn) implements Serializable {
    private static final long serialVersionUID = 1L;

    Examples of(Examples examples) {
      return toLearn ? images.learn(examples) : images.read(examples);
    }

    boolean isNone() {
      return images.isNone();
    }
  }

  private static final Preparation AS_STORED =
      new Preparation(new ImagePreparation(Preprocessing.NONE, Augmentation.NONE), false);

  /** Gets the examples of one partition. */
  private interface Source extends Serializable {
    Examples get();

    /** About how much memory they will take where they are fetched. */
    default double bytes() {
      return 0;
    }

    /** Has Spark forget them. */
    default void discard() {}
  }

  private record Sent(Broadcast<Examples> examples) implements Source {
    private static final long serialVersionUID = 1L;

    @Override
    public Examples get() {
      return examples.value();
    }

    @Override
    public void discard() {
      examples.destroy();
    }
  }

  private record Stored(Preparation preparation, ExampleSet set, int from, int to)
      implements Source {
    private static final long serialVersionUID = 1L;

    @Override
    public Examples get() {
      return preparation.of(set.slice(from, to));
    }

    @Override
    public double bytes() {
      double bytes = BYTES_PER_PIXEL * set.rows() * set.columns() + BYTES_PER_IMAGE;
      return (to - from) * bytes * (preparation.isNone() ? 1 : MEMORY_TO_PREPARE);
    }
  }

  private record Piece(int partition, Source training, Source validation) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  private final int trainingExamples;
  private final Source[] training;
  private final Source[] validation;

  private Shards(int trainingExamples, Source[] training, Source[] validation) {
    this.trainingExamples = trainingExamples;
    this.training = training;
    this.validation = validation;
  }

  /** {@return each partition's examples, for executors to fetch} */
  static Shards of(JavaSparkContext context, Plan plan, TrainingData data, int partitions) {
    int trainingExamples = data.training().count();
    int toValidate = data.validation().count();
    Partitioning partitioning =
        new Partitioning(new MiniBatches(trainingExamples, plan), partitions);
    Preparation toLearn = new Preparation(ImagePreparation.of(plan), true);
    Preparation toRead = new Preparation(ImagePreparation.of(plan), false);
    Source[] training = new Source[partitions];
    Source[] validation = new Source[partitions];
    for (int p = 0; p < partitions; p++) {
      Share share = new Share(p, partitions);
      int from = partitioning.firstExample(p);
      int to = partitioning.firstExample(p + 1);
      training[p] = source(context, toLearn, data.training(), from, to);
      validation[p] =
          source(context, toRead, data.validation(), share.from(toValidate), share.to(toValidate));
    }
    return new Shards(trainingExamples, training, validation);
  }

  /** {@return all examples, for executors to fetch as one partition's} */
  static Shards whole(JavaSparkContext context, TrainingData data) {
    int trainingExamples = data.training().count();
    Source training = source(context, AS_STORED, data.training(), 0, trainingExamples);
    Source validation = source(context, AS_STORED, data.validation(), 0, data.validation().count());
    return new Shards(trainingExamples, new Source[] {training}, new Source[] {validation});
  }

  private static Source source(
      JavaSparkContext context, Preparation preparation, ExampleSet set, int from, int to) {
    return set instanceof Examples examples
        ? new Sent(context.broadcast(preparation.of(examples.slice(from, to))))
        : new Stored(preparation, set, from, to);
  }

  int partitions() {
    return training.length;
  }

  /** Who owns what. */
  Partitioning partitioning(Plan plan) {
    return new Partitioning(new MiniBatches(trainingExamples, plan), partitions());
  }

  /** Whether executors read the examples where these are stored. */
  boolean isStored() {
    return training[0] instanceof Stored;
  }

  /**
   * Checks that a partition's examples will find room in this process.
   *
   * @param partition about to fetch its examples
   * @param neighbours how many partitions do that here, itself included
   * @throws HandspunException if they will not
   */
  void requireRoom(int partition, int neighbours) {
    double needed = neighbours * (training[partition].bytes() + validation[partition].bytes());
    double room = MEMORY_FOR_EXAMPLES * Runtime.getRuntime().maxMemory();
    if (needed > room) {
      throw new HandspunException(
          "The examples of %d%s in one executor take about %d MB, but there is room for %d MB: give it more, as with --spark --executor-memory 4g on a cluster (--driver-memory on a local master), or more executors."
              .formatted(
                  neighbours,
                  neighbours == 1 ? " partition" : " partitions",
                  Math.round(needed / MEGABYTE),
                  Math.round(room / MEGABYTE)));
    }
  }

  /** Gets a partition's training examples, which takes its time if they are stored. */
  Examples training(int partition) {
    return training[partition].get();
  }

  /** Gets the examples that a partition validates with. */
  Examples validation(int partition) {
    return validation[partition].get();
  }

  /**
   * {@return the examples of one partition, for an executor to {@linkplain #block fetch}; in bytes,
   * so that it does not matter how Spark serializes}
   */
  byte[] piece(int partition) {
    return Serialization.serialize(
        new Piece(partition, training[partition], validation[partition]));
  }

  /**
   * Fetches the examples of one partition, in a task.
   *
   * @param piece of these
   */
  static Block block(byte[] piece) {
    Piece sources = (Piece) Serialization.deserialize(piece);
    return new Block(
        sources.partition(),
        TaskContext.get().stageId(),
        sources.training().get(),
        sources.validation().get());
  }

  /** Has Spark forget what was sent to executors. Nobody may ask for it any more. */
  void discard() {
    for (int p = 0; p < training.length; p++) {
      training[p].discard();
      validation[p].discard();
    }
  }
}
