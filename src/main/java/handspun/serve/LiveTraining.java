package handspun.serve;

import handspun.network.Network;
import handspun.store.Model;
import handspun.store.Provenance;
import handspun.train.EpochSummary;
import handspun.train.Plan;
import handspun.train.TrainingListener;
import handspun.train.TrainingState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A training in this process that a server shows: it is told of each epoch as a listener, its
 * network is served, and clients hear of it.
 *
 * <p>Safe for use by the thread that trains and those of the server.
 */
public final class LiveTraining implements TrainingListener {
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
   * @param sha256 of the parameters after it
   */
  record Epoch(int epoch, String sha256, double cost, double validationAccuracy) {}

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

  @Override
  public void reached(TrainingState state) {
    Consumer<Model> told;
    Model next;
    synchronized (this) {
      double accuracy = Double.NaN;
      if (state.epochsDone() > 0) {
        EpochSummary last = state.epochs().get(state.epochsDone() - 1);
        accuracy = last.validationAccuracy();
        epochs.add(new Epoch(last.epoch(), state.network().sha256(), last.cost(), accuracy));
      }
      model = model(state.network(), state.epochsDone(), accuracy);
      next = model;
      told = server;
    }
    // Before clients hear of it, it is served.
    told.accept(next);
    synchronized (this) {
      notifyAll();
    }
  }

  @Override
  public synchronized void ended() {
    ended = true;
    notifyAll();
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
