package handspun.serve;

import handspun.network.Network;
import handspun.store.Model;
import handspun.store.Provenance;
import handspun.train.EpochSummary;
import handspun.train.Plan;
import handspun.train.TrainingState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A training in this process that a server shows: whoever watches it says how it goes on, its
 * network is served, and clients hear of it.
 *
 * <p>Safe for use by the thread that watches and those of the server.
 */
public final class LiveTraining {
  private final String file;
  private final Plan plan;
  private final List<Epoch> epochs = new ArrayList<>();
  private Model model;
  private boolean ended;
  private boolean closed;
  private Consumer<Model> server = next -> {};

  /**
   * An epoch that has ended.
   *
   * @param sha256 of the parameters after it, if they were served
   */
  record Epoch(int epoch, Optional<String> sha256, double cost, double validationAccuracy) {}

  /**
   * What has happened since somebody looked.
   *
   * @param epochs that have ended since
   * @param isOver whether there will be no more
   */
  record News(List<Epoch> epochs, boolean isOver) {}

  /**
   * @param file where the run will write its model
   * @param plan of the training
   */
  public LiveTraining(String file, Plan plan) {
    this.file = file;
    this.plan = plan;
    model = model(plan.initialNetwork(), 0, Double.NaN);
  }

  private Model model(Network network, int epochsDone, double accuracy) {
    Provenance provenance =
        new Provenance("", Map.of(), "", Map.of(), epochsDone, accuracy, Double.NaN);
    return new Model(network, Optional.of(plan), provenance);
  }

  /** {@return where the run will write its model} */
  public String file() {
    return file;
  }

  /** {@return the network as it is now, with its plan; every answer is a digit} */
  public synchronized Model model() {
    return model;
  }

  /** {@return how many epochs there will be at most} */
  int plannedEpochs() {
    return plan.epochs();
  }

  /**
   * Training has come to a state: it is served, and then clients are told of all epochs since the
   * last one. Of those that were passed over the figures are known, but not the parameters.
   *
   * @param state with the network as it is now
   */
  public void see(TrainingState state) {
    int done = state.epochsDone();
    double accuracy = done == 0 ? Double.NaN : state.epochs().get(done - 1).validationAccuracy();
    serve(model(state.network(), done, accuracy));
    synchronized (this) {
      for (EpochSummary epoch : state.epochs().subList(Math.min(epochs.size(), done), done)) {
        Optional<String> sha256 =
            epoch.epoch() == done ? Optional.of(state.network().sha256()) : Optional.empty();
        epochs.add(new Epoch(epoch.epoch(), sha256, epoch.cost(), epoch.validationAccuracy()));
      }
      notifyAll();
    }
  }

  /**
   * Training is over, and clients are told.
   *
   * @param trained is served from now on
   */
  public void end(Model trained) {
    serve(trained);
    synchronized (this) {
      ended = true;
      notifyAll();
    }
  }

  private void serve(Model next) {
    Consumer<Model> told;
    synchronized (this) {
      model = next;
      told = server;
    }
    told.accept(next);
  }

  /** {@return whether it goes on} */
  synchronized boolean isRunning() {
    return !ended;
  }

  /** From now on, this is told of each network. */
  synchronized void serve(Consumer<Model> with) {
    server = with;
  }

  /** Nobody is to hear of it any more. */
  synchronized void close() {
    closed = true;
    server = next -> {};
    notifyAll();
  }

  /** {@return whether {@link #close} was called} */
  synchronized boolean isClosed() {
    return closed;
  }

  /**
   * Waits until there is something new.
   *
   * @param known so many epochs are known already
   * @param most to wait
   */
  synchronized News await(int known, Duration most) throws InterruptedException {
    long end = System.nanoTime() + most.toNanos();
    for (long left; epochs.size() <= known && !ended && !closed; ) {
      left = end - System.nanoTime();
      if (left <= 0) {
        break;
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    List<Epoch> since =
        known < epochs.size() ? List.copyOf(epochs.subList(known, epochs.size())) : List.of();
    return new News(since, ended || closed);
  }
}
