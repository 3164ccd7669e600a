package handspun.run;

import handspun.UsageException;
import handspun.data.TrainingData;
import handspun.files.Location;
import handspun.parallel.PartitionChoice;
import handspun.parallel.TrainingPool;
import handspun.parallel.WarmUp;
import handspun.spark.Aggregation;
import handspun.train.EpochRunner;
import handspun.train.Plan;
import handspun.train.Progress;
import handspun.train.TrainingListener;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaSparkContext;

/** Where partitions are computed. The result does not depend on it. */
public sealed interface Engine permits ThreadEngine, SparkEngine, GivenSparkEngine, SharedEngine {

  /** {@return threads of this process, as many as it has cores, without Spark} */
  static Engine threads() {
    return new ThreadEngine();
  }

  /**
   * {@return a Spark that is started for a training, and stopped when it ends}
   *
   * @param master Spark's master URL, such as {@code local[2]}
   * @param eventLog folder for Spark's event log; empty for none, unless Spark's settings say so
   */
  static Engine spark(String master, Aggregation aggregation, Optional<Location> eventLog) {
    return new SparkEngine(master, aggregation, eventLog);
  }

  /**
   * {@return a Spark that runs already, and goes on as it was when training ends} Where tasks on
   * several executors exchange gradients, it must have been started with the plugin {@link
   * handspun.spark.ExchangePlugin}, and its executors with our classes.
   */
  static Engine spark(JavaSparkContext context, Aggregation aggregation) {
    return new GivenSparkEngine(context, aggregation);
  }

  /**
   * Checks what can be checked before anything starts.
   *
   * @param partitions how many are requested; empty for the fastest number
   * @throws UsageException if these do not go together
   */
  void check(Plan plan, OptionalInt partitions);

  /** {@return whether it is this process that computes} */
  boolean computesHere();

  /**
   * Starts what computes.
   *
   * @param notices told to a person who waits, in sentences
   * @throws handspun.HandspunException if it does not start
   */
  Session start(Consumer<String> notices);

  /** What computes, while it runs. */
  interface Session extends AutoCloseable {
    /** {@return what it is} */
    Description description();

    /**
     * {@return how many partitions are to share a mini-batch}
     *
     * @param requested how many are requested; empty for the fastest number
     * @param warmUp of the same plan, ended by this; empty where others compute
     * @throws handspun.HandspunException if so many cannot run
     */
    PartitionChoice choose(Plan plan, OptionalInt requested, Optional<WarmUp> warmUp);

    /** {@return the same, with SHA-256 of all its files} */
    TrainingData withSums(TrainingData data);

    /**
     * {@return the computation of a plan, which ends with this, or when another one begins}
     *
     * @param partitions as {@link #choose} has said
     */
    Computation begin(Plan plan, TrainingData data, PartitionChoice partitions);

    /**
     * {@return what computes whole trainings side by side, each in one thread or task}
     *
     * @param most how many are to be computed at a time
     */
    TrainingPool pool(TrainingData data, int most);

    @Override
    void close();
  }

  /**
   * What computes, in words.
   *
   * @param name for people
   * @param aggregation how a training's mini-batches are summed; empty if there is no choice
   * @param page address of its page, as long as it runs; empty if there is none
   * @param versions of programs, by name
   */
  record Description(
      String name,
      Optional<Aggregation> aggregation,
      Optional<String> page,
      Map<String, String> versions) {}

  /**
   * A plan that is being computed.
   *
   * @param runner computes its epochs
   * @param progress how far training is; may be asked by any thread
   * @param listeners want to know how training goes on
   */
  record Computation(
      EpochRunner runner, Supplier<Progress> progress, List<TrainingListener> listeners) {}
}
