package handspun.wire;

/**
 * What executors contribute to a mini-batch, for sending and receiving. The contributions of a
 * range of executors always make the same bytes, whoever sends them.
 */
public interface Contribution {
  /**
   * @param from first executor
   * @param to one past the last one
   * @return the most bytes that their contributions can take
   */
  int mostBytes(int from, int to);

  /**
   * Writes contributions that are known here.
   *
   * @param from first executor
   * @param to one past the last one
   */
  void write(int from, int to, Frame frame);

  /**
   * Takes contributions in.
   *
   * @param from first executor
   * @param to one past the last one
   * @throws IllegalStateException if it does not
   */
  void read(int from, int to, Frame frame);
}
