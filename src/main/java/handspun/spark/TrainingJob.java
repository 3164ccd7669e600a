package handspun.spark;

import handspun.parallel.EpochPart;
import handspun.train.EpochStart;
import handspun.train.Plan;
import handspun.train.Progress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rdd.RDD;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * A Spark job whose tasks compute epoch after epoch. Its one stage is a barrier stage, all tasks of
 * which run at once; if one is lost Spark ends the job, and another job may go on.
 */
final class TrainingJob {
  /** How long tasks may take to see that the job is over. */
  private static final Duration END_LIMIT = Duration.ofSeconds(10);

  private final JavaSparkContext context;
  private final String name;
  private final DriverCoordinator coordinator;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();

  /** Begins the job. */
  TrainingJob(
      JavaSparkContext context, String name, Plan plan, Shards shards, WireSettings settings) {
    this.context = context;
    this.name = name;
    coordinator = new DriverCoordinator(shards.partitions(), settings.timeout());
    ExecutorShared.open(name, coordinator);
    ExchangeTask task = new ExchangeTask(name, plan, shards, settings);
    String title = "Training " + plan.topology();
    String description = title + " for " + plan.epochs() + " epochs";
    List<Integer> numbers = IntStream.range(0, shards.partitions()).boxed().toList();
    Thread thread = new Thread(() -> run(task, title, description, numbers), "training job");
    thread.setDaemon(true);
    thread.start();
  }

  private void run(ExchangeTask task, String title, String description, List<Integer> numbers) {
    ClassTag<Integer> number = ClassTag$.MODULE$.apply(Integer.class);
    try {
      context.setJobGroup(name, description, true);
      // The stage's name on Spark's page.
      context.setCallSite(title);
      RDD<Integer> partitions = context.parallelize(numbers, numbers.size()).rdd();
      RDD<Integer> epochs =
          partitions.setName("partitions").barrier().mapPartitions(task, false, number);
      // What was learned has been reported by then: there is no result for Spark to serialize.
      new JavaRDD<>(epochs.setName("epochs"), number).foreachPartition(nothing -> {});
      ended.complete(null);
    } catch (Throwable e) {
      ended.completeExceptionally(e);
      coordinator.fail(e);
    }
  }

  /**
   * Waits until all tasks run.
   *
   * @throws ExecutionException if the job has failed, or not all run in time
   * @throws InterruptedException if the driver is told to end
   */
  void awaitTasks(Duration limit) throws ExecutionException, InterruptedException {
    coordinator.awaitTasks(limit);
  }

  /**
   * Runs an epoch.
   *
   * @param start not to be changed any more
   * @return what each partition tells, by partition
   * @throws ExecutionException if the job has failed
   * @throws InterruptedException if the driver is told to end
   */
  List<EpochPart> run(EpochStart start) throws ExecutionException, InterruptedException {
    return coordinator.run(start);
  }

  /** How far it is. */
  Progress progress() {
    Heartbeat here = ExecutorShared.heartbeat(name);
    return here == null
        ? coordinator.progress()
        : new Progress(here.miniBatchesDone(), Optional.empty(), here.work());
  }

  /**
   * Sends the tasks home and waits until Spark has seen the job off.
   *
   * @return why Spark's job has failed all the same, as a part of a sentence; empty if it succeeded
   */
  Optional<String> end() {
    coordinator.end();
    try {
      ended.get(END_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      return Optional.empty();
    } catch (TimeoutException e) {
      cancel();
      return Optional.of("its tasks did not end within " + END_LIMIT.toSeconds() + " s");
    } catch (ExecutionException e) {
      return Optional.of(SparkStart.reason(e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } finally {
      ExecutorShared.close(name);
    }
  }

  /** Ends the tasks, after a failure, without waiting for them. */
  void abandon() {
    coordinator.end();
    cancel();
    ExecutorShared.close(name);
  }

  /** Spark would warn that there is nothing to cancel of a job that is over. */
  private void cancel() {
    if (!ended.isDone()) {
      context.cancelJobGroup(name);
    }
  }
}
