package handspun.spark;

import handspun.spark.RemoteCoordinator.Message;
import java.io.Serializable;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkContext;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;

/**
 * By which tasks reach the driver while they run: Spark's own barrier would look once a second
 * whether all are there. Not needed, and not used, with a local master.
 */
public final class ExchangePlugin implements SparkPlugin {
  private static final long BEAT_MILLIS = 250;

  @Override
  public DriverPlugin driverPlugin() {
    return new Driver();
  }

  @Override
  public ExecutorPlugin executorPlugin() {
    return new Executor();
  }

  private static final class Driver implements DriverPlugin {
    @Override
    public Map<String, String> init(SparkContext context, PluginContext plugin) {
      return Map.of();
    }

    /** Called by one thread for all executors, so it must not wait. */
    @Override
    public Object receive(Object message) {
      Message ours = (Message) Serialization.deserialize(message);
      DriverCoordinator coordinator = ExecutorShared.driverCoordinator(ours.run());
      // Otherwise it is a task of a job that is over.
      Serializable answer =
          coordinator == null ? Assignment.NONE : ours.request().answer(coordinator);
      // Spark would log every answer that nobody waits for.
      return ours.isAnswered() ? Serialization.serialize(answer) : null;
    }
  }

  private static final class Executor implements ExecutorPlugin {
    private ScheduledExecutorService beats;
    private ScheduledFuture<?> beating;

    @Override
    public void init(PluginContext context, Map<String, String> extraConf) {
      ExecutorShared.connect(context);
      beats =
          Executors.newSingleThreadScheduledExecutor(
              task -> {
                Thread thread = new Thread(task, "handspun heartbeat");
                thread.setDaemon(true);
                return thread;
              });
      beating =
          beats.scheduleWithFixedDelay(
              () -> beat(context), BEAT_MILLIS, BEAT_MILLIS, TimeUnit.MILLISECONDS);
    }

    private static void beat(PluginContext context) {
      String executor = context.executorID();
      ExecutorShared.heartbeats()
          .forEach(
              (run, heartbeat) ->
                  RemoteCoordinator.send(
                      context, run, coordinator -> coordinator.heartbeat(executor, heartbeat)));
      ExecutorShared.farewell()
          .ifPresent(
              run ->
                  RemoteCoordinator.send(context, run, coordinator -> coordinator.lives(executor)));
    }

    @Override
    public void shutdown() {
      beating.cancel(true);
      beats.shutdownNow();
    }
  }
}
