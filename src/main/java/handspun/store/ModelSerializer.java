package handspun.store;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.KryoException;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import handspun.HandspunException;
import handspun.network.Network;
import handspun.network.Topology;
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
import java.util.Optional;
import java.util.TreeMap;

/**
 * The payload of a model file of format 2, written by Kryo without references and without class
 * names. In this order:
 *
 * <ol>
 *   <li>number of layers, varint; each layer's units, varint
 *   <li>weights and biases: their number, varint; then one float each, in the order of {@link
 *       Topology}
 *   <li>one byte: 1 if a plan follows, otherwise 0
 *   <li>the plan: epochs, varint; mini-batch, varint; learning rate, float; seed, 8 bytes; lanes,
 *       varint; local steps, varint, {@link LocalSteps#EPOCH} for one average an epoch. Its layers
 *       are the network's.
 *   <li>the provenance: data, text; data's sums, map; created, text; versions, map; epochs, varint;
 *       validation accuracy, double; test accuracy, double
 * </ol>
 *
 * <p>A varint holds 7 bits a byte, lowest first, the high bit set in every byte but the last.
 * Floats and doubles are IEEE 754; they and the seed are little-endian. A text is the number of its
 * bytes, varint, and the bytes in UTF-8. A map is the number of its entries, varint, and each
 * entry's key and value, texts, in the order of the keys.
 *
 * <p>Format 1 had no local steps: its plans made one.
 *
 * <p>Every number that decides how much memory is taken is first checked against the bytes that are
 * left in the file.
 */
final class ModelSerializer extends Serializer<Model> {
  private static final int BUFFER = 1 << 16;

  private final int format;
  private final long length;

  private ModelSerializer(int format, long length) {
    this.format = format;
    this.length = length;
  }

  /**
   * @param model what to write
   * @param out where to; not closed
   * @throws IOException if that fails
   */
  static void write(Model model, OutputStream out) throws IOException {
    Output output = new Output(out, BUFFER);
    try {
      kryo().writeObject(output, model, new ModelSerializer(ModelFile.VERSION, 0));
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
   * @param format its version
   * @param length its bytes
   * @return the model in it
   * @throws DamagedModelException if there is none
   * @throws IOException if reading fails
   */
  static Model read(InputStream in, int format, long length) throws IOException {
    Input input = new Input(in, BUFFER);
    try {
      Model model = kryo().readObject(input, Model.class, new ModelSerializer(format, length));
      if (input.total() != length) {
        throw new DamagedModelException((length - input.total()) + " bytes follow after its end");
      }
      return model;
    } catch (KryoException e) {
      if (e.getCause() instanceof IOException io) {
        throw io;
      }
      throw new DamagedModelException("it ends too early or holds a broken number", e);
    }
  }

  private static Kryo kryo() {
    Kryo kryo = new Kryo();
    kryo.setRegistrationRequired(true);
    kryo.setReferences(false);
    return kryo;
  }

  @Override
  public void write(Kryo kryo, Output output, Model model) {
    Topology topology = model.network().topology();
    output.writeVarInt(topology.layers(), true);
    for (int size : topology.sizes()) {
      output.writeVarInt(size, true);
    }
    float[] parameters = model.network().parameters();
    output.writeVarInt(parameters.length, true);
    output.writeFloats(parameters, 0, parameters.length);
    output.writeBoolean(model.plan().isPresent());
    model.plan().ifPresent(plan -> write(output, plan, topology));
    write(output, model.provenance());
  }

  private static void write(Output output, Plan plan, Topology topology) {
    if (!plan.topology().equals(topology)) {
      throw new IllegalArgumentException(
          "The plan's layers are " + plan.topology() + ", but the network's " + topology + ".");
    }
    output.writeVarInt(plan.epochs(), true);
    output.writeVarInt(plan.miniBatch(), true);
    output.writeFloat(plan.learningRate());
    output.writeLong(plan.seed());
    output.writeVarInt(plan.lanes(), true);
    output.writeVarInt(plan.localSteps(), true);
  }

  private static void write(Output output, Provenance provenance) {
    write(output, provenance.data());
    write(output, provenance.dataSha256());
    write(output, provenance.created());
    write(output, provenance.versions());
    output.writeVarInt(provenance.epochs(), true);
    output.writeDouble(provenance.validationAccuracy());
    output.writeDouble(provenance.testAccuracy());
  }

  private static void write(Output output, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    output.writeVarInt(bytes.length, true);
    output.writeBytes(bytes);
  }

  private static void write(Output output, Map<String, String> map) {
    output.writeVarInt(map.size(), true);
    new TreeMap<>(map)
        .forEach(
            (key, value) -> {
              write(output, key);
              write(output, value);
            });
  }

  @Override
  public Model read(Kryo kryo, Input input, Class<? extends Model> type) {
    try {
      Network network = readNetwork(input);
      Optional<Plan> plan =
          readFlag(input)
              ? Optional.of(readPlan(input, format, network.topology()))
              : Optional.empty();
      return new Model(network, plan, readProvenance(input));
    } catch (HandspunException e) {
      // Topology and plan refuse what is impossible, in the words of the command line.
      throw new DamagedModelException("it says: " + e.getMessage(), e);
    }
  }

  private Network readNetwork(Input input) {
    int[] sizes = new int[count(input, "layers", 1)];
    for (int l = 0; l < sizes.length; l++) {
      sizes[l] = input.readVarInt(true);
    }
    Topology topology = new Topology(sizes);
    int parameters = count(input, "weights and biases", Float.BYTES);
    if (parameters != topology.parameterCount()) {
      throw new DamagedModelException(
          "it has "
              + parameters
              + " weights and biases, but its layers "
              + topology
              + " need "
              + topology.parameterCount());
    }
    Network network = new Network(topology, input.readFloats(parameters));
    if (!network.isFinite()) {
      throw new DamagedModelException("it has a weight or bias that is not a finite number");
    }
    return network;
  }

  private static boolean readFlag(Input input) {
    int flag = input.readByte();
    if (flag != 0 && flag != 1) {
      throw new DamagedModelException("where 0 or 1 must tell of a plan, it has " + flag);
    }
    return flag == 1;
  }

  private static Plan readPlan(Input input, int format, Topology topology) {
    return new Plan(
        topology,
        input.readVarInt(true),
        input.readVarInt(true),
        input.readFloat(),
        input.readLong(),
        input.readVarInt(true),
        format == 1 ? 1 : input.readVarInt(true));
  }

  private Provenance readProvenance(Input input) {
    String data = readText(input);
    Map<String, String> sums = readMap(input);
    String created = readText(input);
    Map<String, String> versions = readMap(input);
    int epochs = input.readVarInt(true);
    if (epochs < 0) {
      throw new DamagedModelException("it was trained for " + epochs + " epochs");
    }
    return new Provenance(
        data, sums, created, versions, epochs, readAccuracy(input), readAccuracy(input));
  }

  private static double readAccuracy(Input input) {
    double accuracy = input.readDouble();
    if (accuracy < 0 || accuracy > 1) {
      throw new DamagedModelException("it has an accuracy of " + accuracy + ", not 0 to 1");
    }
    return accuracy;
  }

  private String readText(Input input) {
    byte[] bytes = input.readBytes(count(input, "bytes of text", 1));
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new DamagedModelException("it has a text that is not UTF-8", e);
    }
  }

  private Map<String, String> readMap(Input input) {
    int entries = count(input, "entries", 2);
    Map<String, String> map = new LinkedHashMap<>();
    for (int i = 0; i < entries; i++) {
      map.put(readText(input), readText(input));
    }
    return map;
  }

  /** Reads how many there are of something that takes at least so many bytes each. */
  private int count(Input input, String what, int bytesEach) {
    int count = input.readVarInt(true);
    long left = length - input.total();
    if (count < 0 || (long) count * bytesEach > left) {
      throw new DamagedModelException(
          "it claims "
              + Integer.toUnsignedString(count)
              + " "
              + what
              + ", but only "
              + left
              + " bytes follow");
    }
    return count;
  }
}
