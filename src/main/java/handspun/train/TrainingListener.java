package handspun.train;

/** Is told how training goes on, in the thread that trains. */
public interface TrainingListener {

  /**
   * @param epoch that begins, from 1
   */
  default void epochStarted(int epoch) {}

  /**
   * Training has come to a state that it could go on from: at its begin, and after every epoch that
   * went well, before {@link #epochEnded}.
   *
   * @param state all that going on needs
   */
  default void reached(TrainingState state) {}

  /**
   * @param summary of the epoch that ended
   */
  default void epochEnded(EpochSummary summary) {}

  /** Training has ended, or has failed. */
  default void ended() {}
}
