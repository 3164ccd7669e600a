package handspun.spark;

import handspun.HandspunException;
import handspun.UsageException;
import handspun.data.Checksum;
import handspun.data.StoredDataset;
import handspun.data.TrainingData;
import handspun.files.Location;
import handspun.train.EpochRunner;
import handspun.train.MiniBatches;
import handspun.train.Partitioning;
import handspun.train.Plan;
import handspun.train.TrainingListener;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** Spark, started for one training run. */
public final class SparkTraining implements AutoCloseable {
  private static final String DYNAMIC_ALLOCATION = "spark.dynamicAllocation.enabled";

  private final JavaSparkContext context;
  private final Aggregation aggregation;
  private final Plan plan;
  private final OptionalInt wished;
  private final int slotCount;
  private final WireSettings settings;

  /** Null with a local master. */
  private final Slots slots;

  private final Consumer<String> notices;
  private final TrainingSource source;
  private PartitionChoice choice;
  private volatile SparkStrategy strategy;

  private SparkTraining(
      JavaSparkContext context,
      Aggregation aggregation,
      Plan plan,
      OptionalInt wished,
      int slotCount,
      WireSettings settings,
      Slots slots,
      Consumer<String> notices) {
    this.context = context;
    this.aggregation = aggregation;
    this.plan = plan;
    this.wished = wished;
    this.slotCount = slotCount;
    this.settings = settings;
    this.slots = slots;
    this.notices = notices;
    source = new TrainingSource(plan, this::progress);
    choice =
        wished.isPresent()
            ? new PartitionChoice(wished.getAsInt(), "as told")
            : new PartitionChoice(
                Math.min(slotCount, Partitioning.most(plan)), "as many as can be busy");
  }

  /**
   * Checks what can be checked before Spark starts.
   *
   * @param master Spark's master URL
   * @param aggregation how parts are brought together
   * @param plan hyperparameters
   * @param partitions how many are wished for; empty for the default
   * @throws UsageException if these do not go together
   */
  public static void check(
      String master, Aggregation aggregation, Plan plan, OptionalInt partitions) {
    SparkConf submitted = SparkStart.submitted(master);
    WireSettings.of(submitted);
    TaskCores.requireFit(submitted);
    if (partitions.isPresent()) {
      int wished = partitions.getAsInt();
      int most = Partitioning.most(plan);
      if (wished < 1 || wished > most) {
        throw new UsageException(
            "partitions is "
                + wished
                + ", but must be 1 to "
                + most
                + ", the number of "
                + (plan.lanes() > 1 ? "lanes" : "examples in a mini-batch")
                + ": more would have nothing to do.");
      }
    }
  }

  /**
   * Starts Spark.
   *
   * @param master Spark's master URL
   * @param aggregation how parts are brought together
   * @param plan hyperparameters
   * @param partitions how many are wished for; empty for the default: the number of cores, or what
   *     a rehearsal {@linkplain #choose finds out}
   * @param eventLog folder for Spark's event log; empty for none, unless Spark's settings say so
   * @param notices what a waiting person is told, a sentence each
   * @return Spark, ready to train
   * @throws UsageException if there are fewer slots than partitions
   * @throws HandspunException if Spark does not start
   */
  public static SparkTraining start(
      String master,
      Aggregation aggregation,
      Plan plan,
      OptionalInt partitions,
      Optional<Location> eventLog,
      Consumer<String> notices) {
    check(master, aggregation, plan, partitions);
    SparkConf conf = SparkStart.configuration(master);
    eventLog.ifPresent(folder -> EventLog.to(folder, conf));
    WireSettings settings = WireSettings.of(conf);
    if (aggregation == Aggregation.EXCHANGE && conf.getBoolean(DYNAMIC_ALLOCATION, false)) {
      throw new UsageException(
          DYNAMIC_ALLOCATION
              + " is true, but must be false where tasks exchange gradients, since all of them must"
              + " run at once: set it to false, or use --aggregate jobs.");
    }
    JavaSparkContext context = SparkStart.context(conf, notices);
    try {
      Slots slots =
          SparkStart.isLocal(master) ? null : new Slots(context, settings.slotsLimit(), notices);
      int count =
          slots == null
              ? Slots.count(context)
              : partitions.isPresent()
                  ? slots.awaitNeeded(partitions.getAsInt())
                  : slots.await(Partitioning.most(plan));
      if (aggregation == Aggregation.EXCHANGE && partitions.orElse(1) > count) {
        throw tooFewSlots(partitions.getAsInt(), master, count, TaskCores.of(conf));
      }
      return new SparkTraining(
          context, aggregation, plan, partitions, count, settings, slots, notices);
    } catch (RuntimeException e) {
      context.stop();
      throw e;
    }
  }

  private static UsageException tooFewSlots(
      int partitions, String master, int slots, int coresOfATask) {
    int cores = partitions * coresOfATask;
    return new UsageException(
        "partitions is %d, but the master %s runs only %s at a time%s, and tasks that exchange gradients must all run at once: use %s or fewer partitions."
            .formatted(
                partitions,
                master,
                slots == 1 ? "1 task" : slots + " tasks",
                coresOfATask == 1 ? "" : " (%s is %d)".formatted(TaskCores.TASK_CPUS, coresOfATask),
                SparkStart.isLocal(master)
                    ? "--master local[%d]".formatted(cores)
                    : "executors with %d cores in all".formatted(cores)));
  }

  /**
   * Takes over the number of partitions that a rehearsal finds, where tasks exchange their parts in
   * this process, unless one was wished for.
   *
   * @param rehearsal of the same plan; ended by this
   */
  public void choose(Rehearsal rehearsal) {
    rehearsal.end();
    if (wished.isEmpty() && aggregation == Aggregation.EXCHANGE && slots == null) {
      choice = rehearsal.choose(slotCount);
    }
  }

  /** Says before training what cannot pay. A local master has no executors to ask Spark for. */
  private void advise() {
    if (aggregation != Aggregation.EXCHANGE || slots == null) {
      return;
    }
    int executors = Math.min(context.sc().getExecutorIds().size(), choice.partitions());
    if (executors > 1) {
      new BreakEven(plan, executors).advice().ifPresent(notices);
    }
  }

  /**
   * @return how many partitions share a mini-batch, and why
   */
  public PartitionChoice partitions() {
    return choice;
  }

  /**
   * @return Spark's version
   */
  public String version() {
    return context.version();
  }

  /**
   * @return address of Spark's page; empty if the user's settings want none
   */
  public Optional<String> page() {
    return Optional.ofNullable(context.sc().uiWebUrl().getOrElse(() -> null));
  }

  /**
   * Has the executors sum up the files that are read where they are used.
   *
   * @param data what is to be learned
   * @return the same, with SHA-256 of all its files
   * @throws HandspunException if a file cannot be read
   */
  public TrainingData withSums(TrainingData data) {
    if (!(data instanceof StoredDataset stored)) {
      return data;
    }
    List<Location> files = stored.files();
    List<Integer> numbers = IntStream.range(0, files.size()).boxed().toList();
    return SparkStrategy.onSpark(
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

  /**
   * Deals the data out, and has Spark begin.
   *
   * @param data what is to be learned
   * @return computes epochs, until this is closed
   */
  public EpochRunner runner(TrainingData data) {
    advise();
    strategy =
        switch (aggregation) {
          case EXCHANGE ->
              new ExchangeStrategy(
                  context, plan, data, choice.partitions(), settings, slots, notices);
          case JOBS -> new JobsStrategy(context, plan, data, choice.partitions());
        };
    source.tell(choice.partitions(), new MiniBatches(data.training().count(), plan).count());
    source.register();
    strategy.start();
    return strategy;
  }

  /**
   * May be called by any thread.
   *
   * @return how far training is
   */
  public Progress progress() {
    return strategy == null ? Progress.NONE : strategy.progress();
  }

  /**
   * @return to be told of every epoch, so that Spark's metrics system can tell of it
   */
  public TrainingListener metrics() {
    return source;
  }

  /** Stops Spark. */
  @Override
  public void close() {
    if (strategy != null) {
      strategy.close();
    }
    context.stop();
  }
}
