package handspun.run;

import handspun.train.TrainingListener;
import java.util.Optional;

/**
 * Work that takes long, and that may be ended before its time.
 *
 * @param <T> what comes of it
 */
public interface Interruptible<T> {
  /**
   * Trains, to the end, once.
   *
   * @param first are told of every epoch before all others
   * @return what came of it, also where the cost has diverged
   * @throws handspun.HandspunException if it could not be brought to an end; says what is saved
   */
  T train(TrainingListener... first);

  /**
   * Saves what is done, where training is to be ended with the process. May be called by any
   * thread, while {@link #train} is under way.
   *
   * @return what was saved, in a sentence
   */
  String stopped();

  /** {@return how to go on from the last checkpoint; empty if there is none} */
  Optional<String> wayOn();
}
