package handspun.store;

import handspun.HandspunException;
import handspun.files.Location;
import handspun.network.Network;
import handspun.network.Topology;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The networks that a run had after its epochs, as far as they are kept: in the folder {@value
 * #FOLDER} of the run's, a file an epoch, such as {@code epoch-0012.handspun}. Epoch 0 is the
 * untrained network.
 *
 * <p>They are files as {@link SealedFile} tells, which start with the letters {@code HANDSPAR}. The
 * payload is the parameters alone, singles in the order of {@link Topology}, so the SHA-256 in the
 * header is that of the network. While a run is trained, files come and go.
 *
 * @param run the run's folder
 */
public record KeptEpochs(Location run) {
  /** The folder's name in that of a run. */
  static final String FOLDER = "epochs";

  /** The format that this version writes, and the last that it reads. */
  static final int VERSION = 1;

  private static final Pattern NAME = Pattern.compile("epoch-(\\d{4}|[1-9]\\d{4,8})\\.handspun");

  /**
   * {@return which epochs are kept, ascending; none if the run keeps none}
   *
   * @throws HandspunException if the folder cannot be listed
   */
  public List<Integer> epochs() {
    List<Integer> epochs = new ArrayList<>();
    try {
      if (folder().isFolder()) {
        for (String name : folder().list()) {
          Matcher matcher = NAME.matcher(name);
          if (matcher.matches()) {
            epochs.add(Integer.valueOf(matcher.group(1)));
          }
        }
      }
    } catch (IOException e) {
      throw HandspunException.couldNot("list the epochs that are kept in " + folder(), e);
    }
    return epochs.stream().sorted().toList();
  }

  /**
   * {@return the network that the run had after an epoch}
   *
   * @param epoch 0 for the untrained one
   * @param other a network of the same run, which has the same topology and units
   * @throws HandspunException if it is not kept, damaged, or of another topology
   */
  public Network network(int epoch, Network other) {
    Location file = file(epoch);
    try {
      if (epoch < 0 || !AtomicFile.exists(file)) {
        throw notKept(epoch);
      }
    } catch (IOException e) {
      throw HandspunException.couldNot("read the epoch " + file, e);
    }
    return SealedFile.EPOCH.read(
        file,
        (in, length, version) ->
            new Network(other.topology(), parameters(in, length, other.topology()))
                .with(other.units()));
  }

  private HandspunException notKept(int epoch) {
    List<Integer> kept = epochs();
    return new HandspunException(
        kept.isEmpty()
            ? "The run %s has kept the parameters of no epoch.".formatted(run)
            : "The run %s has not kept the parameters of epoch %d, but of %d others from %d to %d."
                .formatted(run, epoch, kept.size(), kept.get(0), kept.get(kept.size() - 1)));
  }

  private static float[] parameters(InputStream in, long length, Topology topology)
      throws IOException {
    float[] parameters = new float[topology.parameterCount()];
    if (length != payload(topology)) {
      throw new DamagedPayloadException(
          "it has %d bytes of weights and biases, but the layers %s need %d"
              .formatted(length, topology, payload(topology)));
    }
    ByteBuffer.wrap(in.readNBytes((int) length))
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(parameters);
    return PayloadSerializer.requireFinite(parameters);
  }

  private static long payload(Topology topology) {
    return (long) Float.BYTES * topology.parameterCount();
  }

  /** {@return bytes of one file} */
  static long size(Topology topology) {
    return SealedFile.HEADER + payload(topology);
  }

  private Location folder() {
    return run.resolve(FOLDER);
  }

  private Location file(int epoch) {
    return folder().resolve("epoch-%04d.handspun".formatted(epoch));
  }

  /** Makes the folder, in which there may be something already. */
  void makeFolder() {
    try {
      folder().makeFolder();
    } catch (IOException e) {
      throw HandspunException.couldNot("make the folder " + folder(), e);
    }
  }

  /**
   * Keeps a network.
   *
   * @throws HandspunException if that cannot be done; an older file of that epoch is then unchanged
   */
  void write(int epoch, Network network) {
    byte[] parameters = network.bytes();
    SealedFile.EPOCH.replace(file(epoch), out -> out.write(parameters));
  }

  /**
   * Keeps an epoch no more.
   *
   * @throws HandspunException if that cannot be done
   */
  void delete(int epoch) {
    try {
      file(epoch).delete();
    } catch (IOException e) {
      throw HandspunException.couldNot("delete " + file(epoch), e);
    }
  }
}
