package handspun.network;

import handspun.math.Kernels;

/**
 * A network that reads images, one or many at a time, with its scratch memory.
 *
 * <p>Not for several threads at once. Reading allocates nothing.
 */
public final class Feedforward {
  private final Topology topology;
  private final float[] w;
  private final DecodedImages images;
  private final Backpropagation pass;
  private final Factors factors;
  private final int most;
  private final int stride;

  /**
   * @param layout of the network
   * @param w a working vector; not copied, so that a change is seen by the next reading
   * @param kernels arithmetic to use; results do not depend on it
   * @param most how many images at a time
   */
  public Feedforward(Layout layout, float[] w, Kernels kernels, int most) {
    this.w = w;
    this.most = most;
    topology = layout.topology();
    images = new DecodedImages(layout, kernels, most);
    pass = new Backpropagation(layout, kernels);
    factors = new Factors(layout, most);
    stride = layout.stride(topology.layers() - 1);
  }

  /**
   * @param network what reads
   * @param kernels arithmetic to use; results do not depend on it
   * @param most how many images at a time
   * @return its reader
   */
  public static Feedforward of(Network network, Kernels kernels, int most) {
    Layout layout = new Layout(network.topology());
    return new Feedforward(layout, layout.toWorking(network.parameters()), kernels, most);
  }

  /**
   * @return how many images can be read at a time
   */
  public int most() {
    return most;
  }

  /**
   * Reads images.
   *
   * @param inputs images as wide as the input layer
   * @param from first image
   * @param to one past the last image, at most {@link #most()} images
   */
  public void read(Inputs inputs, int from, int to) {
    images.clear();
    for (int i = from; i < to; i++) {
      images.add(inputs, i);
    }
    pass.feedforward(w, images, factors, 0);
  }

  /**
   * Reads one image.
   *
   * @param pixels one unsigned byte a pixel, as many as the input layer has units
   */
  public void read(byte[] pixels) {
    if (pixels.length != topology.inputs()) {
      throw new IllegalArgumentException(
          pixels.length + " pixels are not one image of " + topology.inputs() + ".");
    }
    images.clear();
    images.add(pixels);
    pass.feedforward(w, images, factors, 0);
  }

  /**
   * @param position of an image among those read last
   * @return the unit of the last layer with the largest activation, the first of equals
   */
  public int prediction(int position) {
    return pass.prediction(factors, position);
  }

  /**
   * @param position of an image among those read last
   * @param outputs receives the activations of the last layer, each in 0..1; they do not add up to
   *     1
   * @param at where to write
   */
  public void outputs(int position, float[] outputs, int at) {
    System.arraycopy(
        factors.activations()[topology.layers() - 1],
        position * stride,
        outputs,
        at,
        topology.outputs());
  }
}
