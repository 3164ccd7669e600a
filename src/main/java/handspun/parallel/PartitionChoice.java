package handspun.parallel;

/**
 * How many partitions share a mini-batch, and why.
 *
 * @param partitions their number when training begins
 * @param most to how many they may grow while it goes on, at least {@code partitions}
 * @param reason a few words for a person
 */
public record PartitionChoice(int partitions, int most, String reason) {

  /** A number that does not grow. */
  public PartitionChoice(int partitions, String reason) {
    this(partitions, partitions, reason);
  }

  /** {@return the number that was requested} */
  public static PartitionChoice asTold(int partitions) {
    return new PartitionChoice(partitions, "as told");
  }

  /**
   * {@return what there is room for now, of as many as can be busy}
   *
   * @param now how many there is room for, at most {@code most}
   */
  public static PartitionChoice growing(int now, int most) {
    return new PartitionChoice(
        now,
        most,
        now < most
            ? "of up to %d that can be busy, when more executors come".formatted(most)
            : "as many as can be busy");
  }
}
