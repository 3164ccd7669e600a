package handspun.network;

import handspun.math.RandomStream;
import handspun.math.RandomUse;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A fully connected network: a topology, what its units compute, and its weights and biases, which
 * are one flat vector in the order that {@link Topology} tells.
 *
 * <p>Immutable and safe to share between threads.
 */
public final class Network implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Topology topology;
  private final Units units;
  private final float[] parameters;

  /**
   * A network of sigmoid units.
   *
   * @param topology layer sizes
   * @param parameters weights and biases, {@link Topology#parameterCount()} of them; copied
   */
  public Network(Topology topology, float[] parameters) {
    if (parameters.length != topology.parameterCount()) {
      throw new IllegalArgumentException(
          "A network %s has %d weights and biases, but %d are given."
              .formatted(topology, topology.parameterCount(), parameters.length));
    }
    this.topology = topology;
    units = Units.SIGMOID;
    this.parameters = parameters.clone();
  }

  private Network(Network same, Units units) {
    topology = same.topology;
    this.units = units;
    parameters = same.parameters;
  }

  /** {@return the network of the same parameters whose units compute something else} */
  public Network with(Units other) {
    return new Network(this, other);
  }

  /**
   * @param seed the run's seed
   * @return an untrained network of sigmoid units
   */
  public static Network random(Topology topology, Initializer initializer, long seed) {
    return new Network(
        topology, initializer.draw(topology, new RandomStream(RandomUse.INITIAL_PARAMETERS, seed)));
  }

  /** {@return layer sizes} */
  public Topology topology() {
    return topology;
  }

  /** {@return what its units compute} */
  public Units units() {
    return units;
  }

  /** {@return weights and biases; a copy} */
  public float[] parameters() {
    return parameters.clone();
  }

  /**
   * @param layout of this network
   * @return a new working vector, for the kernels
   */
  public float[] toWorking(Layout layout) {
    return layout.toWorking(parameters);
  }

  /**
   * @param layer from 1
   * @param input unit of the layer before, from 0
   * @param unit unit of this layer, from 0
   * @return the weight between them
   */
  public float weight(int layer, int input, int unit) {
    return parameters[topology.weightsAt(layer) + input * topology.size(layer) + unit];
  }

  /**
   * @param layer from 1
   * @param unit from 0
   * @return its bias
   */
  public float bias(int layer, int unit) {
    return parameters[topology.biasesAt(layer) + unit];
  }

  /** {@return whether no weight or bias is infinite or NaN} */
  public boolean isFinite() {
    for (float parameter : parameters) {
      if (!Float.isFinite(parameter)) {
        return false;
      }
    }
    return true;
  }

  /**
   * {@return SHA-256 of the parameter vector as little-endian IEEE 754 singles, in hexadecimal:
   * equal if and only if two networks of one topology have the same parameters to the last bit}
   */
  public String sha256() {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256.", e);
    }
  }

  /** {@return weights and biases, four bytes each, the lowest first; a copy} */
  public byte[] bytes() {
    ByteBuffer bytes =
        ByteBuffer.allocate(Float.BYTES * parameters.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(parameters);
    return bytes.array();
  }
}
