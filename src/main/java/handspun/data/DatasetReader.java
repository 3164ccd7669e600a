package handspun.data;

import handspun.HandspunException;
import handspun.UsageException;
import java.nio.file.Files;
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
  private DatasetReader() {}

  /**
   * @param location what {@code --data} names
   * @return whether it is a file that brings its own training, validation and test set, so that
   *     there is nothing to choose
   */
  public static boolean bringsItsOwnSplit(Path location) {
    String name = String.valueOf(location.getFileName());
    return (name.endsWith(".pkl") || name.endsWith(".pkl.gz")) && !Files.isDirectory(location);
  }

  /**
   * Reads a data set.
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
   * @return the examples, and SHA-256 of every unpacked file by its plain name
   * @throws UsageException if there are not that many examples
   * @throws HandspunException if the data are missing or damaged
   */
  public static Dataset read(Path location, int validationCount) {
    if (validationCount < 0) {
      throw new UsageException("validation is " + validationCount + ", but must be 0 or more.");
    }
    if (bringsItsOwnSplit(location)) {
      return PickledDataset.read(location);
    }
    if (Files.exists(location) && !Files.isDirectory(location)) {
      throw new HandspunException(
          location
              + " is neither a folder with the four files of MNIST nor a file that ends in .pkl or"
              + " .pkl.gz: name one of these.");
    }
    return readIdx(location, IdxFolder.find(location), validationCount);
  }

  private static Dataset readIdx(Path location, IdxFolder folder, int validationCount) {
    boolean byColumns = folder.set().startsWith("emnist-");
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      Future<IdxImages> trainImages =
          threads.submit(() -> IdxImages.read(folder.trainImages(), byColumns));
      Future<IdxImages> testImages =
          threads.submit(() -> IdxImages.read(folder.testImages(), byColumns));
      Future<IdxFile> trainLabels = threads.submit(() -> IdxFile.read(folder.trainLabels(), 1));
      Future<IdxFile> testLabels = threads.submit(() -> IdxFile.read(folder.testLabels(), 1));
      IdxImages training = result(trainImages);
      IdxImages test = result(testImages);
      requireAsMany(training, result(trainLabels));
      requireAsMany(test, result(testLabels));
      requireSameSize(training, test);
      int count = training.count();
      int learned = count - validationCount;
      if (learned < 1) {
        throw new UsageException(
            "validation is "
                + validationCount
                + ", but "
                + folder.trainImages()
                + " holds only "
                + count
                + " examples, and at least 1 must be left to train: choose a smaller number.");
      }
      Map<String, Future<String>> sums = new HashMap<>();
      for (IdxFile file :
          List.of(training.file(), test.file(), result(trainLabels), result(testLabels))) {
        sums.put(PackedFile.plainName(file.path()), threads.submit(file::sha256));
      }
      byte[] labels = result(trainLabels).elements();
      Examples learnedOnes = examples(training, labels, 0, learned);
      Examples validation = examples(training, labels, learned, count);
      Examples tests = examples(test, result(testLabels).elements(), 0, test.count());
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

  private static void requireAsMany(IdxImages images, IdxFile labels) {
    if (images.count() != labels.elements().length) {
      throw new HandspunException(
          images.file().path()
              + " holds "
              + images.count()
              + " images, but "
              + labels.path()
              + " holds "
              + labels.elements().length
              + " labels: take both from the same data set.");
    }
  }

  private static void requireSameSize(IdxImages training, IdxImages test) {
    if (training.rows() != test.rows() || training.columns() != test.columns()) {
      throw new HandspunException(
          training.file().path()
              + " holds images of "
              + training.rows()
              + " x "
              + training.columns()
              + " pixels, but "
              + test.file().path()
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
