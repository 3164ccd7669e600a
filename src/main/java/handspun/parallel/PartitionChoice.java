package handspun.parallel;

/**
 * How many partitions share a mini-batch, and why.
 *
 * @param partitions their number
 * @param reason a few words for a person
 */
public record PartitionChoice(int partitions, String reason) {
  /** {@return the number that was requested} */
  public static PartitionChoice asTold(int partitions) {
    return new PartitionChoice(partitions, "as told");
  }
}
