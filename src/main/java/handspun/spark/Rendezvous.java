package handspun.spark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import org.apache.spark.TaskKilledException;

/**
 * Where the driver and the tasks of a training job meet between epochs: the driver assigns an
 * epoch, every task reports its part of it. So the job goes on from epoch to epoch, which costs a
 * tenth of a millisecond, where a job for every epoch would cost ten or more.
 *
 * <p>An epoch that was assigned stays so until all have reported: tasks of a stage that Spark runs
 * again begin with it. Here both sides are in one process.
 */
final class Rendezvous {
  private static final long POLL_MILLIS = 100;

  /**
   * An epoch to be run.
   *
   * @param number of assignments so far, this one included
   * @param epoch from 1
   * @param start the parameters to begin with
   */
  record Assignment(int number, int epoch, float[] start) {}

  private final EpochPart[] parts;
  private Assignment assignment;
  private int attempt;
  private int missing;
  private int arrived;
  private Throwable failure;
  private boolean ended;

  /**
   * @param partitions how many report
   */
  Rendezvous(int partitions) {
    parts = new EpochPart[partitions];
  }

  /**
   * The driver assigns an epoch and waits for all parts.
   *
   * @param epoch from 1
   * @param start the parameters to begin with; not to be changed any more
   * @return the parts, by partition
   * @throws ExecutionException with what {@link #fail} was given
   * @throws InterruptedException if the driver is told to end
   */
  synchronized List<EpochPart> run(int epoch, float[] start)
      throws ExecutionException, InterruptedException {
    assignment = new Assignment(assignment == null ? 1 : assignment.number() + 1, epoch, start);
    missing = parts.length;
    notifyAll();
    while (missing > 0 && failure == null) {
      wait();
    }
    if (failure != null) {
      throw new ExecutionException(failure);
    }
    List<EpochPart> all = new ArrayList<>(List.of(parts));
    Arrays.fill(parts, null);
    return all;
  }

  /**
   * The driver waits until all tasks have come, some time after it has started the job.
   *
   * @throws ExecutionException with what {@link #fail} was given
   * @throws InterruptedException if the driver is told to end
   */
  synchronized void awaitTasks() throws ExecutionException, InterruptedException {
    while (arrived < parts.length && failure == null) {
      wait();
    }
    if (failure != null) {
      throw new ExecutionException(failure);
    }
  }

  /** The job has failed: so does the driver's waiting, now or next time. */
  synchronized void fail(Throwable cause) {
    failure = cause;
    notifyAll();
  }

  /** There are no more epochs. */
  synchronized void end() {
    ended = true;
    notifyAll();
  }

  /**
   * A task waits for its next epoch.
   *
   * @param done number of the assignment that it has reported last; 0 for none
   * @param cancelled whether the task was told to end
   * @return the next assignment; null if there are no more
   */
  synchronized Assignment next(int done, BooleanSupplier cancelled) {
    if (done == 0) {
      arrived++;
      notifyAll();
    }
    while (!ended && (assignment == null || assignment.number() <= done || missing == 0)) {
      if (cancelled.getAsBoolean()) {
        throw new TaskKilledException("killed while it waited for an epoch");
      }
      try {
        wait(POLL_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new TaskKilledException("killed while it waited for an epoch");
      }
    }
    return ended ? null : assignment;
  }

  /**
   * A task reports its part of an epoch.
   *
   * @param stageAttempt from 0; what earlier attempts of the stage have reported is forgotten
   * @param part its part
   */
  synchronized void report(int stageAttempt, EpochPart part) {
    if (stageAttempt > attempt) {
      attempt = stageAttempt;
      Arrays.fill(parts, null);
      missing = parts.length;
    }
    if (stageAttempt == attempt && parts[part.partition()] == null) {
      parts[part.partition()] = part;
      missing--;
      notifyAll();
    }
  }
}
