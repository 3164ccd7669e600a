package handspun.read;

import handspun.HandspunException;
import handspun.image.DigitNormalizer;
import handspun.image.Picture;
import handspun.math.Kernels;
import handspun.network.Network;
import java.util.Optional;

/**
 * Reads digits with a network.
 *
 * <p>Immutable and safe to share between threads.
 */
public final class DigitReader {
  private final Network network;
  private final Kernels kernels;

  /**
   * @param network with an input for each of 28 x 28 pixels; any number of outputs
   * @param kernels arithmetic to use; the results do not depend on it
   * @throws HandspunException if the network has another number of inputs
   */
  public DigitReader(Network network, Kernels kernels) {
    int inputs = network.topology().inputs();
    if (inputs != DigitNormalizer.PIXELS) {
      throw new HandspunException(
          "The network "
              + network.topology()
              + " has "
              + inputs
              + " inputs, but a drawn digit has "
              + DigitNormalizer.PIXELS
              + " (28 x 28) pixels: use a model that was trained on 28 x 28 images.");
    }
    this.network = network;
    this.kernels = kernels;
  }

  /**
   * @return the network that reads
   */
  public Network network() {
    return network;
  }

  /**
   * @param picture any picture of one digit
   * @return what the network sees and says; empty if the picture is blank
   */
  public Optional<Reading> read(Picture picture) {
    return DigitNormalizer.normalize(picture).map(this::read);
  }

  /**
   * @param pixels 28 x 28 unsigned bytes as MNIST has them, used as they are; not copied
   * @return what the network says
   */
  public Reading read(byte[] pixels) {
    return Reading.of(network.outputs(kernels, pixels), pixels);
  }
}
