package handspun.spark;

import handspun.HandspunException;
import handspun.UsageException;
import handspun.data.Examples;
import handspun.data.IdxWriter;
import handspun.files.Location;
import handspun.image.Augmentation;
import handspun.store.AtomicFile;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * A Spark job that makes a large set of training images out of a small one, by changing its images
 * in turn. Each image is a function of the small set, the augmentation, the seed and the image's
 * number, and of nothing else: not of the parts, the partitions or the master.
 *
 * @param images how many to make, at least 1
 * @param augmentation how they are changed
 * @param seed of the random numbers
 * @param parts files that they are shared out to, 1 to {@code images}
 */
public record Generation(int images, Augmentation augmentation, long seed, int parts) {
  private static final int MOST_PARTS = 99_999;

  /**
   * @throws UsageException if a value is impossible
   */
  public Generation {
    if (images < 1) {
      throw new UsageException("images is " + images + ", but must be at least 1.");
    }
    if (parts < 1 || parts > Math.min(images, MOST_PARTS)) {
      throw new UsageException(
          "parts is %d, but must be 1 to %d: every part holds at least one image, and its number has five digits."
              .formatted(parts, Math.min(images, MOST_PARTS)));
    }
  }

  /**
   * Makes the images, and copies the test images.
   *
   * @param originals whose images are changed
   * @param test copied as they are
   * @param folder empty; on a cluster one that all executors reach
   * @throws HandspunException if that fails; then what was written is removed
   */
  public void run(
      String master, Examples originals, Examples test, Location folder, Consumer<String> notices) {
    SparkConf conf = SparkStart.configuration(master);
    try (JavaSparkContext context = SparkStart.context(conf, notices)) {
      Slots.of(context, WireSettings.of(conf).slotsLimit(), notices).await(1);
      GenerationTask task =
          new GenerationTask(
              context.broadcast(originals), augmentation, folder.absolute(), images, parts, seed);
      List<Integer> numbers = IntStream.range(0, parts).boxed().toList();
      SparkTraining.onSpark(
          context,
          "make the images",
          () -> {
            context.setJobGroup("generation", "Making " + images + " images", true);
            context.parallelize(numbers, parts).foreach(task);
            return null;
          });
      requireAll(folder);
      writeTest(test, folder);
    } catch (RuntimeException e) {
      remove(folder);
      throw e;
    }
  }

  /** On a cluster, executors may have written to disks of their own. */
  private void requireAll(Location folder) {
    for (int p = 0; p < parts; p++) {
      Location part = folder.resolve(IdxWriter.partName("train", "images-idx3", p, parts));
      try {
        if (!part.isFile()) {
          throw new HandspunException(
              "%s was written, but is not to be seen from here: the folder must be one that all executors share."
                  .formatted(part));
        }
      } catch (IOException e) {
        throw HandspunException.couldNot("look at " + part, e);
      }
    }
  }

  private static void writeTest(Examples test, Location folder) {
    AtomicFile.replace(
        folder.resolve("t10k-images-idx3-ubyte"),
        out -> {
          IdxWriter writer = new IdxWriter(out, test.count(), test.rows(), test.columns());
          for (int i = 0; i < test.count(); i++) {
            writer.write(test.inputs().pixels(i));
          }
        });
    AtomicFile.replace(
        folder.resolve("t10k-labels-idx1-ubyte"),
        out -> new IdxWriter(out, test.count()).write(test.labels()));
  }

  private static void remove(Location folder) {
    try {
      for (String file : folder.list()) {
        removeIfPossible(folder.resolve(file));
      }
    } catch (IOException e) {
      // What is to be told is why it failed.
    }
    removeIfPossible(folder);
  }

  private static void removeIfPossible(Location location) {
    try {
      location.delete();
    } catch (IOException e) {
      // What is to be told is why it failed.
    }
  }
}
