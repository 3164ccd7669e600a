package handspun.run;

import handspun.train.Progress;
import handspun.train.TrainingListener;
import java.util.List;
import java.util.function.Supplier;

/** Wants to know how a training goes. */
public interface TrainingObserver {
  /** Wants to know nothing. */
  TrainingObserver NONE = new TrainingObserver() {};

  /**
   * Something that does not keep training from going on.
   *
   * @param sentence for a person
   */
  default void warned(String sentence) {}

  /**
   * Training begins.
   *
   * @param progress how far it is; may be asked by any thread
   * @return those who are to be told of every epoch
   */
  default List<TrainingListener> began(TrainingRun run, Supplier<Progress> progress) {
    return List.of();
  }
}
