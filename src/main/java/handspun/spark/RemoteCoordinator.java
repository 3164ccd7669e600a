package handspun.spark;

import handspun.parallel.EpochPart;
import handspun.wire.Peer;
import java.io.Serializable;
import java.util.function.BooleanSupplier;
import org.apache.spark.TaskKilledException;
import org.apache.spark.api.plugin.PluginContext;

/**
 * The coordinator of a training job, seen from another process than the driver's.
 *
 * @param driver the way to it
 * @param run the job's name
 */
record RemoteCoordinator(PluginContext driver, String run) implements Coordinator {
  /** The driver may not wait in an answer, so it is asked again. */
  private static final int POLL_MILLIS = 1;

  /** What is to be done at the coordinator, without waiting. */
  interface Request extends Serializable {
    /** {@return the answer; may be null} */
    Serializable answer(DriverCoordinator coordinator);
  }

  /**
   * A request to a job's coordinator.
   *
   * @param run the job's name
   * @param request what is to be done there
   * @param isAnswered whether somebody waits for the answer
   */
  record Message(String run, Request request, boolean isAnswered) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  @Override
  public void arrive() {
    tell(DriverCoordinator::arrive);
  }

  @Override
  public Meeting meet(Peer self, int executors, BooleanSupplier cancelled) {
    while (true) {
      if (ask(coordinator -> coordinator.join(self, executors)) instanceof Meeting meeting) {
        return meeting;
      }
      pause(cancelled);
    }
  }

  @Override
  public Assignment next(int done, int tasks, BooleanSupplier cancelled) {
    if (done == 0) {
      tell(coordinator -> coordinator.ready(tasks));
    }
    while (true) {
      if (ask(coordinator -> coordinator.poll(done)) instanceof Assignment next) {
        return next;
      }
      pause(cancelled);
    }
  }

  @Override
  public void report(EpochPart part) {
    tell(coordinator -> coordinator.report(part));
  }

  @Override
  public void fault(String message, boolean hopeless) {
    tell(coordinator -> coordinator.fault(message, hopeless));
  }

  /** What is to be done at the coordinator, which has no answer. */
  private interface Notice extends Serializable {
    void to(DriverCoordinator coordinator);
  }

  /** Returns when it has been done. */
  private void tell(Notice notice) {
    ask(
        coordinator -> {
          notice.to(coordinator);
          return null;
        });
  }

  private Object ask(Request request) {
    try {
      return Serialization.deserialize(
          driver.ask(Serialization.serialize(new Message(run, request, true))));
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
