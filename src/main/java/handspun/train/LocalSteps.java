package handspun.train;

import handspun.UsageException;

/**
 * How many mini-batches, the local steps, each lane learns from on its own before the lanes are
 * averaged.
 *
 * <p>With 1, all lanes together make one step of gradient descent a mini-batch: synchronous SGD.
 * With K, each lane has a replica of the network for a <em>round</em> of K mini-batches, and learns
 * from its own share of them as if it were alone; at the end of the round the network becomes the
 * mean of the replicas. So the lanes must meet K times less often, which is for slow networks
 * (local SGD: Stich, "Local SGD Converges Fast and Communicates Little", ICLR 2019; with one
 * average at the end: Zinkevich et al., "Parallelized Stochastic Gradient Descent", NIPS 2010). An
 * epoch ends with an average, so its last round may be shorter.
 */
public final class LocalSteps {
  /** One average an epoch, however many mini-batches that has. */
  public static final int EPOCH = Integer.MAX_VALUE;

  private static final String EPOCH_NAME = "epoch";

  private LocalSteps() {}

  /**
   * @param text a whole number, or {@code epoch}
   * @return the number of local steps, not yet checked to be possible
   * @throws UsageException if it is neither
   */
  public static int parse(String text) {
    if (text.equalsIgnoreCase(EPOCH_NAME)) {
      return EPOCH;
    }
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new UsageException(
          "local-steps is "
              + text
              + ", but must be a number of mini-batches, such as 5, or "
              + EPOCH_NAME
              + ".");
    }
  }

  /**
   * @param localSteps of a plan
   * @return what {@link #parse} reads
   */
  public static String toString(int localSteps) {
    return localSteps == EPOCH ? EPOCH_NAME : String.valueOf(localSteps);
  }
}
