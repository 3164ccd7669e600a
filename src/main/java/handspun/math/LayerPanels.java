package handspun.math;

/**
 * Where the weights of a layer after the first lie in a vector of parameters, or its gradient in
 * another. They lie as kernels go through them: in panels of {@value Kernels#ROW} columns, one
 * panel after the other, each a row of {@value Kernels#ROW} numbers for every input. Cache and TLB
 * then have no long way from row to row.
 *
 * @param weights where the first panel begins
 * @param biases where the biases begin, one for every column
 * @param inputs how many rows a panel has
 * @param columns the layer's units, {@linkplain Kernels#padded padded}
 * @param stride length of a row of what the layer computes, a row an example; at least {@code
 *     columns}
 */
public record LayerPanels(int weights, int biases, int inputs, int columns, int stride) {

  /** {@return how many rows all panels have together} */
  public int rows() {
    return columns / Kernels.ROW * inputs;
  }

  /**
   * @param row of all panels, counted through
   * @return where it begins
   */
  public int row(int row) {
    return weights + row * Kernels.ROW;
  }

  /**
   * @param input from 0
   * @param column from 0
   * @return where the weight between them is
   */
  public int weight(int input, int column) {
    return weights + column / Kernels.ROW * panel() + input * Kernels.ROW + column % Kernels.ROW;
  }

  /** {@return how far it is from a panel to the next} */
  public int panel() {
    return inputs * Kernels.ROW;
  }
}
