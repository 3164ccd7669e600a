package handspun.parallel;

import handspun.network.Inputs;
import handspun.wire.Frame;

/** Room for the images that another process sends in a mini-batch, one after the other. */
final class ReceivedImages {
  private final int[] starts;
  private final Inputs inputs;

  ReceivedImages(int pixels, int most) {
    starts = new int[most + 1];
    inputs = Inputs.room(pixels, starts);
  }

  /** The images that have come. */
  Inputs inputs() {
    return inputs;
  }

  /** Writes the length of an image that has come, and its bytes. */
  void write(int index, Frame frame) {
    int length = starts[index + 1] - starts[index];
    frame.put(length);
    frame.put(inputs.data(), starts[index], length);
  }

  /**
   * Takes an image, after those before it.
   *
   * @throws IllegalStateException if there is none of that length
   */
  void take(int index, int length, Frame frame) {
    if (length < 0 || length > Inputs.mostBytes(inputs.width())) {
      throw new IllegalStateException("an image of " + length + " bytes");
    }
    frame.take(inputs.data(), starts[index], length);
    starts[index + 1] = starts[index] + length;
  }
}
