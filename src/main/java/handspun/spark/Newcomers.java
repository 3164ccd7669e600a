package handspun.spark;

import handspun.data.ExampleSet;
import handspun.data.Examples;
import handspun.parallel.WarmUp;
import handspun.train.Plan;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * Executors that come while others train. Their Java has compiled nothing yet, and in every
 * mini-batch all would wait for them, for some seconds in all. So at first they compute by
 * themselves, for nothing: a job beside that of training finds their slots, which are free.
 */
final class Newcomers {
  /** More is not worth waiting for. */
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final JavaSparkContext context;
  private final String run;
  private final Plan plan;
  private final ExampleSet training;
  private Optional<Broadcast<Examples>> examples = Optional.empty();
  private Optional<Job> job = Optional.empty();
  private int jobs;

  /**
   * A job that warms up.
   *
   * @param slots how many are warm when it has ended
   */
  private record Job(String group, int slots, CompletableFuture<Void> ended) {}

  Newcomers(JavaSparkContext context, String run, Plan plan, ExampleSet training) {
    this.context = context;
    this.run = run;
    this.plan = plan;
    this.training = training;
  }

  /**
   * Asks whether newcomers are ready, and sees to it that they will be.
   *
   * @param partitions how many slots are in use, by executors that are
   * @param slots how many are to be
   */
  boolean areWarm(int partitions, int slots) {
    boolean isOver = job.isEmpty() || job.get().ended.isDone();
    if (isOver && job.map(Job::slots).orElse(0) < slots) {
      begin(slots - partitions, slots);
      return false;
    }
    return isOver;
  }

  private void begin(int newcomers, int slots) {
    Job next = new Job(run + "/warm-up " + ++jobs, slots, new CompletableFuture<>());
    job = Optional.of(next);
    Thread thread = new Thread(() -> run(next, newcomers), "warm-up of newcomers");
    thread.setDaemon(true);
    thread.start();
  }

  private void run(Job next, int newcomers) {
    try {
      context.setJobGroup(next.group, "Warming up executors that have come", true);
      context.setCallSite("Warming up " + plan.topology());
      List<Integer> numbers = IntStream.range(0, newcomers).boxed().toList();
      context.parallelize(numbers, newcomers).foreach(new WarmUpTask(plan, sentExamples(), LIMIT));
    } catch (Exception e) {
      // Also what Spark does not declare, as when it stops. They are taken in as they are; if
      // anything is wrong, training itself will say it better.
    } finally {
      next.ended.complete(null);
    }
  }

  private synchronized Broadcast<Examples> sentExamples() {
    if (examples.isEmpty()) {
      examples = Optional.of(context.broadcast(WarmUp.examples(plan, training)));
    }
    return examples.get();
  }

  /** Ends what is under way, where its slots are needed or no more will be; who comes is new. */
  void end() {
    job.filter(running -> !running.ended.isDone())
        .ifPresent(running -> context.sc().cancelJobGroupAndFutureJobs(running.group));
    job = Optional.empty();
  }

  /** Has Spark forget what was sent to them; nothing runs any more. */
  synchronized void forget() {
    examples.ifPresent(Broadcast::destroy);
    examples = Optional.empty();
  }
}
