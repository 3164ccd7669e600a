package handspun.network;

import handspun.math.Kernels;
import java.util.Arrays;

/**
 * The outputs that are wanted of examples, y: 1 at the label and 0 elsewhere, or a little of that 1
 * given to all outputs alike.
 *
 * <p>Not for several threads at once.
 */
public final class Targets {
  /** The activation of a unit without any inputs: so the padding of a row has no error. */
  static final float PADDING = 0.5f;

  private final float[] values;
  private final int[] rows;
  private final int outputs;
  private final int none;
  private final int stride;
  private int count;

  /**
   * @param kind of the outputs, which says what is wanted where an example is of no class
   * @param outputs units of the last layer
   * @param smoothing how much of the 1 is given to all outputs alike, 0 to less than 1 (label
   *     smoothing: Szegedy et al., "Rethinking the Inception Architecture for Computer Vision",
   *     CVPR 2016, section 7): {@code y = 1 - e + e / K} at the label and {@code e / K} elsewhere
   * @param most how many examples can be taken at a time
   */
  public Targets(Outputs kind, int outputs, float smoothing, int most) {
    stride = Kernels.padded(outputs);
    this.outputs = outputs;
    rows = new int[most];
    values = new float[(outputs + most + 1) * stride];
    Arrays.fill(values, PADDING);
    float elsewhere = smoothing / outputs;
    for (int label = 0; label < outputs; label++) {
      int row = label * stride;
      Arrays.fill(values, row, row + outputs, elsewhere);
      values[row + label] = 1 - smoothing + elsewhere;
    }
    none = outputs + most;
    Arrays.fill(values, none * stride, none * stride + outputs, kind.ofNone(outputs));
  }

  /** Forgets the examples that were taken. */
  public void clear() {
    count = 0;
  }

  /** Takes one example more. */
  public void add(int label) {
    rows[count++] = label;
  }

  /** Takes one example more, which is of no class. */
  public void addNone() {
    rows[count++] = none;
  }

  /**
   * Takes one example more, of which a teacher knows more than the label: wanted are {@code (1 - s)
   * y + s q}.
   *
   * @param answers the teacher's, q
   * @param at the first of them
   * @param share how much they count, s, 0..1
   */
  public void add(int label, float[] answers, int at, float share) {
    int row = outputs + count;
    for (int o = 0; o < outputs; o++) {
      values[row * stride + o] = (1 - share) * values[label * stride + o] + share * answers[at + o];
    }
    rows[count++] = row;
  }

  /**
   * @param label of an example, whichever was taken
   * @return where the outputs that are wanted for it begin in {@link #values}
   */
  public int at(int label) {
    return label * stride;
  }

  /** {@return padded rows of wanted outputs; not to be changed} */
  public float[] values() {
    return values;
  }

  /** The row of each example that was taken. */
  int[] rows() {
    return rows;
  }
}
