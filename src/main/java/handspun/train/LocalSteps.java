package handspun.train;

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

  private LocalSteps() {}
}
