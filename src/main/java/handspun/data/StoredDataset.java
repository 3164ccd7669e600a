package handspun.data;

import handspun.files.Location;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A data set whose training and validation examples are read where they are used. The SHA-256 of
 * its files are not known until they are {@linkplain #withSums given}.
 *
 * @param files all files of the set
 * @param names by which their sums are known, one for each file
 */
public record StoredDataset(
    ExampleSet training,
    StoredExamples validation,
    Examples test,
    String location,
    List<Location> files,
    List<String> names,
    Map<String, String> sha256)
    implements TrainingData {
  /** Makes the lists unchangeable. */
  public StoredDataset {
    files = List.copyOf(files);
    names = List.copyOf(names);
    sha256 = Map.copyOf(sha256);
  }

  /** {@return the same with the {@link Checksum} of each of the {@link #files()}} */
  public StoredDataset withSums(List<String> sums) {
    Map<String, String> named = new HashMap<>(sha256);
    for (int i = 0; i < sums.size(); i++) {
      named.put(names.get(i), sums.get(i));
    }
    return new StoredDataset(training, validation, test, location, files, names, named);
  }

  /** {@return the same, with the sums of all files, which are read for it} */
  public StoredDataset withSums() {
    return withSums(files.stream().map(Checksum::of).toList());
  }

  @Override
  public Dataset inMemory() {
    return new Dataset(
        training.slice(0, training.count()),
        validation.slice(0, validation.count()),
        test,
        location,
        withSums().sha256());
  }
}
