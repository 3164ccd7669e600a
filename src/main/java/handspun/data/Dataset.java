package handspun.data;

import java.util.Map;

/**
 * Three sets of examples in memory, and where they come from.
 *
 * @param training what is learned
 * @param validation what is looked at after every epoch; may be empty
 * @param test what is looked at once, in the end
 * @param location the folder or file as the user named it
 * @param sha256 SHA-256 of every unpacked file by its plain name, in hexadecimal
 */
public record Dataset(
    Examples training,
    Examples validation,
    Examples test,
    String location,
    Map<String, String> sha256)
    implements TrainingData {
  /** Makes the sums unchangeable. */
  public Dataset {
    sha256 = Map.copyOf(sha256);
  }

  @Override
  public Dataset inMemory() {
    return this;
  }
}
