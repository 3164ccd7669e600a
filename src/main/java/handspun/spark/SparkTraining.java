package handspun.spark;

import handspun.HandspunException;
import handspun.data.TrainingData;
import handspun.train.EpochRunner;
import handspun.train.Plan;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;

/** What both ways of running an epoch on Spark share: the data, dealt out to partitions. */
abstract class SparkStrategy implements EpochRunner, AutoCloseable {
  final JavaSparkContext context;
  final Plan plan;
  private final TrainingData data;

  /** Unique to this run, also where several share a process. */
  final String run = UUID.randomUUID().toString();

  SparkStrategy(JavaSparkContext context, Plan plan, TrainingData data) {
    this.context = context;
    this.plan = plan;
    this.data = data;
  }

  /** Deals the data out. */
  final Deal deal(int partitions) {
    return Deal.of(context, plan, data, partitions);
  }

  /** How far it is, for whoever looks on. */
  abstract Progress progress();

  abstract Outcome runEpoch(int epoch, float[] start) throws Exception;

  /** Has Spark do what goes before the first epoch. */
  void begin() throws Exception {}

  /** Begins, before the first epoch. */
  final void start() {
    onSpark(
        "start training",
        () -> {
          begin();
          return null;
        });
  }

  @Override
  public final Outcome run(int epoch, float[] start) {
    return onSpark("finish epoch " + epoch, () -> runEpoch(epoch, start));
  }

  static <T> T onSpark(String purpose, Callable<T> action) {
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
            "Spark could not "
                + purpose
                + " ("
                + e.getMessage().lines().findFirst().orElse("")
                + "): Spark's log tells the rest.",
            e);
      }
      throw new IllegalStateException(e);
    }
  }

  /** Ends what is running. */
  @Override
  public void close() {}
}
