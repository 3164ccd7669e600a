package handspun.data;

import java.util.Map;

/**
 * What a run learns from: three sets of examples and where they come from.
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
    Map<String, String> sha256) {
  /** Makes the sums unchangeable. */
  public Dataset {
    sha256 = Map.copyOf(sha256);
  }
}
