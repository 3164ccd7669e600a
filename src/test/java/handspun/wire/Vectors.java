package handspun.wire;

/** A vector of every executor, which all want to have. */
final class Vectors implements Contribution {
  private final float[][] all;

  Vectors(int executors, int length) {
    all = new float[executors][length];
  }

  /** An executor's vector. */
  float[] of(int executor) {
    return all[executor];
  }

  @Override
  public int mostBytes(int from, int to) {
    return (to - from) * all[0].length * Float.BYTES;
  }

  @Override
  public void write(int from, int to, Frame frame) {
    for (int e = from; e < to; e++) {
      frame.put(all[e], 0, all[e].length);
    }
  }

  @Override
  public void read(int from, int to, Frame frame) {
    for (int e = from; e < to; e++) {
      frame.take(all[e], 0, all[e].length);
    }
  }
}
