package handspun.read;

import handspun.HandspunException;
import handspun.image.DigitNormalizer;
import handspun.image.NormalizedDigit;
import handspun.image.Picture;
import handspun.image.Preprocessing;
import handspun.math.Kernels;
import handspun.network.Feedforward;
import handspun.network.Layout;
import handspun.network.Network;
import handspun.network.Outputs;
import handspun.store.Model;
import handspun.train.Acceptance;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Reads digits with a network: brings a picture into the form of MNIST's digits, does to it what
 * was done to the images that the network learned from, feeds it forward, and says what came out.
 *
 * <p>Safe to share between threads: all read with one working vector, which nobody changes, and
 * each has scratch memory of its own. Reading pixels allocates the {@link Reading}, what was made
 * of the pixels, and nothing else.
 */
public final class DigitReader {
  private final Preprocessing preprocessing;
  private final Optional<Acceptance> acceptance;
  private final Outputs outputs;
  private final Supplier<Scratch> scratch;
  private final BatchReader batches;

  /** As many as have read at once. Those of threads would outlive the reader. */
  private final ArrayDeque<Scratch> idle = new ArrayDeque<>();

  /** What reading needs, by one at a time. */
  private record Scratch(Preprocessing.Step step, Feedforward feedforward) {}

  /**
   * A reader that takes every answer for a digit.
   *
   * @param network with an input for each of 28 x 28 pixels; any number of outputs
   * @param preprocessing what is done to an image before the network sees it
   * @param kernels arithmetic to use; the results do not depend on it
   * @throws HandspunException if the network has another number of inputs
   */
  public DigitReader(Network network, Preprocessing preprocessing, Kernels kernels) {
    this(network, preprocessing, Optional.empty(), kernels);
  }

  private DigitReader(
      Network network,
      Preprocessing preprocessing,
      Optional<Acceptance> acceptance,
      Kernels kernels) {
    int inputs = network.topology().inputs();
    if (inputs != DigitNormalizer.PIXELS) {
      throw new HandspunException(
          "The network %s has %d inputs, but a drawn digit has %d (28 x 28) pixels: use a model that was trained on 28 x 28 images."
              .formatted(network.topology(), inputs, DigitNormalizer.PIXELS));
    }
    this.preprocessing = preprocessing;
    this.acceptance = acceptance;
    outputs = network.units().outputs();
    Layout layout = new Layout(network.topology());
    float[] w = network.toWorking(layout);
    batches =
        new BatchReader(
            preprocessing,
            outputs,
            network.topology().outputs(),
            most -> new Feedforward(layout, network.units(), w, kernels, most));
    scratch =
        () ->
            new Scratch(
                preprocessing.step(DigitNormalizer.SIZE, DigitNormalizer.SIZE),
                new Feedforward(layout, network.units(), w, kernels, 1));
  }

  /**
   * @param model whose network has an input for each of 28 x 28 pixels; any number of outputs
   * @param kernels arithmetic to use; the results do not depend on it
   * @return a reader that prepares and judges as the model says
   * @throws HandspunException if the network has another number of inputs
   */
  public static DigitReader of(Model model, Kernels kernels) {
    return new DigitReader(model.network(), model.preprocessing(), model.acceptance(), kernels);
  }

  /**
   * @param picture any picture of one digit
   * @return what the network sees and says; empty if the picture is blank
   * @throws HandspunException as {@link #read(byte[])}
   */
  public Optional<Reading> read(Picture picture) {
    return DigitNormalizer.normalize(picture).map(this::read);
  }

  /**
   * @param digit what became of a picture; its pixels are not copied if nothing is done to them
   * @return what the network sees and says
   * @throws HandspunException as {@link #read(byte[])}
   */
  public Reading read(NormalizedDigit digit) {
    return read(digit.pixels(), digit.digits());
  }

  /**
   * @param pixels of one digit, 28 x 28 unsigned bytes as MNIST has them; not copied if nothing is
   *     done to them
   * @return what the network says
   * @throws HandspunException if an output is no finite number, as when weights are so large that
   *     their sums are beyond what numbers can say
   */
  public Reading read(byte[] pixels) {
    return read(pixels, 1);
  }

  /**
   * Reads many images in one pass, with the same results to the bit as one by one.
   *
   * @param images of one digit each
   * @return what the network says
   * @throws HandspunException as {@link #read(byte[])}
   */
  public Readings read(Images images) {
    return batches.read(images);
  }

  private Reading read(byte[] pixels, int digits) {
    Scratch own = take();
    try {
      byte[] seen = prepared(pixels, own.step());
      own.feedforward().read(seen);
      return Reading.of(own.feedforward().outputs(0), outputs, seen, digits, acceptance);
    } finally {
      giveBack(own);
    }
  }

  private Scratch take() {
    synchronized (idle) {
      if (!idle.isEmpty()) {
        return idle.pop();
      }
    }
    return scratch.get();
  }

  private void giveBack(Scratch own) {
    synchronized (idle) {
      idle.push(own);
    }
  }

  private byte[] prepared(byte[] pixels, Preprocessing.Step step) {
    if (preprocessing == Preprocessing.NONE) {
      return pixels;
    }
    byte[] prepared = new byte[pixels.length];
    step.apply(pixels, prepared, 0);
    return prepared;
  }
}
