package handspun.spark;

import java.io.Serializable;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * What all tasks of a job begin with. A little of it is a part of the task, which Spark sends each
 * executor in any case; what is more is sent by itself, which takes some milliseconds more, but can
 * be forgotten as soon as it has served.
 */
interface JobInput extends Serializable {
  /** Spark's cleaner takes its time to forget tasks, of which an epoch may have thousands. */
  int MOST_IN_TASK = 1 << 17;

  /** {@return the bytes, as they are to reach executors} */
  static JobInput of(JavaSparkContext context, byte[] bytes) {
    return bytes.length <= MOST_IN_TASK ? new InTask(bytes) : new Sent(context.broadcast(bytes));
  }

  /** {@return the bytes, which are not to be changed} */
  byte[] bytes();

  /** Has Spark keep it no longer. */
  void forget();

  /** A part of the task. */
  record InTask(byte[] bytes) implements JobInput {
    private static final long serialVersionUID = 1L;

    @Override
    public void forget() {}
  }

  /** A broadcast. */
  record Sent(Broadcast<byte[]> broadcast) implements JobInput {
    private static final long serialVersionUID = 1L;

    @Override
    public byte[] bytes() {
      return broadcast.value();
    }

    @Override
    public void forget() {
      broadcast.destroy();
    }
  }
}
