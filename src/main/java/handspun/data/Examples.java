package handspun.data;

import handspun.network.Inputs;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * Images with their labels.
 *
 * <p>Immutable; {@link #labels()} is handed out without a copy and must not be changed.
 */
public final class Examples implements ExampleSet, Serializable {
  private static final long serialVersionUID = 1L;

  private final int rows;
  private final int columns;
  private final Inputs inputs;
  private final byte[] labels;

  /** A teacher's, as many for each example as there are classes; none without a teacher. */
  private final float[] answers;

  /**
   * Takes {@code rows * columns} pixels an image, row by row, and an unsigned byte for its label,
   * not copied.
   */
  public Examples(int rows, int columns, Inputs inputs, byte[] labels) {
    this(rows, columns, inputs, labels, new float[0]);
  }

  private Examples(int rows, int columns, Inputs inputs, byte[] labels, float[] answers) {
    if (inputs.width() != rows * columns) {
      throw new IllegalArgumentException(
          inputs.width() + " pixels are not " + rows + " x " + columns + ".");
    }
    if (inputs.count() != labels.length) {
      throw new IllegalArgumentException(
          inputs.count() + " images, but " + labels.length + " labels.");
    }
    this.rows = rows;
    this.columns = columns;
    this.inputs = inputs;
    this.labels = labels;
    this.answers = answers;
  }

  /** {@return one or more sets with images of one size, one after the other} */
  static Examples joined(List<Examples> sets) {
    Examples first = sets.get(0);
    if (sets.size() == 1) {
      return first;
    }
    byte[] labels = new byte[sets.stream().mapToInt(Examples::count).sum()];
    int at = 0;
    for (Examples set : sets) {
      System.arraycopy(set.labels, 0, labels, at, set.count());
      at += set.count();
    }
    return new Examples(
        first.rows,
        first.columns,
        Inputs.joined(sets.stream().map(Examples::inputs).toList()),
        labels);
  }

  /** {@return the same with other images, as many and of the same size} */
  public Examples with(Inputs others) {
    return others == inputs ? this : new Examples(rows, columns, others, labels, answers);
  }

  /**
   * {@return some of the examples, in the order of their indices, in arrays of their own and
   * without a teacher's answers}
   */
  public Examples select(int[] examples) {
    byte[] selected = new byte[examples.length];
    for (int i = 0; i < selected.length; i++) {
      selected[i] = labels[examples[i]];
    }
    return new Examples(rows, columns, inputs.select(examples), selected);
  }

  @Override
  public int count() {
    return labels.length;
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public int columns() {
    return columns;
  }

  /** {@return the images} */
  public Inputs inputs() {
    return inputs;
  }

  /** {@return the right answer, 0..255} */
  public int label(int example) {
    return labels[example] & 0xff;
  }

  /** {@return all labels, unsigned; not to be changed} */
  public byte[] labels() {
    return labels;
  }

  @Override
  public Examples taughtBy(Teacher teacher) {
    return new Examples(rows, columns, inputs, labels, teacher.answers(this));
  }

  /** {@return whether a teacher has answered} */
  public boolean isTaught() {
    return answers.length > 0;
  }

  /**
   * {@return a teacher's answers, for each example as many as there are classes, one example after
   * the other; not to be changed}
   */
  public float[] answers() {
    return answers;
  }

  @Override
  public LabelCounts labelCounts() {
    return new LabelCounts().add(labels, 0, labels.length);
  }

  @Override
  public Examples slice(int from, int to) {
    int classes = labels.length == 0 ? 0 : answers.length / labels.length;
    return new Examples(
        rows,
        columns,
        inputs.slice(from, to),
        Arrays.copyOfRange(labels, from, to),
        Arrays.copyOfRange(answers, from * classes, to * classes));
  }
}
