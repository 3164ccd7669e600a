package handspun.data;

import handspun.HandspunException;
import handspun.files.Location;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Images as tables: {@code train.csv}, and {@code test.csv} if that has labels (Kaggle's has none);
 * or {@code mnist_train.csv} and {@code mnist_test.csv}, packed or not.
 */
record CsvFiles(Location location, Location train, Optional<Location> test)
    implements FoundDataset {
  private static final Pattern NAME =
      Pattern.compile(
          "(?<set>.*?)[-_.]?(?<use>train|test)(ing)?\\.csv(\\.gz|\\.zip)?",
          Pattern.CASE_INSENSITIVE);

  /** {@return the set that a table is of, by its name, and for what: set/train, set/test} */
  static Optional<String> useOf(String file) {
    Matcher name = NAME.matcher(file);
    return name.matches()
        ? Optional.of(name.group("set") + "/" + name.group("use").toLowerCase(Locale.ROOT))
        : Optional.empty();
  }

  @Override
  public UnsplitDataset read() {
    Map<String, String> sums = new TreeMap<>();
    Examples training =
        read(train, sums)
            .orElseThrow(
                () ->
                    new HandspunException(
                        "%s has no column of labels, only pixels, as Kaggle's test.csv: name a table with labels, such as train.csv."
                            .formatted(train)));
    return new UnsplitDataset(
        location, training, Optional.empty(), test.flatMap(file -> read(file, sums)), sums);
  }

  private static Optional<Examples> read(Location file, Map<String, String> sums) {
    CsvReader.Table table = CsvReader.read(file, IdxFolder.isByColumns(file.fileName()));
    table.examples().ifPresent(all -> sums.put(PackedFile.plainName(file), table.sha256()));
    return table.examples();
  }
}
