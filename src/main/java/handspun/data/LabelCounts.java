package handspun.data;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** How often each label occurs in a set of examples, and where it does first. */
public final class LabelCounts {
  /** Labels are bytes. */
  public static final int LABELS = 256;

  private final int[] counts = new int[LABELS];
  private final int[] first = new int[LABELS];
  private int examples;

  LabelCounts() {
    Arrays.fill(first, -1);
  }

  /** Counts the labels of the examples that follow those that have been counted. */
  LabelCounts add(byte[] labels, int from, int to) {
    for (int i = from; i < to; i++) {
      int label = labels[i] & 0xff;
      if (counts[label]++ == 0) {
        first[label] = examples;
      }
      examples++;
    }
    return this;
  }

  /**
   * @param label 0..255
   * @return how many examples have it
   */
  public int count(int label) {
    return counts[label];
  }

  /**
   * @param label 0..255
   * @return the first example that has it; -1 if none has
   */
  public int first(int label) {
    return first[label];
  }

  /**
   * @param classes labels from 0 that are expected, 0..256
   * @return of all other labels the one that occurs first; -1 if none occurs
   */
  public int unexpected(int classes) {
    return IntStream.range(Math.min(classes, LABELS), LABELS)
        .filter(label -> first[label] >= 0)
        .boxed()
        .min(Comparator.comparing(this::first))
        .orElse(-1);
  }
}
