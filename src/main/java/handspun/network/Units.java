package handspun.network;

import java.io.Serializable;

/**
 * What the units of a network compute.
 *
 * @param hidden those of all layers between input and output
 * @param outputs those of the last layer
 */
public record Units(Activation hidden, Outputs outputs) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Sigmoid units in all layers. */
  public static final Units SIGMOID = new Units(Activation.SIGMOID, Outputs.SIGMOID);

  /** {@return in words, such as "relu units and softmax outputs"} */
  @Override
  public String toString() {
    return "%s units and %s outputs".formatted(hidden, outputs);
  }
}
