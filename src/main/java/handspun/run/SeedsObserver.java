package handspun.run;

/** Wants to know how trainings with several seeds go, and each of them. */
public interface SeedsObserver extends TrainingObserver {
  /** Wants to know nothing. */
  SeedsObserver NONE = new SeedsObserver() {};

  /**
   * Something begins, or goes on.
   *
   * @param seeds how many there are in all
   * @param done of them are done already
   */
  default void began(SeedsFolder folder, int seeds, int done) {}

  /** A seed is done. */
  default void ended(SeedFigures figures) {}
}
