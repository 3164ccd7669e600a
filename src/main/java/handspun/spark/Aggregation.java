package handspun.spark;

/** How the parts of a mini-batch are brought together. Both ways give the same bits. */
public enum Aggregation {
  /** One job an epoch: tasks exchange their parts among themselves. */
  EXCHANGE,
  /** One job a mini-batch: the driver collects the parts. */
  JOBS;

  /** {@return the name as people write it} */
  @Override
  public String toString() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
