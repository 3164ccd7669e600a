package handspun.spark;

import handspun.data.Examples;
import handspun.data.IdxWriter;
import handspun.files.Location;
import handspun.image.Augmentation;
import handspun.image.ExampleAugmenter;
import handspun.image.TracedImages;
import handspun.math.Kernels;
import handspun.math.RandomStream;
import handspun.math.RandomUse;
import handspun.math.Share;
import handspun.store.AtomicFile;
import java.util.Arrays;
import org.apache.spark.api.java.function.VoidFunction;
import org.apache.spark.broadcast.Broadcast;

/**
 * Writes one part of a generated set: a file of images and one of their labels.
 *
 * @param originals whose images are changed
 * @param augmentation how
 * @param folder where it writes
 * @param images of the whole set
 * @param parts of the whole set
 * @param seed of the random numbers
 */
record GenerationTask(
    Broadcast<Examples> originals,
    Augmentation augmentation,
    Location folder,
    int images,
    int parts,
    long seed)
    implements VoidFunction<Integer> {
  private static final long serialVersionUID = 1L;

  private static final int IMAGES_AT_A_TIME = 256;

  @Override
  public void call(Integer part) {
    Examples from = originals.value();
    Share share = new Share(part, parts);
    int first = share.from(images);
    int count = share.size(images);
    AtomicFile.replace(
        folder.resolve(IdxWriter.partName("train", "labels-idx1", part, parts)),
        out -> {
          byte[] labels = new byte[count];
          for (int i = 0; i < count; i++) {
            labels[i] = (byte) from.label(original(from, first + i));
          }
          new IdxWriter(out, count).write(labels);
        });
    AtomicFile.replace(
        folder.resolve(IdxWriter.partName("train", "images-idx3", part, parts)),
        out -> {
          ExampleAugmenter augmenter =
              new ExampleAugmenter(
                  augmentation, from.rows(), from.columns(), Kernels.fastest(), new TracedImages());
          IdxWriter writer = new IdxWriter(out, count, from.rows(), from.columns());
          int size = from.rows() * from.columns();
          byte[] pixels = new byte[IMAGES_AT_A_TIME * size];
          for (int done = 0; done < count; done += IMAGES_AT_A_TIME) {
            int now = Math.min(IMAGES_AT_A_TIME, count - done);
            for (int i = 0; i < now; i++) {
              int image = first + done + i;
              int original = original(from, image);
              augmenter.augment(
                  from.inputs().pixels(original),
                  from.label(original),
                  original,
                  new RandomStream(RandomUse.GENERATED_IMAGES, seed, image),
                  pixels,
                  i * size);
            }
            writer.write(now == IMAGES_AT_A_TIME ? pixels : Arrays.copyOf(pixels, now * size));
          }
        });
  }

  private static int original(Examples from, int image) {
    return image % from.count();
  }
}
