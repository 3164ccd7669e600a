package handspun.spark;

import java.io.Serializable;

/**
 * A sign of life of an executor.
 *
 * @param executor its number
 * @param miniBatchesDone in the epoch that it is at
 * @param waitNanos time that it has spent on exchanging with other executors, since the job began
 * @param bytesSent to other executors, since the job began
 */
record Pulse(int executor, int miniBatchesDone, long waitNanos, long bytesSent)
    implements Serializable {
  private static final long serialVersionUID = 1L;
}
