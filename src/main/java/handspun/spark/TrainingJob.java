package handspun.spark;

import handspun.parallel.EpochPart;
import handspun.train.EpochStart;
import handspun.train.Progress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
  private static final long LOOK_MILLIS = 100;

  /** Whoever is silent for the whole limit is known a moment later. */
  private static final Duration GRACE = Duration.ofSeconds(2);

  private final JavaSparkContext context;
  private final String name;
  private final DriverCoordinator coordinator;
  private final Slots slots;
  private final int partitions;

  /** How long tasks may take to see that the job is over. */
  private final Duration leaveLimit;

  private final CompletableFuture<Void> ended = new CompletableFuture<>();

  /**
   * Begins the job.
   *
   * @param context Spark
   * @param name unique to the job
   * @param description of it, on Spark's page
   * @param task of each partition
   */
  TrainingJob(
      JavaSparkContext context, String name, String description, ExchangeTask task, Slots slots) {
    this.context = context;
    this.name = name;
    this.slots = slots;
    partitions = task.partitions();
    leaveLimit = task.timeout();
    coordinator = new DriverCoordinator(partitions, leaveLimit);
    ExecutorShared.open(name, coordinator);
    Thread thread = new Thread(() -> run(task, description), "training job");
    thread.setDaemon(true);
    thread.start();
  }

  private void run(ExchangeTask task, String description) {
    ClassTag<Integer> number = ClassTag$.MODULE$.apply(Integer.class);
    try {
      context.setJobGroup(name, description, true);
      // The stage's name on Spark's page.
      context.setCallSite(task.title());
      List<Integer> numbers = IntStream.range(0, partitions).boxed().toList();
      RDD<Integer> numbered = context.parallelize(numbers, partitions).rdd();
      RDD<Integer> epochs =
          numbered.setName("partitions").barrier().mapPartitions(task, false, number);
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
    coordinator.awaitTasks(limit, () -> slots.count() >= partitions);
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

  /** {@return names of the executors that it runs on} */
  Set<String> executors() {
    return coordinator.present();
  }

  /** {@return a task of every executor that it runs on} */
  List<Arrival> arrivals() {
    return coordinator.arrivals();
  }

  /**
   * Sends the tasks home and waits until Spark has seen the job off. Executors that do not let go
   * of theirs are given up for others.
   *
   * @param silence how long nothing may be heard meanwhile of an executor that runs tasks
   * @return why Spark's job has failed all the same, as a part of a sentence; empty if it succeeded
   */
  Optional<String> end(Duration silence) {
    coordinator.end();
    try {
      Set<String> stuck = coordinator.awaitLeft(leaveLimit, silence, slots::has);
      if (stuck.isEmpty()) {
        stuck = awaitSpark(silence);
      }
      if (!stuck.isEmpty()) {
        cancel();
        stuck.forEach(slots::replace);
        return Optional.of(
            "executor %s did not let go of its task".formatted(String.join(" and ", stuck)));
      }
      return Optional.empty();
    } catch (TimeoutException e) {
      cancel();
      return Optional.of("its tasks did not end within " + leaveLimit.toSeconds() + " s");
    } catch (ExecutionException e) {
      return Optional.of(SparkStart.reason(e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } finally {
      ExecutorShared.close(name);
    }
  }

  /**
   * Waits until Spark, too, knows that all tasks have ended, which no executor may tell it any
   * more.
   *
   * @return the silent ones that it waits for
   */
  private Set<String> awaitSpark(Duration silence)
      throws ExecutionException, InterruptedException, TimeoutException {
    long end = System.nanoTime() + leaveLimit.plus(GRACE).toNanos();
    while (true) {
      try {
        ended.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        return Set.of();
      } catch (TimeoutException e) {
        Set<String> silent = coordinator.silentAfterTasks(silence, slots::has);
        if (!silent.isEmpty()) {
          return silent;
        }
        if (System.nanoTime() > end) {
          throw e;
        }
      }
    }
  }

  /**
   * Ends the tasks, after a failure. Executors that do not let go of theirs, since they are frozen
   * or cut off, are given up for others.
   *
   * @throws InterruptedException if the driver is told to end
   */
  void abandon() throws InterruptedException {
    coordinator.end();
    cancel();
    try {
      coordinator.awaitLeft(leaveLimit, leaveLimit, slots::has).forEach(slots::replace);
    } finally {
      ExecutorShared.close(name);
    }
  }

  /** Ends the tasks without waiting for them. */
  void drop() {
    coordinator.end();
    cancel();
    ExecutorShared.close(name);
  }

  /**
   * Spark would warn that there is nothing to cancel of a job that is over. One that waits for
   * slots Spark does not count as a job yet: it would begin when nobody expects it any more.
   */
  private void cancel() {
    if (!ended.isDone()) {
      context.sc().cancelJobGroupAndFutureJobs(name);
    }
  }
}
