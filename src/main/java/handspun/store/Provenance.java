package handspun.store;

import java.util.Map;

/**
 * Where a model comes from.
 *
 * @param data the data's folder or file as the user named it; empty if not known
 * @param dataSha256 SHA-256 of every unpacked data file by its plain name
 * @param created ISO 8601 time of writing, UTC
 * @param versions of Handspun, Java, Spark, ... by name
 * @param epochs epochs behind the network: all that were trained, or those up to the best one
 * @param validationAccuracy 0..1, NaN if not known
 * @param testAccuracy 0..1, NaN if not known
 */
public record Provenance(
    String data,
    Map<String, String> dataSha256,
    String created,
    Map<String, String> versions,
    int epochs,
    double validationAccuracy,
    double testAccuracy) {
  /** Makes the maps unchangeable. */
  public Provenance {
    dataSha256 = Map.copyOf(dataSha256);
    versions = Map.copyOf(versions);
  }
}
