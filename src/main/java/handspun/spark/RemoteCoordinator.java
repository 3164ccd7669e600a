package handspun.spark;

import handspun.parallel.EpochPart;
import handspun.wire.Peer;
import java.io.IOException;
import java.io.Serializable;
import java.util.function.BooleanSupplier;
import org.apache.spark.TaskKilledException;
import org.apache.spark.api.plugin.PluginContext;

/**
 * The coordinator of a training job, seen from another process than the driver's.
 *
 * @param driver the way to it
 * @param run the job's name
 * @param executors how many ask the driver
 */
record RemoteCoordinator(PluginContext driver, String run, int executors) implements Coordinator {

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
  public void arrive(Arrival task) {
    tell(coordinator -> coordinator.arrive(task));
  }

  /** An answer could not be waited for by a thread that Spark has interrupted to end its task. */
  @Override
  public void leave(String executor) {
    send(driver, run, coordinator -> coordinator.leave(executor));
  }

  @Override
  public Meeting meet(Peer self, int peers, BooleanSupplier cancelled) {
    return await(Meeting.class, coordinator -> coordinator.join(self, peers), cancelled);
  }

  @Override
  public Assignment next(int done, int tasks, BooleanSupplier cancelled) {
    if (done == 0) {
      tell(coordinator -> coordinator.ready(tasks));
    }
    return await(Assignment.class, coordinator -> coordinator.poll(done), cancelled);
  }

  /** The driver may not wait in an answer, so it is asked again. */
  private <T> T await(Class<T> kind, Request request, BooleanSupplier cancelled) {
    AskingPace pace = AskingPace.of(executors);
    while (true) {
      Object answer = ask(request);
      if (kind.isInstance(answer)) {
        return kind.cast(answer);
      }
      pause(pace.nextMillis(), cancelled);
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
  interface Notice extends Serializable {
    void to(DriverCoordinator coordinator);

    default Request request() {
      return coordinator -> {
        to(coordinator);
        return null;
      };
    }
  }

  /** Returns when it has been done. */
  private void tell(Notice notice) {
    ask(notice.request());
  }

  /** Returns at once, whether it will be done or not. */
  static void send(PluginContext driver, String run, Notice notice) {
    try {
      driver.send(Serialization.serialize(new Message(run, notice.request(), false)));
    } catch (IOException | RuntimeException e) {
      // The driver is gone, or about to: Spark will end this executor.
    }
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

  private static void pause(long millis, BooleanSupplier cancelled) {
    if (cancelled.getAsBoolean()) {
      throw new TaskKilledException("killed while it waited for the driver");
    }
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TaskKilledException("killed while it waited for the driver");
    }
  }
}
