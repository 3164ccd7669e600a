package handspun.spark;

import handspun.HandspunException;
import handspun.UsageException;
import handspun.data.Checksum;
import handspun.data.StoredDataset;
import handspun.data.TrainingData;
import handspun.files.Location;
import handspun.train.EpochRunner;
import handspun.train.Partitioning;
import handspun.train.Plan;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** Spark, started for one training run. */
public final class SparkTraining implements AutoCloseable {
  private static final String LOCAL_MASTER = "local(\\[.*])?";

  private final JavaSparkContext context;
  private final Aggregation aggregation;
  private final Plan plan;
  private final OptionalInt wished;
  private final int slots;
  private PartitionChoice choice;
  private SparkStrategy strategy;

  private SparkTraining(
      JavaSparkContext context, Aggregation aggregation, Plan plan, OptionalInt wished, int slots) {
    this.context = context;
    this.aggregation = aggregation;
    this.plan = plan;
    this.wished = wished;
    this.slots = slots;
    choice =
        wished.isPresent()
            ? new PartitionChoice(wished.getAsInt(), "as told")
            : new PartitionChoice(
                Math.min(slots, Partitioning.most(plan)), "as many as can be busy");
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
    if (aggregation == Aggregation.EXCHANGE && !master.matches(LOCAL_MASTER)) {
      throw new UsageException(
          "aggregate is exchange, but the master is "
              + master
              + ": executors cannot exchange gradients between machines yet. Use --aggregate jobs,"
              + " or a local master such as local[2].");
    }
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
   * @return Spark, ready to train
   * @throws UsageException if there are fewer slots than partitions
   * @throws HandspunException if Spark does not start
   */
  public static SparkTraining start(
      String master, Aggregation aggregation, Plan plan, OptionalInt partitions) {
    check(master, aggregation, plan, partitions);
    JavaSparkContext context = startContext(configuration(master));
    try {
      int slots = context.defaultParallelism();
      int atLeast = partitions.orElse(1);
      if (aggregation == Aggregation.EXCHANGE && atLeast > slots) {
        throw new UsageException(
            "partitions is "
                + atLeast
                + ", but the master "
                + master
                + " runs only "
                + slots
                + (slots == 1 ? " task" : " tasks")
                + " at a time, and tasks that exchange gradients must all run at once: use --master"
                + " local["
                + atLeast
                + "] or fewer partitions.");
      }
      return new SparkTraining(context, aggregation, plan, partitions, slots);
    } catch (RuntimeException e) {
      context.stop();
      throw e;
    }
  }

  /** Spark's settings: ours, and what the user said to spark-submit. */
  static SparkConf configuration(String master) {
    SparkConf conf =
        new SparkConf()
            .setAppName("Handspun")
            .setMaster(master)
            .set("spark.serializer", "org.apache.spark.serializer.KryoSerializer")
            .set("spark.kryo.registrationRequired", "true")
            .set("spark.kryo.registrator", KryoRegistration.class.getName())
            // Examples that executors have read are nearly all that is in their memory.
            .setIfMissing("spark.memory.fraction", "0.8");
    if (master.matches(LOCAL_MASTER)) {
      // All is one process: broadcasts need not be small, and nobody has to fetch our own classes.
      conf.setIfMissing("spark.broadcast.compress", "false")
          .setIfMissing("spark.broadcast.checksum", "false")
          .set("spark.jars", withoutOurs(conf.get("spark.jars", "")));
    }
    return conf;
  }

  private static String withoutOurs(String jars) {
    String ours =
        SparkTraining.class.getProtectionDomain().getCodeSource().getLocation().toString();
    return Stream.of(jars.split(","))
        .filter(jar -> !jar.equals(ours))
        .collect(Collectors.joining(","));
  }

  static JavaSparkContext startContext(SparkConf conf) {
    try {
      return new JavaSparkContext(conf);
    } catch (Exception e) {
      throw new HandspunException(
          "Spark does not start with the master "
              + conf.get("spark.master")
              + " ("
              + String.valueOf(e.getMessage()).lines().findFirst().orElse("")
              + "): check --master and the options after --spark.",
          e);
    }
  }

  /**
   * Takes over the number of partitions that a rehearsal finds, where tasks exchange their parts,
   * unless one was wished for.
   *
   * @param rehearsal of the same plan; ended by this
   */
  public void choose(Rehearsal rehearsal) {
    rehearsal.end();
    if (wished.isEmpty() && aggregation == Aggregation.EXCHANGE) {
      choice = rehearsal.choose(slots);
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
    strategy =
        switch (aggregation) {
          case EXCHANGE -> new ExchangeStrategy(context, plan, data, choice.partitions());
          case JOBS -> new JobsStrategy(context, plan, data, choice.partitions());
        };
    strategy.start();
    return strategy;
  }

  /**
   * May be called by any thread.
   *
   * @return how many mini-batches of the running epoch are done
   */
  public int miniBatchesDone() {
    return strategy == null ? 0 : strategy.miniBatchesDone();
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
