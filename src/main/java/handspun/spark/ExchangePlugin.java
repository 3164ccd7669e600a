package handspun.spark;

import handspun.spark.RemoteRendezvous.Question;
import java.io.IOException;
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
      Question question = (Question) Parcel.unpack(message);
      DriverRendezvous rendezvous = ExecutorShared.driverRendezvous(question.run());
      // Otherwise it is a task of a job that is over.
      Serializable answer =
          rendezvous == null ? Assignment.NONE : question.request().answer(rendezvous);
      // Nobody waits for an answer to a pulse, and Spark would log every one that it was given.
      return question.request() instanceof Request.Beat ? null : Parcel.pack(answer);
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
                Thread thread = new Thread(task, "handspun pulse");
                thread.setDaemon(true);
                return thread;
              });
      beating =
          beats.scheduleWithFixedDelay(
              () -> ExecutorShared.pulses().forEach((run, pulse) -> send(context, run, pulse)),
              BEAT_MILLIS,
              BEAT_MILLIS,
              TimeUnit.MILLISECONDS);
    }

    private static void send(PluginContext context, String run, Pulse pulse) {
      try {
        context.send(Parcel.pack(new Question(run, new Request.Beat(pulse))));
      } catch (IOException | RuntimeException e) {
        // The driver is gone, or about to: Spark will end this executor.
      }
    }

    @Override
    public void shutdown() {
      beating.cancel(true);
      beats.shutdownNow();
    }
  }
}
