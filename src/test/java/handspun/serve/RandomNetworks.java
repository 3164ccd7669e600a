package handspun.serve;

import handspun.network.Activation;
import handspun.network.Network;
import handspun.network.Outputs;
import handspun.network.Topology;
import handspun.network.Units;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Networks whose weights are drawn in Java as in the script exact.js. */
final class RandomNetworks {
  private static final List<Topology> TOPOLOGIES =
      List.of(
          new Topology(784, 16, 16, 10),
          new Topology(784, 12, 7, 5, 10),
          new Topology(784, 10),
          new Topology(784, 256, 10),
          new Topology(784, 300, 33, 10));

  /** Of 2^31: usual weights, large ones, those that saturate all units, and subnormal ones. */
  private static final double[] AMPLITUDES = {0x1p-34, 0x1p-31, 0x1p-27, 0x1p-170};

  private RandomNetworks() {}

  private static Topology topology(int number) {
    return TOPOLOGIES.get(number % TOPOLOGIES.size());
  }

  private static Units units(int number) {
    int kind = number / TOPOLOGIES.size();
    Activation[] hidden = Activation.values();
    Outputs[] outputs = Outputs.values();
    return new Units(hidden[kind % hidden.length], outputs[kind / hidden.length % outputs.length]);
  }

  private static double amplitude(int number) {
    int kind = number / TOPOLOGIES.size() / Activation.values().length / Outputs.values().length;
    return AMPLITUDES[kind % AMPLITUDES.length];
  }

  static Network network(int number) {
    float[] parameters = new float[topology(number).parameterCount()];
    // Marsaglia, "Xorshift RNGs", 2003: JavaScript has no whole numbers of 64 bits that are fast.
    int state = (number + 1) * 0x9e3779b9 | 1;
    for (int p = 0; p < parameters.length; p++) {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      parameters[p] = (float) (state * amplitude(number));
    }
    return new Network(topology(number), parameters).with(units(number));
  }

  /** {@return what the script must know of it} */
  static Map<String, Object> described(int number) {
    return Map.of(
        "number", number,
        "amplitude", amplitude(number),
        "parameters", topology(number).parameterCount(),
        "topology", Arrays.stream(topology(number).sizes()).boxed().toList(),
        "hidden", units(number).hidden().toString(),
        "outputs", units(number).outputs().toString());
  }
}
