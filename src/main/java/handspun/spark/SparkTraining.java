package handspun.spark;

import handspun.HandspunException;
import handspun.data.TrainingData;
import handspun.train.EpochRunner;
import handspun.train.EpochStart;
import handspun.train.MiniBatches;
import handspun.train.Plan;
import handspun.train.Progress;
import handspun.train.TrainingListener;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;

/** The run of one plan on Spark: what both ways of running an epoch there share. */
public abstract sealed class SparkTraining implements EpochRunner, AutoCloseable
    permits ExchangeStrategy, JobsStrategy {
  final TrainingContext spark;
  final JavaSparkContext context;
  final Plan plan;
  private final TrainingData data;
  private final TrainingSource source;
  private final Deque<Shards> shared = new ArrayDeque<>();

  /** Unique to this run, also where several share a process. */
  final String run = UUID.randomUUID().toString();

  SparkTraining(TrainingContext spark, Plan plan, TrainingData data) {
    this.spark = spark;
    this.plan = plan;
    this.data = data;
    context = spark.context();
    source = new TrainingSource(plan, this::progress);
  }

  /** Shares the data out, instead of as before. */
  final Shards shards(int partitions) {
    source.tell(partitions, new MiniBatches(data.training().count(), plan).count());
    shared.add(Shards.of(context, plan, data, partitions));
    return shared.getLast();
  }

  /**
   * Has Spark forget how data were shared out before. Not just after an executor was lost: Spark
   * would ask that one, too, and complain that it does not answer.
   */
  final void forgetOldShards() {
    forgetShards(1);
  }

  private void forgetShards(int kept) {
    while (shared.size() > kept) {
      shared.removeFirst().discard();
    }
  }

  /**
   * May be called by any thread.
   *
   * @return how far training is
   */
  public abstract Progress progress();

  /** {@return to be told of every epoch, so that Spark's metrics system can tell of it} */
  public final TrainingListener metrics() {
    return source;
  }

  abstract Outcome runEpoch(EpochStart start) throws Exception;

  /** Has Spark do what goes before the first epoch. */
  abstract void begin() throws Exception;

  /** Begins, before the first epoch. */
  final void start() {
    source.register();
    onSpark(
        context,
        "start training",
        () -> {
          begin();
          return null;
        });
  }

  @Override
  public final Outcome run(EpochStart start) {
    return onSpark(context, "finish epoch " + start.epoch(), () -> runEpoch(start));
  }

  /**
   * Runs jobs, and leaves the thread to its caller as it was.
   *
   * @param purpose as a part of a sentence
   * @throws HandspunException if Spark cannot
   */
  static <T> T onSpark(JavaSparkContext context, String purpose, Callable<T> action) {
    CallerProperties caller = CallerProperties.of(context);
    try {
      return onSpark(purpose, action);
    } finally {
      caller.restore();
    }
  }

  private static <T> T onSpark(String purpose, Callable<T> action) {
    try {
      return action.call();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      // Spark's methods throw SparkException without declaring it to Java.
      if (e instanceof SparkException) {
        if (e.getCause() instanceof HandspunException told) {
          throw new HandspunException(told.getMessage(), e);
        }
        throw new HandspunException(
            "Spark could not %s (%s): Spark's log tells the rest."
                .formatted(purpose, e.getMessage().lines().findFirst().orElse("")),
            e);
      }
      throw new IllegalStateException(e);
    }
  }

  /** Ends what is running. */
  abstract void end();

  /** Has Spark forget what only it knows of; nothing runs any more. */
  abstract void forget();

  /** Ends what is running, and has a Spark that goes on forget it. */
  @Override
  public final void close() {
    end();
    if (!context.sc().isStopped()) {
      forget();
      forgetShards(0);
    }
    source.unregister();
  }
}
