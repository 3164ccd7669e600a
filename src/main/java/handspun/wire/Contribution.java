package handspun.wire;

/**
 * What executors contribute to a mini-batch, for sending and receiving. The contributions of a
 * range of executors always make the same bytes, whoever sends them.
 */
public interface Contribution {
  /** {@return the most bytes that the contributions of executors {@code from..to} can take} */
  int mostBytes(int from, int to);

  /** Writes the contributions of executors {@code from..to}, which are known here. */
  void write(int from, int to, Frame frame);

  /**
   * Takes in the contributions of executors {@code from..to}; throws an IllegalStateException if
   * the frame does not hold them.
   */
  void read(int from, int to, Frame frame);
}
