package handspun.data;

import handspun.HandspunException;
import handspun.UsageException;
import handspun.data.IdxHeader.Content;
import handspun.files.Location;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what a run learns from, in every format that {@code src/docs/data.md} lists. */
public final class DatasetReader {
  /** What is more than this is read where it is used. */
  private static final long MOST_PIXELS_IN_THE_DRIVER = 256 << 20;

  /** Where there are no images to test, this part of those to train: MNIST's 10,000 of 70,000. */
  private static final int TEST_PART = 7;

  private DatasetReader() {}

  /**
   * Reads all of a data set on this machine.
   *
   * @param location folder or file
   * @param validationCount how many examples validate; 0 is allowed; means nothing for a set that
   *     brings its own
   * @return the examples, and SHA-256 of every unpacked file by its plain name
   * @throws UsageException if there are not that many examples
   * @throws HandspunException if the data are missing or damaged
   */
  public static Dataset read(Path location, int validationCount) {
    return open(DataSources.of(Location.of(location)), validationCount, false).inMemory();
  }

  /**
   * Reads data sets, or only looks at them if their training examples are better read where they
   * are used: if a folder of IDX files is named by a URI, holds a set in parts, or training images
   * of more than 256 MB unpacked.
   *
   * <p>Training and test images of several sets follow each other in the order of the sets. The
   * last {@code validationCount} training examples of the first set validate, unless it brings a
   * validation set of its own; those that other sets bring follow. Where no set brings test images,
   * the last seventh of the first set's training images tests. EMNIST stores its images column by
   * column; they are turned here, so that all pictures stand upright.
   *
   * @param sources folders or files
   * @param validationCount how many examples validate; 0 is allowed
   * @param isRequested whether the user has said that number; then it is wrong use if the first set
   *     brings its own validation set
   * @return the examples
   * @throws UsageException if there are not that many examples
   * @throws HandspunException if the data are missing or damaged
   */
  public static TrainingData open(DataSources sources, int validationCount, boolean isRequested) {
    if (validationCount < 0) {
      throw new UsageException(
          "validation is %d, but must be 0 or more.".formatted(validationCount));
    }
    List<FoundDataset> found = sources.locations().stream().map(DataFinder::find).toList();
    Optional<FoundDataset> large =
        found.stream().filter(DatasetReader::isReadWhereUsed).findFirst();
    if (large.isEmpty()) {
      return inMemory(sources, found, validationCount, isRequested);
    }
    List<IdxFolder> folders = new ArrayList<>();
    for (FoundDataset one : found) {
      if (!(one instanceof IdxFolder folder)) {
        throw new HandspunException(
            "%s is read where it is used, since it is large, in parts or at a URI, and only other sets of IDX files can be joined with it, which %s is not: train on one of them."
                .formatted(large.get().location(), one.location()));
      }
      folders.add(folder);
    }
    return stored(sources, folders, validationCount);
  }

  private static boolean isReadWhereUsed(FoundDataset one) {
    return one instanceof IdxFolder folder
        && (Location.isUri(folder.location().toString())
            || !folder.isWhole()
            || IdxHeader.read(new PackedFile(folder.trainImages().get(0)), Content.IMAGES)
                    .elementBytes()
                > MOST_PIXELS_IN_THE_DRIVER);
  }

  private static Dataset inMemory(
      DataSources sources, List<FoundDataset> found, int validationCount, boolean isRequested) {
    List<UnsplitDataset> sets = found.stream().map(DatasetReader::read).toList();
    UnsplitDataset first = sets.get(0);
    boolean bringsValidation = first.validation().isPresent();
    if (bringsValidation && isRequested) {
      throw new UsageException(
          "validation is %d, but %s brings its own validation set: leave --validation out."
              .formatted(validationCount, first.location()));
    }
    boolean bringsTest = sets.stream().anyMatch(set -> set.test().isPresent());
    Split split =
        Split.of(
            first.location(),
            first.training().count(),
            bringsValidation ? 0 : validationCount,
            bringsTest);
    List<Examples> training = new ArrayList<>();
    List<Examples> validation = new ArrayList<>();
    List<Examples> test = new ArrayList<>();
    training.add(first.training().slice(0, split.learned()));
    validation.add(first.training().slice(split.learned(), split.tested()));
    test.add(first.training().slice(split.tested(), first.training().count()));
    Map<String, String> sums = new HashMap<>();
    for (int s = 0; s < sets.size(); s++) {
      UnsplitDataset set = sets.get(s);
      ExampleSet.requireSameSize(
          first.location().toString(), first.training(), set.location().toString(), set.training());
      if (s > 0) {
        training.add(set.training());
      }
      set.validation().ifPresent(validation::add);
      set.test().ifPresent(examples -> test.add(sameSize(set, examples)));
      for (Map.Entry<String, String> sum : set.sha256().entrySet()) {
        sums.put(name(sources, s, sum.getKey()), sum.getValue());
      }
    }
    return new Dataset(
        Examples.joined(training),
        Examples.joined(validation),
        Examples.joined(test),
        sources.toString(),
        sums);
  }

  private static UnsplitDataset read(FoundDataset one) {
    try {
      return one.read();
    } catch (OutOfMemoryError e) {
      throw PackedFile.tooLarge(one.location(), e);
    }
  }

  private static Examples sameSize(UnsplitDataset set, Examples test) {
    ExampleSet.requireSameSize(
        "The training set of " + set.location(), set.training(), "the test set", test);
    return test;
  }

  private static StoredDataset stored(
      DataSources sources, List<IdxFolder> folders, int validationCount) {
    List<StoredExamples> all = new ArrayList<>();
    List<StoredExamples> test = new ArrayList<>();
    List<Location> files = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (int f = 0; f < folders.size(); f++) {
      IdxFolder folder = folders.get(f);
      all.add(folder.training().absolute());
      folder.test().map(StoredExamples::absolute).ifPresent(test::add);
      for (Location file : folder.files()) {
        files.add(file.absolute());
        names.add(name(sources, f, PackedFile.plainName(file)));
      }
    }
    StoredExamples first = all.get(0);
    Split split =
        Split.of(folders.get(0).location(), first.count(), validationCount, !test.isEmpty());
    StoredExamples tests =
        StoredExamples.joined(
            test.isEmpty() ? List.of(first.part(split.tested(), first.count())) : test);
    StoredExamples.joined(List.of(first, tests));
    all.set(0, first.part(0, split.learned()));
    return new StoredDataset(
        StoredExamples.joined(all),
        first.part(split.learned(), split.tested()),
        tests.slice(0, tests.count()),
        sources.toString(),
        files,
        names,
        Map.of());
  }

  /** Files of several sets may have the same name: each set's number is put before it. */
  private static String name(DataSources sources, int set, String plainName) {
    return sources.locations().size() == 1 ? plainName : (set + 1) + "/" + plainName;
  }

  /**
   * How the first set's training examples are used.
   *
   * @param learned so many are learned; those behind them validate
   * @param tested the first one that tests, one past the last that validates
   */
  private record Split(int learned, int tested) {
    static Split of(Location where, int count, int validationCount, boolean bringsTest) {
      int tested = bringsTest ? count : count - Math.max(1, count / TEST_PART);
      int learned = tested - validationCount;
      if (learned < 1) {
        throw new UsageException(
            "validation is %d, but %s holds only %d examples%s, and at least 1 must be left to train: choose a smaller number."
                .formatted(
                    validationCount,
                    where,
                    count,
                    bringsTest ? "" : ", of which " + (count - tested) + " are kept for the test"));
      }
      return new Split(learned, tested);
    }
  }
}
