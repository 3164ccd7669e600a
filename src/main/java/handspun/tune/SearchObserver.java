package handspun.tune;

/** Is told how a search goes on, in the thread that searches. */
public interface SearchObserver {
  /** Wants to know nothing. */
  SearchObserver NONE = new SearchObserver() {};

  /**
   * Something that does not keep the search from going on.
   *
   * @param sentence for a person
   */
  default void warned(String sentence) {}

  /** Trials are about to be trained. */
  default void began(SearchRun run) {}

  /**
   * A rung begins.
   *
   * @param rung from 0
   * @param trials in it
   */
  default void rungBegan(SearchRun run, int rung, int trials) {}

  /** A trial has come to the end of its rung, and that is saved. */
  default void trialEnded(SearchRun run, Standing trial) {}
}
