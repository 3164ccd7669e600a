package handspun.image;

import handspun.math.Kernels;
import handspun.math.RandomStream;
import java.util.Optional;

/**
 * Makes of an example's image another one, as an {@link Augmentation} says: changed pixel by pixel
 * ({@link Augmenter}), drawn anew, or what is no digit ({@link Redrawer}). A function of the image,
 * its label and the random numbers, the same on every machine.
 *
 * <p>Not for several threads at once.
 */
public final class ExampleAugmenter {
  private final Augmentation augmentation;
  private final Augmenter augmenter;
  private final Optional<Redrawer> redrawer;

  /**
   * Of images of a size that is {@linkplain Preprocessing#isPossible possible}, and of 28 x 28
   * pixels if any are drawn.
   *
   * @param kernels arithmetic to use; the result does not depend on it
   * @param traced strokes of images that were drawn before
   */
  public ExampleAugmenter(
      Augmentation augmentation, int rows, int columns, Kernels kernels, TracedImages traced) {
    this.augmentation = augmentation;
    augmenter = new Augmenter(augmentation, rows, columns, kernels);
    redrawer = augmentation.draws() ? Optional.of(Redrawer.ofAnyHand(traced)) : Optional.empty();
  }

  /**
   * @param image pixels row by row, one unsigned byte each; not changed
   * @param label of the image
   * @param number of the image, the same whenever it is given
   * @param random source of the random numbers
   * @param target receives the new image
   * @param at where in the target
   * @return whether it is still of the label's class; otherwise it is of none
   */
  public boolean augment(
      byte[] image, int label, int number, RandomStream random, byte[] target, int at) {
    if (redrawer.isPresent()) {
      if (random.nextDouble() < augmentation.negatives()) {
        redrawer.get().drawNone(image, label, number, random, target, at);
        return false;
      }
      if (random.nextDouble() < augmentation.redraw()) {
        redrawer.get().draw(image, label, number, random, target, at);
        return true;
      }
    }
    if (augmentation.changesPixels()) {
      augmenter.augment(image, random, target, at);
    } else {
      System.arraycopy(image, 0, target, at, image.length);
    }
    return true;
  }
}
