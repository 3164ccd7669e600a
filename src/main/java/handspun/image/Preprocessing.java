package handspun.image;

import handspun.network.Inputs;
import java.util.Locale;

/**
 * What is done to an image before the network sees it. It belongs to the network: what was done to
 * the images that it learned from is done to all that it reads.
 */
public enum Preprocessing {
  /** Nothing. */
  NONE {
    @Override
    public boolean isPossible(int rows, int columns) {
      return true;
    }

    @Override
    public Step step(int rows, int columns) {
      return (image, target, at) -> System.arraycopy(image, 0, target, at, image.length);
    }

    @Override
    public Inputs apply(Inputs images, int rows, int columns) {
      return images;
    }
  },

  /** Slanted digits are straightened: {@link Straightening}. */
  STRAIGHTEN {
    @Override
    public boolean isPossible(int rows, int columns) {
      return Resampling.isPossible(rows, columns);
    }

    @Override
    public Step step(int rows, int columns) {
      return new Straightening(rows, columns);
    }
  };

  /** What does it to images of one size; not for several threads at once. */
  @FunctionalInterface
  public interface Step {
    /**
     * @param image pixels row by row, one unsigned byte each; not changed
     * @param target receives the new image
     * @param at where in the target
     */
    void apply(byte[] image, byte[] target, int at);
  }

  /** {@return whether it can be done to images of that size} */
  public abstract boolean isPossible(int rows, int columns);

  /** {@return what does it to images of that size, for which it is possible} */
  public abstract Step step(int rows, int columns);

  /** {@return what it makes of images of that size, for which it is possible} */
  public Inputs apply(Inputs images, int rows, int columns) {
    int size = rows * columns;
    Step step = step(rows, columns);
    byte[] image = new byte[size];
    byte[] made = new byte[size];
    Inputs.Builder builder = new Inputs.Builder(size, images.count());
    for (int i = 0; i < images.count(); i++) {
      images.copyPixels(i, image);
      step.apply(image, made, 0);
      builder.add(made, 0, 1);
    }
    return builder.build();
  }

  /** {@return the name as people write it} */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
