package handspun.data;

import java.util.stream.IntStream;

/** How often each label occurs in a set of examples. */
public final class LabelCounts {
  /** Labels are bytes. */
  public static final int LABELS = 256;

  private final int[] counts = new int[LABELS];

  LabelCounts() {}

  /** Counts more labels. */
  LabelCounts add(byte[] labels, int from, int to) {
    for (int i = from; i < to; i++) {
      counts[labels[i] & 0xff]++;
    }
    return this;
  }

  /** {@return how many examples have a label, 0..255} */
  public int count(int label) {
    return counts[label];
  }

  /** {@return the smallest label that occurs; -1 if there are no examples} */
  public int least() {
    return IntStream.range(0, LABELS).filter(label -> counts[label] > 0).findFirst().orElse(-1);
  }

  /** {@return the largest label that occurs; -1 if there are no examples} */
  public int most() {
    return IntStream.range(0, LABELS).filter(label -> counts[label] > 0).max().orElse(-1);
  }
}
