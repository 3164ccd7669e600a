package handspun.spark;

import handspun.HandspunException;
import handspun.UsageException;
import handspun.data.Checksum;
import handspun.data.StoredDataset;
import handspun.data.TrainingData;
import handspun.files.Location;
import handspun.parallel.PartitionChoice;
import handspun.parallel.Partitioning;
import handspun.parallel.TrainingPool;
import handspun.parallel.WarmUp;
import handspun.train.Plan;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** Spark with its slots, on which plans are run, one after the other. */
public final class TrainingContext implements AutoCloseable {
  private final JavaSparkContext context;
  private final WireSettings settings;
  private final Slots slots;
  private final Consumer<String> notices;

  /** Whether Spark runs on when training is over, as one that somebody else has started. */
  private final boolean isGiven;

  private Optional<SparkTraining> running = Optional.empty();
  private Optional<SparkPool> pool = Optional.empty();

  private TrainingContext(
      JavaSparkContext context, WireSettings settings, Consumer<String> notices, boolean isGiven) {
    this.context = context;
    this.settings = settings;
    this.notices = notices;
    this.isGiven = isGiven;
    slots = Slots.of(context, settings.slotsLimit(), notices);
  }

  /**
   * Checks what can be checked before Spark starts.
   *
   * @param partitions how many are requested; empty for the default
   * @throws UsageException if these do not go together
   */
  public static void check(
      String master, Aggregation aggregation, Plan plan, OptionalInt partitions) {
    SparkConf submitted = SparkStart.submitted(master);
    WireSettings.of(submitted);
    TaskCores.requireFit(submitted);
    NamedClasses.requireAll(submitted);
    if (aggregation == Aggregation.EXCHANGE) {
      DynamicAllocation.fix(submitted);
    }
    Partitioning.require(plan, partitions);
  }

  /**
   * Checks what can be checked before training with a Spark that runs already.
   *
   * @param partitions how many are requested; empty for the default
   * @throws UsageException if these do not go together
   */
  public static void check(
      JavaSparkContext context, Aggregation aggregation, Plan plan, OptionalInt partitions) {
    GivenSpark.require(context, aggregation);
    SparkConf conf = context.getConf();
    WireSettings.of(conf);
    TaskCores.requireFit(conf);
    Partitioning.require(plan, partitions);
  }

  /**
   * Starts Spark.
   *
   * @param aggregation whether tasks are to exchange gradients, for which executors may not come
   *     and go as Spark likes
   * @param eventLog folder for Spark's event log; empty for none, unless Spark's settings say so
   * @return Spark, ready to train
   * @throws UsageException if its settings are impossible
   * @throws HandspunException if it does not start
   */
  public static TrainingContext start(
      String master,
      Aggregation aggregation,
      Optional<Location> eventLog,
      Consumer<String> notices) {
    SparkConf conf = SparkStart.configuration(master);
    if (aggregation == Aggregation.EXCHANGE) {
      DynamicAllocation.fix(conf).ifPresent(notices);
    }
    WireSettings settings = WireSettings.of(conf);
    eventLog.ifPresent(folder -> EventLog.to(folder, conf));
    JavaSparkContext context = SparkStart.context(conf, notices);
    return new TrainingContext(context, settings, notices, false);
  }

  /**
   * Trains with a Spark that runs already, and that goes on when this is closed.
   *
   * @return Spark, ready to train
   */
  public static TrainingContext on(JavaSparkContext context, Consumer<String> notices) {
    WireSettings settings = WireSettings.of(context.getConf());
    GivenSpark.sendClasses(context, notices);
    return new TrainingContext(context, settings, notices, true);
  }

  /**
   * {@return the master that the user wants: that of the command line; then spark-submit's, unless
   * it is only its default; then that of a file}
   *
   * @param named by command line or file
   * @param isTyped whether by command line
   */
  public static String master(Optional<String> named, boolean isTyped) {
    String submitted = new SparkConf().get("spark.master", SparkStart.DEFAULT_MASTER);
    return isTyped || submitted.equals(SparkStart.DEFAULT_MASTER)
        ? named.orElse(submitted)
        : submitted;
  }

  /**
   * Waits for executors, and says how many partitions are to share a mini-batch.
   *
   * @param requested how many are requested; empty for as many as can be busy
   * @return their number
   * @throws UsageException if they are impossible, or there are fewer slots where all must run at
   *     once
   * @throws HandspunException if there is no slot in time
   */
  public PartitionChoice choose(Aggregation aggregation, Plan plan, OptionalInt requested) {
    Partitioning.require(plan, requested);
    if (requested.isEmpty()) {
      int most = Math.min(Partitioning.most(plan), slots.most());
      int now = Math.min(slots.await(most), most);
      return PartitionChoice.growing(now, most);
    }
    int count = slots.awaitNeeded(requested.getAsInt());
    if (aggregation == Aggregation.EXCHANGE && requested.getAsInt() > count) {
      throw tooFewSlots(requested.getAsInt(), count);
    }
    return PartitionChoice.asTold(requested.getAsInt());
  }

  /**
   * The same where tasks run in this process: where they exchange their parts, as many partitions
   * as are found to be the fastest, unless their number is requested.
   *
   * @param requested how many are requested; empty for the fastest number
   * @param warmUp of the same plan; ended by this
   * @return their number
   */
  public PartitionChoice choose(
      Aggregation aggregation, Plan plan, OptionalInt requested, WarmUp warmUp) {
    PartitionChoice choice = choose(aggregation, plan, requested);
    warmUp.end();
    return requested.isEmpty() && aggregation == Aggregation.EXCHANGE
        ? warmUp.tune(slots.count())
        : choice;
  }

  private UsageException tooFewSlots(int partitions, int count) {
    int coresOfATask = TaskCores.of(context.getConf());
    int cores = partitions * coresOfATask;
    String master = context.master();
    return new UsageException(
        "partitions is %d, but the master %s runs only %s at a time%s, and tasks that exchange gradients must all run at once: use %s or fewer partitions."
            .formatted(
                partitions,
                master,
                count == 1 ? "1 task" : count + " tasks",
                coresOfATask == 1 ? "" : " (%s is %d)".formatted(TaskCores.TASK_CPUS, coresOfATask),
                SparkStart.isLocal(master)
                    ? "--master local[%d]".formatted(cores)
                    : "executors with %d cores in all".formatted(cores)));
  }

  /**
   * Shares the data out, and has Spark begin to train. What was trained before ends with it.
   *
   * @param plan hyperparameters, which fit the data
   * @param partitions how many share a mini-batch, and may, as {@link #choose} has said
   * @return computes epochs, until it or this is closed
   * @throws HandspunException if Spark cannot begin
   */
  public SparkTraining train(
      Aggregation aggregation, Plan plan, TrainingData data, PartitionChoice partitions) {
    running.ifPresent(SparkTraining::close);
    SparkTraining training =
        switch (aggregation) {
          case EXCHANGE -> new ExchangeStrategy(this, plan, data, partitions);
          case JOBS -> new JobsStrategy(this, plan, data, partitions);
        };
    running = Optional.of(training);
    training.start();
    return training;
  }

  /**
   * Sends the data out, and has Spark compute whole trainings side by side, one a task.
   *
   * @param data what is learned
   * @param most how many are to be computed at a time
   * @return computes trainings, until this is closed
   * @throws HandspunException if there is no slot in time
   */
  public TrainingPool pool(TrainingData data, int most) {
    pool.ifPresent(SparkPool::forget);
    pool = Optional.of(new SparkPool(context, slots, data, most));
    return pool.orElseThrow().trainings();
  }

  /** {@return whether with such a master all of Spark is in this process} */
  public static boolean isLocal(String master) {
    return SparkStart.isLocal(master);
  }

  /** {@return its master URL} */
  public String master() {
    return context.master();
  }

  /** {@return Spark's version} */
  public String version() {
    return context.version();
  }

  /** {@return address of Spark's page; empty if the user's settings want none} */
  public Optional<String> page() {
    return Optional.ofNullable(context.sc().uiWebUrl().getOrElse(() -> null));
  }

  /**
   * Has the executors sum up the files that are read where they are used.
   *
   * @return the same, with SHA-256 of all its files
   * @throws HandspunException if a file cannot be read
   */
  public TrainingData withSums(TrainingData data) {
    if (!(data instanceof StoredDataset stored)) {
      return data;
    }
    List<Location> files = stored.files();
    List<Integer> numbers = IntStream.range(0, files.size()).boxed().toList();
    return SparkTraining.onSpark(
        context,
        "sum up the files",
        () -> {
          context.setJobGroup("sums", "SHA-256 of the files", true);
          return stored.withSums(
              context
                  .parallelize(numbers, files.size())
                  .map(number -> Checksum.of(files.get(number)))
                  .collect());
        });
  }

  JavaSparkContext context() {
    return context;
  }

  /** How executors talk to each other. */
  WireSettings settings() {
    return settings;
  }

  /** Where tasks can run. */
  Slots slots() {
    return slots;
  }

  /** Tells a waiting person something, in a sentence. */
  void tell(String notice) {
    notices.accept(notice);
  }

  /** Ends what is running, and stops Spark if it was started by this. */
  @Override
  public void close() {
    if (isGiven) {
      running.ifPresent(SparkTraining::close);
      pool.ifPresent(SparkPool::forget);
    } else {
      // What it still keeps goes with it: just before its end it would complain of being asked.
      running.ifPresent(SparkTraining::end);
      context.stop();
    }
  }
}
