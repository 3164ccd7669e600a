package handspun.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import handspun.HandspunException;
import handspun.data.NpzFile;
import handspun.data.NumpyArray;
import handspun.data.PackedFile;
import handspun.data.PickleFile;
import handspun.files.Location;
import handspun.network.Network;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A network from a file of a Python program: a pickle, the JSON that Nielsen's {@code network2.py}
 * saves, or numpy's {@code .npz} with an array for the weights and biases of each layer.
 *
 * @param network the network; its units are sigmoid units, and a file that names others is refused
 * @param cost the cost function that it was trained with, if the file says one; it matters only to
 *     training, and is not kept
 */
public record ImportedNetwork(Network network, Optional<String> cost) {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  /** Such as {@code weights_0}, {@code w1} and {@code biases_0}, {@code b1}. */
  private static final Pattern ARRAY =
      Pattern.compile("(?<what>w(eights?)?|b(iase?s?)?)[-_]?(?<layer>\\d{1,4})", 2);

  /**
   * Reads a network. Python's doubles become the nearest floats.
   *
   * @param path a file, packed or not
   * @return the network in it
   * @throws HandspunException if there is none, or a pickle names anything but numpy's arrays and a
   *     Network
   */
  public static ImportedNetwork read(Path path) {
    PackedFile file = new PackedFile(Location.of(path));
    return switch (file.kind()) {
      case JSON, JSON_ERROR -> json(file);
      case NPZ -> npz(NpzFile.read(file.path()));
      default -> pickle(PickleFile.read(path));
    };
  }

  private static ImportedNetwork pickle(PickleFile file) {
    return of(file.path(), file.size(), file.value());
  }

  private static ImportedNetwork json(PackedFile file) {
    byte[] bytes = file.bytes();
    try {
      return of(file.path(), bytes.length, JSON.readValue(bytes, Object.class));
    } catch (JsonProcessingException e) {
      throw new HandspunException(
          "%s is not the JSON of a network: %s; network2.py's save writes {\"sizes\": ..., \"weights\": ..., \"biases\": ...}."
              .formatted(file.path(), e.getOriginalMessage()),
          e);
    } catch (IOException e) {
      throw HandspunException.couldNot("read " + file.path(), e);
    }
  }

  private static ImportedNetwork npz(NpzFile file) {
    Map<Integer, Object> weights = new TreeMap<>();
    Map<Integer, Object> biases = new TreeMap<>();
    for (Map.Entry<String, NumpyArray> array : file.arrays().entrySet()) {
      Matcher name = ARRAY.matcher(array.getKey());
      if (name.matches()) {
        boolean isWeight = name.group("what").toLowerCase(Locale.ROOT).startsWith("w");
        (isWeight ? weights : biases).put(Integer.valueOf(name.group("layer")), array.getValue());
      }
    }
    if (weights.isEmpty() || weights.size() != biases.size()) {
      throw new HandspunException(
          "%s holds the arrays %s, but weights_0, biases_0, weights_1, biases_1 and so on are expected, one of each for every layer but the first."
              .formatted(file.path(), file.arrays().keySet()));
    }
    Map<String, Object> dict =
        Map.of("weights", weights.values().toArray(), "biases", biases.values().toArray());
    return of(file.path(), file.size(), dict);
  }

  private static ImportedNetwork of(Location path, long bytes, Object value) {
    PythonNetwork read = new PythonNetwork(path, bytes);
    return new ImportedNetwork(read.network(value), read.cost(value));
  }
}
