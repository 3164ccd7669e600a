package handspun.spark;

import org.apache.spark.TaskKilledException;

/**
 * How a task ends that was told to, or that goes down with another: it has not failed itself. Spark
 * would count that against its executor, and might send no more tasks there.
 */
final class KilledTask {
  private KilledTask() {}

  /** {@return for the task to throw} */
  static TaskKilledException because(Throwable cause) {
    TaskKilledException killed = new TaskKilledException(cause.getMessage());
    killed.initCause(cause);
    return killed;
  }
}
