package handspun.spark;

import handspun.wire.Peer;
import java.io.Serializable;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.spark.TaskKilledException;
import org.apache.spark.api.plugin.PluginContext;

/** The meeting place of a training job, seen from another process than the driver's. */
final class RemoteRendezvous implements Rendezvous {
  /** The driver may not wait in an answer, so it is asked again. */
  private static final int POLL_MILLIS = 1;

  /**
   * A question to a job's meeting place.
   *
   * @param run the job's name
   * @param request what is asked
   */
  record Question(String run, Request request) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  private final PluginContext driver;
  private final String run;

  /**
   * @param driver the way to the driver
   * @param run the job's name
   */
  RemoteRendezvous(PluginContext driver, String run) {
    this.driver = driver;
    this.run = run;
  }

  @Override
  public void arrive() {
    ask(new Request.Arrive());
  }

  @Override
  public List<Peer> meet(Peer self, int executors, BooleanSupplier cancelled) {
    while (true) {
      if (ask(new Request.Join(self, executors)) instanceof Peer[] peers) {
        return List.of(peers);
      }
      pause(cancelled);
    }
  }

  @Override
  public Assignment next(int done, int tasks, BooleanSupplier cancelled) {
    if (done == 0) {
      ask(new Request.Ready(tasks));
    }
    while (true) {
      if (ask(new Request.Next(done)) instanceof Assignment next) {
        return next;
      }
      pause(cancelled);
    }
  }

  @Override
  public void report(EpochPart part) {
    ask(new Request.Report(part));
  }

  @Override
  public void fault(String message, boolean hopeless) {
    ask(new Request.Fault(message, hopeless));
  }

  private Object ask(Request request) {
    try {
      return Parcel.unpack(driver.ask(Parcel.pack(new Question(run, request))));
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("The driver does not answer: " + e.getMessage(), e);
    }
  }

  private static void pause(BooleanSupplier cancelled) {
    if (cancelled.getAsBoolean()) {
      throw new TaskKilledException("killed while it waited for the driver");
    }
    try {
      Thread.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TaskKilledException("killed while it waited for the driver");
    }
  }
}
