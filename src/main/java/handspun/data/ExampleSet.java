package handspun.data;

/** Images with their labels, in memory or where they are stored. */
public sealed interface ExampleSet permits Examples, StoredExamples {
  /**
   * @return number of examples
   */
  int count();

  /**
   * @return height of every image
   */
  int rows();

  /**
   * @return width of every image
   */
  int columns();

  /**
   * @return how often each label occurs
   */
  LabelCounts labelCounts();

  /**
   * @param from first example
   * @param to one past the last
   * @return those examples, in arrays of their own
   * @throws handspun.HandspunException if they cannot be read
   */
  Examples slice(int from, int to);
}
