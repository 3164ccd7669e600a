package handspun.data;

import handspun.HandspunException;
import handspun.files.Location;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The IDX files of a data set in a folder.
 *
 * <p>Names are MNIST's, {@code train-images-idx3-ubyte}, {@code train-labels-idx1-ubyte}, {@code
 * t10k-...}, in capitals or not; a dot may stand before {@code idx}, {@code test} for {@code t10k},
 * {@code .gz} or {@code .zip} at the end, and a set's name before it all, as EMNIST has it: {@code
 * emnist-digits-train-images-idx3-ubyte.gz}. QMNIST's labels are {@code
 * qmnist-train-labels-idx2-int}. A file that lies there both packed and unpacked is read unpacked.
 *
 * <p>Each of the four may be in parts, which are IDX files themselves and follow each other: {@code
 * train-images-idx3-ubyte-00000-of-00064} and so on. The names tell how many there must be.
 *
 * @param location as the user named it
 * @param set name before the files' own names, with its hyphen; may be empty
 * @param trainImages parts of the training images; a single file is one part
 * @param trainLabels parts of the training labels
 * @param testImages parts of the test images; none if the set is only to train
 * @param testLabels parts of the test labels
 */
record IdxFolder(
    Location location,
    String set,
    List<Location> trainImages,
    List<Location> trainLabels,
    List<Location> testImages,
    List<Location> testLabels)
    implements FoundDataset {
  private static final Pattern NAME =
      Pattern.compile(
          "(?<set>.*-)?(?<use>train|t10k|test)-(?<content>images|labels)[-.]idx\\d"
              + "-(ubyte|byte|short|int|float|double)"
              + "(-(?<part>\\d{5,9})-of-(?<parts>\\d{5,9}))?(\\.gz|\\.zip)?",
          Pattern.CASE_INSENSITIVE);

  /**
   * {@return the set's name, with its hyphen, that a file's name says; empty if it is no such name}
   */
  static Optional<String> setOf(String file) {
    Matcher name = NAME.matcher(file);
    return name.matches()
        ? Optional.of(name.group("set") == null ? "" : name.group("set"))
        : Optional.empty();
  }

  /**
   * {@return a set's files in their order; refuses a set that lacks one, or has two for the same}
   */
  static IdxFolder of(Location location, Location folder, String set, List<Location> files) {
    List<Location> testImages = parts(folder, files, "t10k|test", "images");
    List<Location> testLabels = parts(folder, files, "t10k|test", "labels");
    IdxFolder found =
        new IdxFolder(
            location,
            set,
            parts(folder, files, "train", "images"),
            parts(folder, files, "train", "labels"),
            testImages,
            testLabels);
    found.require(folder, found.trainImages, "train", "images-idx3");
    found.require(folder, found.trainLabels, "train", "labels-idx1");
    if (!testImages.isEmpty() || !testLabels.isEmpty()) {
      found.require(folder, testImages, "t10k", "images-idx3");
      found.require(folder, testLabels, "t10k", "labels-idx1");
    }
    return found;
  }

  private void require(Location folder, List<Location> files, String use, String content) {
    if (files.isEmpty()) {
      String expected = "%s%s-%s-ubyte".formatted(set, use, content);
      throw new HandspunException(
          "The folder %s has no file %s or %s.gz: a data set is four files, images and labels to train and to test, or two to train only."
              .formatted(folder, expected, expected));
    }
  }

  /** {@return whether each of the four is a single file} */
  boolean isWhole() {
    return Stream.of(trainImages, trainLabels, testImages, testLabels)
        .allMatch(parts -> parts.size() <= 1);
  }

  /** {@return the training examples, of which only the headers have been read} */
  StoredExamples training() {
    return StoredExamples.of(trainImages, trainLabels, isByColumns(set));
  }

  /** {@return the test examples likewise, if there are any} */
  Optional<StoredExamples> test() {
    return testImages.isEmpty()
        ? Optional.empty()
        : Optional.of(StoredExamples.of(testImages, testLabels, isByColumns(set)));
  }

  /** {@return all files} */
  List<Location> files() {
    return Stream.of(trainImages, trainLabels, testImages, testLabels)
        .flatMap(List::stream)
        .toList();
  }

  /** {@return whether a set's images are stored column by column, as EMNIST's are} */
  static boolean isByColumns(String set) {
    return set.regionMatches(true, 0, "emnist", 0, "emnist".length());
  }

  private static List<Location> parts(
      Location folder, List<Location> files, String use, String content) {
    List<Location> found = new ArrayList<>();
    files.stream()
        .filter(file -> name(file).group("use").toLowerCase(Locale.ROOT).matches(use))
        .filter(file -> name(file).group("content").equalsIgnoreCase(content))
        // The unpacked file sorts first.
        .sorted(Comparator.comparing(Location::toString))
        .filter(file -> found.stream().noneMatch(other -> isUnpacked(other, file)))
        .forEach(found::add);
    if (found.stream().anyMatch(file -> name(file).group("parts") != null)) {
      requireAllParts(folder, found);
      return found;
    }
    for (Location other : found) {
      if (other != found.get(0) && !Checksum.of(found.get(0)).equals(Checksum.of(other))) {
        throw both(folder, found.get(0), other);
      }
    }
    // Kaggle's archive holds every file twice.
    return found.subList(0, Math.min(1, found.size()));
  }

  private static HandspunException both(Location folder, Location one, Location other) {
    return new HandspunException(
        "The folder %s holds both %s and %s, which should be the same but differ: remove one of them."
            .formatted(folder, one, other));
  }

  private static boolean isUnpacked(Location one, Location other) {
    return PackedFile.plainName(one).equals(PackedFile.plainName(other))
        && one.parent().equals(other.parent());
  }

  private static void requireAllParts(Location folder, List<Location> found) {
    for (Location other : found) {
      if (!whole(other).equals(whole(found.get(0)))) {
        throw both(folder, found.get(0), other);
      }
    }
    int parts = Integer.parseInt(name(found.get(0)).group("parts"));
    for (int p = 0; p < Math.max(parts, found.size()); p++) {
      if (p >= found.size() || Integer.parseInt(name(found.get(p)).group("part")) != p) {
        throw new HandspunException(
            "The folder %s does not hold all parts of %s: %d of %d are there, and %05d is the first that is missing; copy the others too, or make them again."
                .formatted(folder, whole(found.get(0)), found.size(), parts, p));
      }
    }
  }

  /** What the parts of one file have in common. */
  private static String whole(Location file) {
    Matcher name = name(file);
    String parts = name.group("parts");
    return parts == null
        ? file.fileName()
        : file.fileName().substring(0, name.start("part") - 1) + "-...-of-" + parts;
  }

  /** Reads both sets at once, and computes the sums of their files meanwhile. */
  @Override
  public UnsplitDataset read() {
    Map<String, MessageDigest> digests = new ConcurrentHashMap<>();
    StoredExamples.Opener summing =
        file -> {
          MessageDigest digest = Checksum.sha256();
          digests.put(file.plainName(), digest);
          return new DigestInputStream(file.open(), digest);
        };
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Future<Examples> training = threads.submit(() -> training().read(summing));
      Future<Optional<Examples>> test = threads.submit(() -> test().map(set -> set.read(summing)));
      Examples learned = result(training);
      Optional<Examples> tested = result(test);
      Map<String, String> sums = new HashMap<>();
      digests.forEach((name, sum) -> sums.put(name, HexFormat.of().formatHex(sum.digest())));
      return new UnsplitDataset(location, learned, Optional.empty(), tested, sums);
    } finally {
      threads.shutdownNow();
    }
  }

  private static <T> T result(Future<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof HandspunException told) {
        throw told;
      }
      throw new IllegalStateException("Reading failed.", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HandspunException("Reading the data was interrupted.", e);
    }
  }

  private static Matcher name(Location file) {
    Matcher name = NAME.matcher(file.fileName());
    if (!name.matches()) {
      throw new IllegalArgumentException(file.toString());
    }
    return name;
  }
}
