package handspun.spark;

import handspun.data.Examples;
import handspun.parallel.CancelledException;
import handspun.parallel.WarmUp;
import handspun.train.Plan;
import java.time.Duration;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.VoidFunction;
import org.apache.spark.broadcast.Broadcast;

/**
 * Has an executor compute mini-batches for nothing, until Java has compiled the kernels there.
 *
 * @param limit of the time that it takes
 */
record WarmUpTask(Plan plan, Broadcast<Examples> examples, Duration limit)
    implements VoidFunction<Integer> {
  private static final long serialVersionUID = 1L;

  @Override
  public void call(Integer number) {
    TaskContext context = TaskContext.get();
    try {
      WarmUp.compute(plan, examples.value(), limit, context::isInterrupted);
    } catch (CancelledException e) {
      throw KilledTask.because(e);
    }
  }
}
