package handspun.data;

import java.util.Map;

/** Three sets of examples in memory, and where they come from. */
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
