package handspun.store;

import handspun.HandspunException;
import handspun.UsageException;
import handspun.data.NumpyArray;
import handspun.data.PickleFile;
import handspun.files.Location;
import handspun.network.Network;
import handspun.network.Topology;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Networks as Python programs in the manner of Nielsen's {@code network.py} pickle them: a dict of
 * {@code sizes} (units per layer), {@code weights} (for every layer but the first, a row per unit
 * with a number per input) and {@code biases} (for every such layer, a row per unit with one
 * number), as nested lists or numpy arrays.
 */
public final class PickledNetwork {
  private final PickleFile file;

  private PickledNetwork(PickleFile file) {
    this.file = file;
  }

  /**
   * Reads a network. Python's doubles become the nearest floats.
   *
   * @param path a pickle, packed with gzip if its name ends in {@code .gz}
   * @return the network in it
   * @throws HandspunException if there is none, or it names anything but numpy's arrays
   */
  public static Network read(Path path) {
    return new PickledNetwork(PickleFile.read(path)).network();
  }

  /**
   * Writes a network as nested lists of Python's floats, which hold every weight exactly.
   *
   * @param path where to; replaced if there is such a file
   * @param network what to write
   * @throws HandspunException if the file could not be written
   */
  public static void write(Location path, Network network) {
    Topology topology = network.topology();
    List<Object> weights = new ArrayList<>();
    List<Object> biases = new ArrayList<>();
    for (int l = 1; l < topology.layers(); l++) {
      List<List<Double>> rows = new ArrayList<>();
      List<List<Double>> column = new ArrayList<>();
      for (int unit = 0; unit < topology.size(l); unit++) {
        List<Double> row = new ArrayList<>();
        for (int input = 0; input < topology.size(l - 1); input++) {
          row.add((double) network.weight(l, input, unit));
        }
        rows.add(row);
        column.add(List.of((double) network.bias(l, unit)));
      }
      weights.add(rows);
      biases.add(column);
    }
    Map<String, Object> dict = new LinkedHashMap<>();
    dict.put("sizes", Arrays.stream(topology.sizes()).boxed().toList());
    dict.put("weights", weights);
    dict.put("biases", biases);
    AtomicFile.write(path, out -> PickleFile.write(dict, out));
  }

  private Network network() {
    if (!(file.value() instanceof Map<?, ?> dict)) {
      throw fault("does not hold a dict with sizes, weights and biases");
    }
    Topology topology = topology(part(dict, "sizes"));
    int layers = topology.layers() - 1;
    Object[] weights = sequence(part(dict, "weights"), "weights");
    Object[] biases = sequence(part(dict, "biases"), "biases");
    requireCount("weights", "layers but the first", weights.length, layers, topology);
    requireCount("biases", "layers but the first", biases.length, layers, topology);
    float[] parameters = new float[topology.parameterCount()];
    for (int l = 1; l < topology.layers(); l++) {
      takeWeights(weights[l - 1], l, topology, parameters);
      takeBiases(biases[l - 1], l, topology, parameters);
    }
    return new Network(topology, parameters);
  }

  private Object part(Map<?, ?> dict, String key) {
    Object part = dict.get(key);
    if (part == null) {
      throw fault(
          "has no "
              + key
              + " in its dict, but "
              + dict.keySet()
              + "; sizes, weights and biases are"
              + " expected");
    }
    return part;
  }

  private Topology topology(Object value) {
    Object[] numbers = sequence(value, "sizes");
    int[] sizes = new int[numbers.length];
    for (int l = 0; l < sizes.length; l++) {
      double size = number(numbers[l], "sizes[" + l + "]");
      sizes[l] = (int) size;
      if (sizes[l] != size) {
        throw fault("has sizes[" + l + "] = " + numbers[l] + ", which is no number of units");
      }
    }
    try {
      Topology topology = new Topology(sizes);
      // The memory for the parameters is only taken if the file can hold them.
      if (topology.parameterCount() > file.size()) {
        throw fault(
            "has the sizes "
                + topology
                + ", which need "
                + topology.parameterCount()
                + " weights and biases, more than its "
                + file.size()
                + " bytes can hold");
      }
      return topology;
    } catch (UsageException e) {
      throw new HandspunException(file.path() + " holds sizes of no network: " + e.getMessage(), e);
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
          "has "
              + found
              + " in "
              + name
              + ", but its sizes "
              + topology
              + " need "
              + expected
              + " "
              + what);
    }
  }

  private float parameter(Object value, String row, int at) {
    double exact = number(value, row + "[" + at + "]");
    float nearest = (float) exact;
    if (!Float.isFinite(nearest)) {
      throw fault(
          "has "
              + row
              + "["
              + at
              + "] = "
              + exact
              + ", but weights and biases are finite numbers below 3.4e38");
    }
    return nearest;
  }

  private double number(Object value, String name) {
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    throw fault("has " + name + " that is no number");
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
    throw fault("has " + name + " that is no list, tuple or numpy array");
  }

  /** A numpy array of one dimension as its numbers, of two as its rows. */
  private Object[] elements(NumpyArray array, String name) {
    int[] shape = array.shape();
    if (shape.length > 2) {
      throw fault("has " + name + " as an array of " + shape.length + " dimensions");
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
    return new HandspunException(file.path() + " " + phrase + ".");
  }
}
