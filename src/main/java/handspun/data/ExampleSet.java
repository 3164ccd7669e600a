package handspun.data;

import handspun.HandspunException;

/** Images with their labels, in memory or where they are stored. */
public sealed interface ExampleSet permits Examples, StoredExamples, TaughtExamples {
  /** {@return number of examples} */
  int count();

  /** {@return height of every image} */
  int rows();

  /** {@return width of every image} */
  int columns();

  /** {@return how often each label occurs} */
  LabelCounts labelCounts();

  /** {@return the examples {@code from..to}, in arrays of their own} */
  Examples slice(int from, int to);

  /** {@return the same, with a teacher's answers, in place of those of any other} */
  ExampleSet taughtBy(Teacher teacher);

  /** Refuses sets whose images are of different size; the names say where they come from. */
  static void requireSameSize(String oneName, ExampleSet one, String otherName, ExampleSet other) {
    if (one.rows() != other.rows() || one.columns() != other.columns()) {
      throw new HandspunException(
          "%s holds images of %d x %d pixels, but %s of %d x %d: take both from the same data set, or from sets of one size."
              .formatted(
                  oneName, one.rows(), one.columns(), otherName, other.rows(), other.columns()));
    }
  }
}
