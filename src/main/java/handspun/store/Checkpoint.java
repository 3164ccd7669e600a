package handspun.store;

import handspun.data.DataSources;
import handspun.data.TrainingData;
import handspun.train.Plan;
import handspun.train.TrainingState;
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
}
