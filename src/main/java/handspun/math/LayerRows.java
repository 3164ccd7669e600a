package handspun.math;

/**
 * Where the weights of a layer lie in a vector of parameters, or its gradient in another: a row for
 * every input, and a row of biases.
 *
 * @param weights where the row of input 0 begins
 * @param biases where the row of biases begins
 * @param inputs how many rows of weights there are
 * @param columns how many numbers of a row are computed: the layer's units, {@linkplain
 *     Kernels#padded padded}
 * @param stride from a row to the next, at least {@code columns} and a multiple of {@value
 *     Kernels#ROW}; also in what the layer computes, a row an example
 */
public record LayerRows(int weights, int biases, int inputs, int columns, int stride) {}
