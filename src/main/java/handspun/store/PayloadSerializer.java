package handspun.store;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.KryoException;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import handspun.HandspunException;
import handspun.network.Network;
import handspun.network.Topology;
import handspun.train.Hyperparameters;
import handspun.train.LocalSteps;
import handspun.train.Plan;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the payloads of all {@link SealedFile}s have in common. They are written by Kryo without
 * references and without class names, and made of:
 *
 * <ul>
 *   <li>varint: 7 bits a byte, lowest first, the high bit set in every byte but the last
 *   <li>float, double: IEEE 754, little-endian
 *   <li>text: the number of its bytes, varint, and the bytes in UTF-8
 *   <li>map: the number of its entries, varint, and each entry's key and value, texts, in the order
 *       of the keys
 *   <li>parameters: their number, varint; then one float each, in the order of {@link Topology}
 *   <li>network: number of layers, varint; each layer's units, varint; weights and biases,
 *       parameters
 *   <li>plan: a map of the names of {@link Hyperparameters} to their values as people write them;
 *       one that was added later and has the value from before is left out, so that it needs no new
 *       format, and whoever does not use it makes files that older versions read
 *   <li>plan by position, as models before format 3 and checkpoints before format 2 have it:
 *       epochs, varint; mini-batch, varint; learning rate, float; seed, 8 bytes, little-endian;
 *       lanes, varint; from format 2 of models on, local steps, varint, {@link LocalSteps#EPOCH}
 *       for one average an epoch. Its layers are those of the network before it.
 * </ul>
 *
 * <p>Every number that decides how much memory is taken is first checked against the bytes that are
 * left in the file.
 *
 * @param <T> what a payload holds
 */
abstract class PayloadSerializer<T> extends Serializer<T> {
  private static final int BUFFER = 1 << 16;

  private final Class<T> type;
  private final long length;

  /**
   * @param type what a payload holds
   * @param length bytes of the payload that is to be read
   */
  PayloadSerializer(Class<T> type, long length) {
    this.type = type;
    this.length = length;
  }

  /**
   * @param object what to write
   * @param out where to; not closed
   * @throws IOException if that fails
   */
  final void write(T object, OutputStream out) throws IOException {
    Output output = new Output(out, BUFFER);
    try {
      kryo().writeObject(output, object, this);
      output.flush();
    } catch (KryoException e) {
      if (e.getCause() instanceof IOException io) {
        throw io;
      }
      throw e;
    }
  }

  /**
   * @param in the payload
   * @return what it holds
   * @throws DamagedPayloadException if it holds nothing of that kind
   * @throws IOException if reading fails
   */
  final T read(InputStream in) throws IOException {
    Input input = new Input(in, BUFFER);
    try {
      T object = kryo().readObject(input, type, this);
      if (input.total() != length) {
        throw new DamagedPayloadException((length - input.total()) + " bytes follow after its end");
      }
      return object;
    } catch (KryoException e) {
      if (e.getCause() instanceof IOException io) {
        throw io;
      }
      throw new DamagedPayloadException("it ends too early or holds a broken number", e);
    }
  }

  private static Kryo kryo() {
    Kryo kryo = new Kryo();
    kryo.setRegistrationRequired(true);
    kryo.setReferences(false);
    return kryo;
  }

  @Override
  public final T read(Kryo kryo, Input input, Class<? extends T> type) {
    try {
      return read(input);
    } catch (HandspunException e) {
      // Topology and plan refuse what is impossible, in the words of the command line.
      throw new DamagedPayloadException("it says: " + e.getMessage().replaceAll("\\.$", ""), e);
    }
  }

  /** Reads the parts of a payload. */
  abstract T read(Input input);

  static void write(Output output, Network network) {
    Topology topology = network.topology();
    output.writeVarInt(topology.layers(), true);
    for (int size : topology.sizes()) {
      output.writeVarInt(size, true);
    }
    writeParameters(output, network.parameters());
  }

  static void writeParameters(Output output, float[] parameters) {
    output.writeVarInt(parameters.length, true);
    output.writeFloats(parameters, 0, parameters.length);
  }

  final Network readNetwork(Input input) {
    int[] sizes = new int[count(input, "layers", 1)];
    for (int l = 0; l < sizes.length; l++) {
      sizes[l] = input.readVarInt(true);
    }
    Topology topology = new Topology(sizes);
    return new Network(topology, readParameters(input, topology));
  }

  /** Reads weights and biases, or what an optimizer remembers of each. */
  final float[] readParameters(Input input, Topology topology) {
    int count = count(input, "weights and biases", Float.BYTES);
    if (count != topology.parameterCount()) {
      throw new DamagedPayloadException(
          "it has %d weights and biases, but its layers %s need %d"
              .formatted(count, topology, topology.parameterCount()));
    }
    return requireFinite(input.readFloats(count));
  }

  /** {@return the same, if all of them are numbers} */
  static float[] requireFinite(float[] parameters) {
    for (float parameter : parameters) {
      if (!Float.isFinite(parameter)) {
        throw new DamagedPayloadException("it has a weight or bias that is not a finite number");
      }
    }
    return parameters;
  }

  static void write(Output output, Plan plan, Topology topology) {
    if (!plan.topology().equals(topology)) {
      throw new IllegalArgumentException(
          "The plan's layers are %s, but the network's %s.".formatted(plan.topology(), topology));
    }
    write(output, plan.chosenTexts());
  }

  final Plan readPlan(Input input, Topology topology) {
    Map<String, String> texts = readMap(input);
    for (String name : texts.keySet()) {
      if (Hyperparameters.find(name).isEmpty()) {
        throw new NewerPayloadException(
            "its plan has %s, which this one does not know".formatted(name));
      }
    }
    Plan plan = Plan.ofTexts(texts);
    if (!plan.topology().equals(topology)) {
      throw new DamagedPayloadException(
          "its plan has the layers %s, but its network %s".formatted(plan.topology(), topology));
    }
    return plan;
  }

  static Plan readPlanByPosition(Input input, Topology topology, boolean hasLocalSteps) {
    return new Plan(
        topology,
        input.readVarInt(true),
        input.readVarInt(true),
        input.readFloat(),
        input.readLong(),
        input.readVarInt(true),
        hasLocalSteps ? input.readVarInt(true) : 1);
  }

  static void write(Output output, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    output.writeVarInt(bytes.length, true);
    output.writeBytes(bytes);
  }

  final String readText(Input input) {
    byte[] bytes = input.readBytes(count(input, "bytes of text", 1));
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new DamagedPayloadException("it has a text that is not UTF-8", e);
    }
  }

  static void write(Output output, Map<String, String> map) {
    output.writeVarInt(map.size(), true);
    new TreeMap<>(map)
        .forEach(
            (key, value) -> {
              write(output, key);
              write(output, value);
            });
  }

  final Map<String, String> readMap(Input input) {
    int entries = count(input, "entries", 2);
    Map<String, String> map = new LinkedHashMap<>();
    for (int i = 0; i < entries; i++) {
      map.put(readText(input), readText(input));
    }
    return map;
  }

  /** Reads how many there are of something that takes at least so many bytes each. */
  final int count(Input input, String what, int bytesEach) {
    int count = input.readVarInt(true);
    long left = length - input.total();
    if (count < 0 || (long) count * bytesEach > left) {
      throw new DamagedPayloadException(
          "it claims %s %s, but only %d bytes follow"
              .formatted(Integer.toUnsignedString(count), what, left));
    }
    return count;
  }
}
