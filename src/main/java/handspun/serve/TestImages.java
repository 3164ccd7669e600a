package handspun.serve;

import handspun.data.Examples;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Test images, and what a model takes them for.
 *
 * @param predictions one for each image; not to be changed
 * @param classes of which the model knows so many
 */
record TestImages(Examples images, int[] predictions, int classes) {
  /** {@return how many are of each class, by rows, and taken for each, by columns} */
  int[][] confusion() {
    int[][] matrix = new int[classes][classes];
    for (int i = 0; i < predictions.length; i++) {
      matrix[images.label(i)][predictions[i]]++;
    }
    return matrix;
  }

  /**
   * {@return the images that are of one class, or of any, and taken for one class, or for any, in
   * their order}
   *
   * @param mistakes whether only those that are taken for what they are not
   */
  List<Integer> select(OptionalInt actual, OptionalInt predicted, boolean mistakes) {
    return IntStream.range(0, predictions.length)
        .filter(i -> actual.isEmpty() || actual.getAsInt() == images.label(i))
        .filter(i -> predicted.isEmpty() || predicted.getAsInt() == predictions[i])
        .filter(i -> !mistakes || predictions[i] != images.label(i))
        .boxed()
        .toList();
  }
}
