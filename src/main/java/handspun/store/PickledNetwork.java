package handspun.store;

import handspun.HandspunException;
import handspun.data.PickleFile;
import handspun.files.Location;
import handspun.network.Activation;
import handspun.network.Network;
import handspun.network.Topology;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Networks as pickles for Python, which {@link ImportedNetwork} reads again. */
public final class PickledNetwork {
  private PickledNetwork() {}

  /**
   * Writes a network as nested lists of Python's floats, which hold every weight exactly. Programs
   * that read it compute sigmoids of all weighted inputs: of softmax outputs the largest is the
   * largest there, too, but the numbers are others.
   *
   * @param path where to; replaced if there is such a file
   * @param network what to write
   * @throws HandspunException if its hidden units are not sigmoid units, or the file could not be
   *     written
   */
  public static void write(Location path, Network network) {
    if (network.units().hidden() != Activation.SIGMOID) {
      throw new HandspunException(
          "The network %s has %s, but the programs that would read %s compute sigmoids: only a network of sigmoid units (outputs may be softmax) can be exported."
              .formatted(network.topology(), network.units(), path));
    }
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
}
