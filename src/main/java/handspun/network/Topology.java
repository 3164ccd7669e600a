package handspun.network;

import handspun.UsageException;
import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The layer sizes of a fully connected network, and where each layer's weights and biases lie in
 * the one flat parameter vector.
 *
 * <p>Layer 0 is the input. For every later layer {@code l}, in order, the vector holds its weights,
 * input by input ({@code size(l - 1)} rows of {@code size(l)} numbers), and then its {@code
 * size(l)} biases. The activations of one example (without the input) lie in a vector of {@link
 * #units()} numbers, layer by layer.
 *
 * <p>Immutable.
 */
public final class Topology implements Serializable {
  private static final long serialVersionUID = 1L;

  /** More parameters than this do not fit one array with room to spare. */
  public static final int MOST_PARAMETERS = 1 << 29;

  private final int[] sizes;
  private final int[] weightsAt;
  private final int[] biasesAt;
  private final int[] unitsAt;
  private final int parameterCount;
  private final int units;

  /**
   * @param sizes units per layer, input first; at least two layers, each of at least one unit
   * @throws UsageException if no network has such layers
   */
  public Topology(int... sizes) {
    if (sizes.length < 2) {
      throw new UsageException(
          "A network needs at least 2 layers, input and output, but layers names %d: write for example 784,16,16,10."
              .formatted(sizes.length));
    }
    this.sizes = sizes.clone();
    weightsAt = new int[sizes.length];
    biasesAt = new int[sizes.length];
    unitsAt = new int[sizes.length];
    long parameters = 0;
    long unitsSoFar = 0;
    for (int l = 0; l < sizes.length; l++) {
      if (sizes[l] < 1) {
        throw new UsageException(
            "Layer %d of %s has %d units, but every layer needs at least 1."
                .formatted(l + 1, name(sizes), sizes[l]));
      }
      if (l == 0) {
        continue;
      }
      weightsAt[l] = (int) parameters;
      parameters += (long) sizes[l - 1] * sizes[l];
      biasesAt[l] = (int) parameters;
      parameters += sizes[l];
      unitsAt[l] = (int) unitsSoFar;
      unitsSoFar += sizes[l];
      if (parameters > MOST_PARAMETERS) {
        throw new UsageException(
            "The network %s has more than %d weights and biases, which is the most that one vector holds: choose smaller layers."
                .formatted(name(sizes), MOST_PARAMETERS));
      }
    }
    parameterCount = (int) parameters;
    units = (int) unitsSoFar;
  }

  /**
   * @param text layer sizes separated by commas, such as {@code 784,16,16,10}
   * @return the topology
   * @throws UsageException if the text is anything else
   */
  public static Topology parse(String text) {
    String[] parts = text.split(",", -1);
    int[] sizes = new int[parts.length];
    for (int l = 0; l < parts.length; l++) {
      try {
        sizes[l] = Integer.parseInt(parts[l].strip());
      } catch (NumberFormatException e) {
        throw new UsageException(
            "The layers \"%s\" are not whole numbers separated by commas: write for example 784,16,16,10."
                .formatted(text));
      }
    }
    return new Topology(sizes);
  }

  /** {@return number of layers, the input counted} */
  public int layers() {
    return sizes.length;
  }

  /**
   * @param layer from 0, the input
   * @return its number of units
   */
  public int size(int layer) {
    return sizes[layer];
  }

  /** {@return the layer sizes, input first; a copy} */
  public int[] sizes() {
    return sizes.clone();
  }

  /** {@return units of the input layer} */
  public int inputs() {
    return sizes[0];
  }

  /** {@return units of the last layer} */
  public int outputs() {
    return sizes[sizes.length - 1];
  }

  /**
   * @param layer from 1
   * @return where its weights start in the parameter vector
   */
  public int weightsAt(int layer) {
    return weightsAt[layer];
  }

  /**
   * @param layer from 1
   * @return where its biases start in the parameter vector
   */
  public int biasesAt(int layer) {
    return biasesAt[layer];
  }

  /**
   * @param layer from 1
   * @return where its units start in an example's vector of activations
   */
  public int unitsAt(int layer) {
    return unitsAt[layer];
  }

  /** {@return units of all layers but the input} */
  public int units() {
    return units;
  }

  /** {@return length of the parameter vector} */
  public int parameterCount() {
    return parameterCount;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Topology that && Arrays.equals(sizes, that.sizes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(sizes);
  }

  /** {@return the sizes as people write them, such as {@code 784-16-16-10}} */
  @Override
  public String toString() {
    return name(sizes);
  }

  private static String name(int[] sizes) {
    return Arrays.stream(sizes).mapToObj(String::valueOf).collect(Collectors.joining("-"));
  }
}
