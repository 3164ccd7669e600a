package handspun.spark;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;

/** A plugin of a user's: on one executor some tasks begin so late that they are run elsewhere. */
public final class SlowTasks implements SparkPlugin {
  private static final int EVERY = 4;
  private static final long TOO_LONG_MILLIS = 600_000;

  @Override
  public DriverPlugin driverPlugin() {
    return null;
  }

  @Override
  public ExecutorPlugin executorPlugin() {
    return new ExecutorPlugin() {
      private final AtomicInteger tasks = new AtomicInteger();
      private boolean isSlow;

      @Override
      public void init(PluginContext context, Map<String, String> configuration) {
        isSlow = context.executorID().equals("0");
      }

      @Override
      public void onTaskStart() {
        if (isSlow && tasks.incrementAndGet() % EVERY == 0) {
          try {
            Thread.sleep(TOO_LONG_MILLIS);
          } catch (InterruptedException e) {
            // Another has done the same meanwhile.
          }
        }
      }
    };
  }
}
