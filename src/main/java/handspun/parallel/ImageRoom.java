package handspun.parallel;

import handspun.network.Inputs;
import handspun.wire.Frame;

/**
 * Room for images at positions of their own, which several threads fill, each its positions, and
 * which all read when they have met.
 */
final class ImageRoom {
  /**
   * What image 2p holds is at position p; the images between these are what is left of the room.
   */
  private final int[] starts;

  private final Inputs inputs;

  ImageRoom(int pixels, int positions) {
    starts = new int[2 * positions];
    for (int p = 0; p < positions; p++) {
      starts[2 * p] = p * Inputs.mostBytes(pixels);
    }
    inputs = Inputs.room(pixels, starts);
  }

  /** Puts an image, an unsigned byte a pixel. */
  void put(int position, byte[] pixels, Inputs.Encoder encoder) {
    int image = image(position);
    starts[image + 1] = encoder.encode(pixels, 0, inputs.data(), starts[image]);
  }

  /** The images. */
  Inputs inputs() {
    return inputs;
  }

  /** Which of them is at a position. */
  int image(int position) {
    return 2 * position;
  }

  /** Writes the length of an image and its bytes. */
  void write(int position, Frame frame) {
    int image = image(position);
    int length = starts[image + 1] - starts[image];
    frame.put(length);
    frame.put(inputs.data(), starts[image], length);
  }
}
