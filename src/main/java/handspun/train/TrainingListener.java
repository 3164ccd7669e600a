package handspun.train;

/** Is told how training goes on, in the thread that trains. */
public interface TrainingListener {

  /**
   * @param epoch that begins, from 1
   */
  default void epochStarted(int epoch) {}

  /**
   * @param summary of the epoch that ended
   */
  default void epochEnded(EpochSummary summary) {}
}
