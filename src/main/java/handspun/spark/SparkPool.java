package handspun.spark;

import handspun.data.TrainingData;
import handspun.parallel.PartialTraining;
import handspun.parallel.PartialTraining.Outcome;
import handspun.parallel.TrainingPool;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** Whole trainings that Spark computes side by side, each in the one task of a job. */
final class SparkPool {
  private final JavaSparkContext context;
  private final Shards shards;
  private final int atATime;
  private final int neighbours;

  /** Sent for trainings that are over; forgotten when another one begins: Spark may stop before. */
  private final Queue<Broadcast<byte[]>> used = new ConcurrentLinkedQueue<>();

  /**
   * Sends the data out.
   *
   * @param most how many are to be computed at a time
   */
  SparkPool(JavaSparkContext context, Slots slots, TrainingData data, int most) {
    this.context = context;
    // Where executors come when tasks wait for them, as many are to wait as may have one.
    atATime =
        Math.min(
            most, DynamicAllocation.isOn(context.getConf()) ? slots.most() : slots.await(most));
    neighbours = slots.perExecutor();
    shards = Shards.whole(context, data);
  }

  /** {@return what computes trainings, until they are forgotten} */
  TrainingPool trainings() {
    return new TrainingPool(atATime, this::compute);
  }

  /** Called by several threads; a job's group and description are its thread's own. */
  private Outcome compute(PartialTraining training) {
    forgetUsed();
    Broadcast<byte[]> start = context.broadcast(training.start().get());
    Broadcast<byte[]> teacher =
        context.broadcast(training.teacher().map(Serialization::serialize).orElse(new byte[0]));
    String group = UUID.randomUUID().toString();
    PartialTrainingTask task =
        new PartialTrainingTask(
            training.name(),
            training.plan(),
            shards,
            neighbours,
            teacher,
            start,
            training.lastEpoch());
    try {
      byte[] outcome =
          SparkTraining.onSpark(
              context,
              "compute " + training.name(),
              () -> {
                context.setJobGroup(group, "Search: " + training.name(), true);
                context.setCallSite("Training " + training.plan().topology());
                return context.parallelize(List.of(0), 1).map(task).collect().get(0);
              });
      return (Outcome) Serialization.deserialize(outcome);
    } catch (RuntimeException e) {
      if (e.getCause() instanceof InterruptedException) {
        context.cancelJobGroup(group);
      }
      throw e;
    } finally {
      used.add(start);
      used.add(teacher);
    }
  }

  private void forgetUsed() {
    for (Broadcast<byte[]> old = used.poll(); old != null; old = used.poll()) {
      old.destroy();
    }
  }

  /** Has a Spark that goes on forget all that it was sent. */
  void forget() {
    if (!context.sc().isStopped()) {
      forgetUsed();
      shards.discard();
    }
  }
}
