package handspun.store;

import handspun.HandspunException;
import handspun.UsageException;
import handspun.data.NumpyArray;
import handspun.data.PickledObject;
import handspun.files.Location;
import handspun.network.Network;
import handspun.network.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A network as Python programs in the manner of Nielsen's {@code network.py} keep it, whatever the
 * file: {@code sizes} (units per layer), {@code weights} (for every layer but the first, a row per
 * unit with a number per input) and {@code biases} (for every such layer, a row per unit with one
 * number), as nested lists or numpy arrays. They are the keys of a dict, the attributes of a
 * pickled object, or a list in this order; sizes may be missing, since the weights tell them.
 *
 * @param path the file, for messages
 * @param bytes of the unpacked file: it cannot hold more weights and biases
 */
record PythonNetwork(Location path, long bytes) {

  /** {@return the network in what the file holds; doubles become the nearest floats} */
  Network network(Object value) {
    if (named(value).get("activation") instanceof String activation
        && !activation.equalsIgnoreCase("sigmoid")) {
      throw fault(
          "says that its activation is %s, but only networks of sigmoid units can be imported"
              .formatted(activation));
    }
    if (value instanceof PickledObject object) {
      return network(object.attributes(), "object of " + object.className());
    }
    if (value instanceof Map<?, ?> dict) {
      return network(dict, "dict");
    }
    if (value instanceof List<?> || value instanceof Object[]) {
      Object[] parts = sequence(value, "its value");
      if (parts.length == 3) {
        return network(parts[0], parts[1], parts[2]);
      }
      if (parts.length == 2) {
        return network(null, parts[0], parts[1]);
      }
    }
    throw fault(
        "does not hold a dict with sizes, weights and biases, nor a list of these three or of weights and biases");
  }

  /** {@return the name of the cost function, if the file says it} */
  Optional<String> cost(Object value) {
    return named(value).get("cost") instanceof String cost ? Optional.of(cost) : Optional.empty();
  }

  /** Its parts, if these have names. */
  private static Map<?, ?> named(Object value) {
    return value instanceof PickledObject object
        ? object.attributes()
        : value instanceof Map<?, ?> dict ? dict : Map.of();
  }

  private Network network(Map<?, ?> dict, String what) {
    return network(dict.get("sizes"), part(dict, what, "weights"), part(dict, what, "biases"));
  }

  private Object part(Map<?, ?> dict, String what, String key) {
    Object part = dict.get(key);
    if (part == null) {
      throw fault(
          "has no %s in its %s, but %s; sizes, weights and biases are expected"
              .formatted(key, what, dict.keySet()));
    }
    return part;
  }

  private Network network(Object sizes, Object weightsValue, Object biasesValue) {
    Object[] weights = sequence(weightsValue, "weights");
    Object[] biases = sequence(biasesValue, "biases");
    if (sizes == null && areColumns(weights) && !areColumns(biases)) {
      Object[] exchanged = weights;
      weights = biases;
      biases = exchanged;
    }
    Topology topology = topology(sizes == null ? sizes(weights) : sizes);
    int layers = topology.layers() - 1;
    requireCount("weights", "layers but the first", weights.length, layers, topology);
    requireCount("biases", "layers but the first", biases.length, layers, topology);
    float[] parameters = new float[topology.parameterCount()];
    for (int l = 1; l < topology.layers(); l++) {
      takeWeights(weights[l - 1], l, topology, parameters);
      takeBiases(biases[l - 1], l, topology, parameters);
    }
    return new Network(topology, parameters);
  }

  /** Whether every layer is a column, as biases are: rows of one number, or numbers. */
  private boolean areColumns(Object[] layers) {
    for (int l = 0; l < layers.length; l++) {
      for (Object row : sequence(layers[l], "layer " + l)) {
        if (!(row instanceof Number) && sequence(row, "layer " + l).length != 1) {
          return false;
        }
      }
    }
    return true;
  }

  private List<Integer> sizes(Object[] weights) {
    List<Integer> sizes = new ArrayList<>();
    for (int l = 0; l < weights.length; l++) {
      Object[] rows = sequence(weights[l], "weights[" + l + "]");
      if (l == 0) {
        sizes.add(rows.length == 0 ? 0 : sequence(rows[0], "weights[0][0]").length);
      }
      sizes.add(rows.length);
    }
    return sizes;
  }

  private Topology topology(Object value) {
    Object[] numbers = sequence(value, "sizes");
    int[] sizes = new int[numbers.length];
    for (int l = 0; l < sizes.length; l++) {
      double size = number(numbers[l], "sizes[" + l + "]");
      sizes[l] = (int) size;
      if (sizes[l] != size) {
        throw fault("has sizes[%d] = %s, which is not a number of units".formatted(l, numbers[l]));
      }
    }
    try {
      Topology topology = new Topology(sizes);
      // The memory for the parameters is only taken if the file can hold them.
      if (topology.parameterCount() > bytes) {
        throw fault(
            "has the sizes %s, which need %d weights and biases, more than its %d bytes can hold"
                .formatted(topology, topology.parameterCount(), bytes));
      }
      return topology;
    } catch (UsageException e) {
      throw new HandspunException(
          "%s holds sizes of no network: %s".formatted(path, e.getMessage()), e);
    }
  }

  private void takeWeights(Object value, int layer, Topology topology, float[] parameters) {
    String name = "weights[" + (layer - 1) + "]";
    Object[] rows = sequence(value, name);
    requireCount(name, "rows, one per unit", rows.length, topology.size(layer), topology);
    for (int unit = 0; unit < rows.length; unit++) {
      String rowName = name + "[" + unit + "]";
      Object[] row = sequence(rows[unit], rowName);
      requireCount(
          rowName, "numbers, one per input", row.length, topology.size(layer - 1), topology);
      for (int input = 0; input < row.length; input++) {
        parameters[topology.weightsAt(layer) + input * topology.size(layer) + unit] =
            parameter(row[input], rowName, input);
      }
    }
  }

  private void takeBiases(Object value, int layer, Topology topology, float[] parameters) {
    String name = "biases[" + (layer - 1) + "]";
    Object[] rows = sequence(value, name);
    requireCount(name, "rows, one per unit", rows.length, topology.size(layer), topology);
    for (int unit = 0; unit < rows.length; unit++) {
      Object bias = rows[unit];
      if (!(bias instanceof Number)) {
        Object[] row = sequence(bias, name + "[" + unit + "]");
        requireCount(name + "[" + unit + "]", "number", row.length, 1, topology);
        bias = row[0];
      }
      parameters[topology.biasesAt(layer) + unit] = parameter(bias, name, unit);
    }
  }

  private void requireCount(String name, String what, int found, int expected, Topology topology) {
    if (found != expected) {
      throw fault(
          "has %d in %s, but its sizes %s need %d %s"
              .formatted(found, name, topology, expected, what));
    }
  }

  private float parameter(Object value, String row, int at) {
    double exact = number(value, row + "[" + at + "]");
    float nearest = (float) exact;
    if (!Float.isFinite(nearest)) {
      throw fault(
          "has %s[%d] = %s, but weights and biases are finite numbers below 3.4e38"
              .formatted(row, at, exact));
    }
    return nearest;
  }

  private double number(Object value, String name) {
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    throw fault("has %s that is not a number".formatted(name));
  }

  private Object[] sequence(Object value, String name) {
    if (value instanceof List<?> list) {
      return list.toArray();
    }
    if (value instanceof Object[] tuple) {
      return tuple;
    }
    if (value instanceof NumpyArray array && array.shape().length >= 1) {
      return elements(array, name);
    }
    throw fault("has %s that is not a list, tuple or numpy array".formatted(name));
  }

  /** A numpy array of one dimension as its numbers, of two as its rows. */
  private Object[] elements(NumpyArray array, String name) {
    int[] shape = array.shape();
    if (shape.length > 2) {
      throw fault("has %s as an array of %d dimensions".formatted(name, shape.length));
    }
    Object[] elements = new Object[shape[0]];
    for (int i = 0; i < elements.length; i++) {
      if (shape.length == 1) {
        elements[i] = array.number(i);
        continue;
      }
      Object[] row = new Object[shape[1]];
      for (int j = 0; j < row.length; j++) {
        row[j] = array.number(i * row.length + j);
      }
      elements[i] = row;
    }
    return elements;
  }

  private HandspunException fault(String phrase) {
    return new HandspunException(path + " " + phrase + ".");
  }
}
