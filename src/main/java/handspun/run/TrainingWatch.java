package handspun.run;

import handspun.store.BackgroundWriter;
import handspun.train.TrainingListener;
import handspun.train.TrainingState;
import java.util.function.Consumer;

/**
 * Shows somebody how trainings go on, one after the other, in a thread of its own: training does
 * not wait for it. What is shown is always the newest. Where epochs end faster than that, those
 * between are left out, but a state has the figures of all epochs before it.
 *
 * <p>It is one of those that {@link Interruptible#train} is given.
 */
public final class TrainingWatch implements TrainingListener, AutoCloseable {
  private final Watcher watcher;
  private final BackgroundWriter background;

  /** Looks at what is shown. */
  @FunctionalInterface
  public interface Watcher {
    /**
     * Training has come to a state: at its begin, from the untrained network or from where a run
     * goes on, and after epochs that went well.
     *
     * @param state with the network as it is now, which is the one that validation has seen
     */
    void see(TrainingState state);
  }

  /**
   * @param warning is told the sentence of the first {@link handspun.HandspunException} that the
   *     watcher throws; training goes on
   */
  public TrainingWatch(Watcher watcher, Consumer<String> warning) {
    this.watcher = watcher;
    background = new BackgroundWriter("watch", warning);
  }

  @Override
  public void reached(TrainingState state) {
    background.submit(() -> watcher.see(state));
  }

  /** Waits until the watcher has seen the newest state, and shows no more. */
  @Override
  public void close() {
    background.close();
  }
}
