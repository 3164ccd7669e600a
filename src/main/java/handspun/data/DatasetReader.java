package handspun.data;

import handspun.HandspunException;
import handspun.UsageException;
import handspun.files.Location;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Reads what a run learns from: a folder with four IDX files, or a pickle of three sets. */
public final class DatasetReader {
  /** What is more than this is read where it is used. */
  private static final long MOST_PIXELS_IN_THE_DRIVER = 256 << 20;

  private DatasetReader() {}

  /**
   * @param location what {@code --data} names
   * @return whether it is a file that brings its own training, validation and test set, so that
   *     there is nothing to choose
   */
  public static boolean bringsItsOwnSplit(Location location) {
    String name = location.fileName();
    return name.endsWith(".pkl") || name.endsWith(".pkl.gz");
  }

  /**
   * Reads all of a data set on this machine.
   *
   * @param location folder or file
   * @param validationCount how many examples validate; 0 is allowed; means nothing for a pickle
   * @return the examples, and SHA-256 of every unpacked file by its plain name
   * @throws UsageException if there are not that many examples
   * @throws HandspunException if the data are missing or damaged
   */
  public static Dataset read(Path location, int validationCount) {
    return open(Location.of(location), validationCount).inMemory();
  }

  /**
   * Reads a data set, or only looks at it if its training examples are better read where they are
   * used: if the folder is named by a URI, if it holds a set in parts, or if the training images
   * are more than 256 MB unpacked.
   *
   * <p>A folder holds the four files of MNIST or of a set that looks like it, packed with gzip or
   * not, under the names that {@code IdxFolder} tells; a folder with several sets (EMNIST) may be
   * followed by the name of one: {@code gzip/emnist-digits}. The last {@code validationCount}
   * examples of the training file validate, all before them train. EMNIST stores its images column
   * by column; they are turned here, so that all pictures stand upright.
   *
   * <p>A file that ends in {@code .pkl} or {@code .pkl.gz} is a Python pickle of three pairs
   * (images, labels) to train, validate and test, as the one of Nielsen's book. It brings its own
   * split.
   *
   * @param location folder or file
   * @param validationCount how many examples validate; 0 is allowed; means nothing for a pickle
   * @return the examples
   * @throws UsageException if there are not that many examples
   * @throws HandspunException if the data are missing or damaged
   */
  public static TrainingData open(Location location, int validationCount) {
    if (validationCount < 0) {
      throw new UsageException("validation is " + validationCount + ", but must be 0 or more.");
    }
    boolean isFile;
    try {
      if (bringsItsOwnSplit(location) && !location.isFolder()) {
        return PickledDataset.read(location);
      }
      isFile = location.isFile();
    } catch (IOException e) {
      throw new HandspunException(
          "Could not look at " + location + ": " + HandspunException.reason(e) + ".", e);
    }
    if (isFile) {
      throw new HandspunException(
          location
              + " is neither a folder with the four files of MNIST nor a file that ends in .pkl or"
              + " .pkl.gz: name one of these.");
    }
    IdxFolder folder = IdxFolder.find(location);
    return Location.isUri(location.toString()) || !folder.isWhole() || isLarge(folder)
        ? stored(location, folder, validationCount)
        : readIdx(location, folder, validationCount);
  }

  private static boolean isLarge(IdxFolder folder) {
    return IdxHeader.read(new PackedFile(folder.trainImages().get(0)), 3).elementBytes()
        > MOST_PIXELS_IN_THE_DRIVER;
  }

  private static StoredDataset stored(Location location, IdxFolder folder, int validationCount) {
    StoredExamples all =
        StoredExamples.of(folder.trainImages(), folder.trainLabels(), isByColumns(folder));
    StoredExamples tests =
        StoredExamples.of(folder.testImages(), folder.testLabels(), isByColumns(folder));
    Location trainImages = folder.trainImages().get(0);
    requireSameSize(trainImages, all, folder.testImages().get(0), tests);
    int learned = learned(location, all.count(), validationCount);
    return new StoredDataset(
        all.part(0, learned),
        all.part(learned, all.count()),
        tests.slice(0, tests.count()),
        location.toString(),
        folder.files().stream().map(Location::absolute).toList(),
        Map.of());
  }

  private static boolean isByColumns(IdxFolder folder) {
    return folder.set().startsWith("emnist-");
  }

  private static int learned(Location where, int count, int validationCount) {
    int learned = count - validationCount;
    if (learned < 1) {
      throw new UsageException(
          "validation is "
              + validationCount
              + ", but "
              + where
              + " holds only "
              + count
              + " examples, and at least 1 must be left to train: choose a smaller number.");
    }
    return learned;
  }

  private static Dataset readIdx(Location location, IdxFolder folder, int validationCount) {
    boolean byColumns = isByColumns(folder);
    Location images = folder.trainImages().get(0);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      Future<IdxImages> trainImages = threads.submit(() -> IdxImages.read(images, byColumns));
      Future<IdxImages> testImages =
          threads.submit(() -> IdxImages.read(folder.testImages().get(0), byColumns));
      Future<IdxFile> trainLabels =
          threads.submit(() -> IdxFile.read(folder.trainLabels().get(0), 1));
      Future<IdxFile> testLabels =
          threads.submit(() -> IdxFile.read(folder.testLabels().get(0), 1));
      IdxImages training = result(trainImages);
      IdxImages test = result(testImages);
      IdxImages.requireAsMany(training.file().header(), result(trainLabels).header());
      IdxImages.requireAsMany(test.file().header(), result(testLabels).header());
      int count = training.count();
      int learned = learned(images, count, validationCount);
      Map<String, Future<String>> sums = new HashMap<>();
      for (IdxFile file :
          List.of(training.file(), test.file(), result(trainLabels), result(testLabels))) {
        sums.put(PackedFile.plainName(file.path()), threads.submit(file::sha256));
      }
      byte[] labels = result(trainLabels).elements();
      Examples learnedOnes = examples(training, labels, 0, learned);
      Examples validation = examples(training, labels, learned, count);
      Examples tests = examples(test, result(testLabels).elements(), 0, test.count());
      requireSameSize(images, learnedOnes, test.file().path(), tests);
      Map<String, String> sha256 = new HashMap<>();
      sums.forEach((name, sum) -> sha256.put(name, result(sum)));
      return new Dataset(learnedOnes, validation, tests, location.toString(), sha256);
    } finally {
      threads.shutdownNow();
    }
  }

  private static Examples examples(IdxImages images, byte[] labels, int from, int to) {
    return new Examples(
        images.rows(),
        images.columns(),
        images.inputs(from, to),
        Arrays.copyOfRange(labels, from, to));
  }

  private static void requireSameSize(
      Location trainImages, ExampleSet training, Location testImages, ExampleSet test) {
    if (training.rows() != test.rows() || training.columns() != test.columns()) {
      throw new HandspunException(
          trainImages
              + " holds images of "
              + training.rows()
              + " x "
              + training.columns()
              + " pixels, but "
              + testImages
              + " of "
              + test.rows()
              + " x "
              + test.columns()
              + ": take both from the same data set.");
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
}
