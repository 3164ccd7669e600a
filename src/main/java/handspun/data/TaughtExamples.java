package handspun.data;

import java.io.Serializable;

/** Examples that a teacher answers where and when they are read. */
public record TaughtExamples(StoredExamples examples, Teacher teacher)
    implements ExampleSet, Serializable {
  private static final long serialVersionUID = 1L;

  @Override
  public int count() {
    return examples.count();
  }

  @Override
  public int rows() {
    return examples.rows();
  }

  @Override
  public int columns() {
    return examples.columns();
  }

  @Override
  public LabelCounts labelCounts() {
    return examples.labelCounts();
  }

  @Override
  public ExampleSet taughtBy(Teacher other) {
    return examples.taughtBy(other);
  }

  @Override
  public Examples slice(int from, int to) {
    return examples.slice(from, to).taughtBy(teacher);
  }
}
