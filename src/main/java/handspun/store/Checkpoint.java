package handspun.store;

import handspun.data.DataSources;
import handspun.data.TrainingData;
import handspun.train.Plan;
import handspun.train.TrainingState;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * All that an unfinished run needs to go on to the same bits as if it had never stopped.
 *
 * @param data the data's folder or file, absolute
 * @param dataSha256 SHA-256 of every unpacked data file by its plain name
 * @param validation how many examples validate
 */
public record Checkpoint(
    Plan plan, String data, Map<String, String> dataSha256, int validation, TrainingState state) {
  /** Makes the sums unchangeable. */
  public Checkpoint {
    dataSha256 = Map.copyOf(dataSha256);
  }

  /** {@return the checkpoint of a state that training has come to} */
  public static Checkpoint of(Plan plan, TrainingData data, TrainingState state) {
    return new Checkpoint(
        plan,
        DataSources.absolute(data.location()),
        data.sha256(),
        data.validation().count(),
        state);
  }

  /** {@return the same as bytes, which this version of Handspun reads again} */
  public byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      new CheckpointSerializer(0, CheckpointFile.VERSION).write(this, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /**
   * @param bytes from {@link #toBytes}
   * @return the checkpoint
   */
  public static Checkpoint ofBytes(byte[] bytes) {
    try {
      return new CheckpointSerializer(bytes.length, CheckpointFile.VERSION)
          .read(new ByteArrayInputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
