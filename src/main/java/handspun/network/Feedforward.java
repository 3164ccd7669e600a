package handspun.network;

import handspun.math.Kernels;

/**
 * Feeds images forward, layer by layer: {@code a' = f(w a + b)} (Nielsen, "Neural Networks and Deep
 * Learning", chapter 1, equation 22), one image or many at a time, with its scratch memory.
 *
 * <p>Not for several threads at once. Reading allocates nothing.
 */
public final class Feedforward {
  private static final int IMAGES_AT_A_TIME = 64;

  private final Layout layout;
  private final HiddenUnits hidden;
  private final Outputs outputs;
  private final Kernels kernels;
  private final float[] w;
  private final DecodedImages images;
  private final float[][] activations;
  private final float[] scratch;

  /**
   * @param layout of the network
   * @param units what they compute
   * @param w a working vector; not copied, so that a change is seen by the next reading
   * @param kernels arithmetic to use; results do not depend on it
   * @param most how many images at a time
   */
  public Feedforward(Layout layout, Units units, float[] w, Kernels kernels, int most) {
    this.layout = layout;
    hidden = new HiddenUnits.AsTheyAre(units.hidden(), kernels);
    outputs = units.outputs();
    this.w = w;
    this.kernels = kernels;
    images = new DecodedImages(layout, kernels, most);
    activations = layout.newRows(most);
    scratch = layout.newScratch(kernels);
  }

  /**
   * @param network what to feed images to
   * @param kernels arithmetic to use; results do not depend on it
   * @param most how many images at a time
   * @return a pass with a working vector of its own
   */
  public static Feedforward of(Network network, Kernels kernels, int most) {
    Layout layout = new Layout(network.topology());
    return new Feedforward(layout, network.units(), network.toWorking(layout), kernels, most);
  }

  /**
   * Feeds all of some images forward.
   *
   * @param kernels arithmetic to use; the result does not depend on it
   * @param images as wide as the input layer
   * @return the activations of the last layer, those of one image after those of the other
   */
  public static float[] outputs(Network network, Kernels kernels, Inputs images) {
    int classes = network.topology().outputs();
    float[] outputs = new float[Math.multiplyExact(images.count(), classes)];
    Feedforward feedforward = of(network, kernels, IMAGES_AT_A_TIME);
    for (int from = 0; from < images.count(); from += IMAGES_AT_A_TIME) {
      int to = Math.min(from + IMAGES_AT_A_TIME, images.count());
      feedforward.read(images, from, to);
      for (int i = from; i < to; i++) {
        feedforward.outputs(i - from, outputs, i * classes);
      }
    }
    return outputs;
  }

  /**
   * Reads images.
   *
   * @param inputs images as wide as the input layer
   * @param from first image
   * @param to one past the last image; no more than there is room for
   */
  public void read(Inputs inputs, int from, int to) {
    images.clear();
    for (int i = from; i < to; i++) {
      images.add(inputs, i);
    }
    run(layout, hidden, outputs, kernels, w, images, activations, 0, scratch);
  }

  /**
   * Reads one image.
   *
   * @param pixels one unsigned byte a pixel, as many as the input layer has units
   */
  public void read(byte[] pixels) {
    int inputs = layout.topology().inputs();
    if (pixels.length != inputs) {
      throw new IllegalArgumentException(
          "%d pixels are not one image of %d.".formatted(pixels.length, inputs));
    }
    read(pixels, 1);
  }

  /**
   * Reads images.
   *
   * @param pixels one unsigned byte a pixel, one image after the other
   * @param count how many images; no more than there is room for
   */
  public void read(byte[] pixels, int count) {
    images.clear();
    for (int i = 0; i < count; i++) {
      images.add(pixels, i * layout.topology().inputs());
    }
    run(layout, hidden, outputs, kernels, w, images, activations, 0, scratch);
  }

  /**
   * The forward pass.
   *
   * @param w the parameters, a working vector
   * @param activations receives those of every layer: see {@link Layout#newRows}
   * @param at position of the first image in {@code activations}
   * @param scratch see {@link Layout#newScratch}
   */
  static void run(
      Layout layout,
      HiddenUnits hidden,
      Outputs outputs,
      Kernels kernels,
      float[] w,
      DecodedImages images,
      float[][] activations,
      int at,
      float[] scratch) {
    int count = images.count();
    for (int l = 1; l < activations.length; l++) {
      float[] a = activations[l];
      int stride = layout.stride(l);
      if (l == 1) {
        kernels.affineSparse(
            w,
            layout.first(),
            images.starts(),
            images.cuts(),
            images.parts(),
            images.rows(),
            images.brightness(),
            count,
            a,
            at * stride);
      } else {
        int before = layout.stride(l - 1);
        kernels.affine(
            w,
            layout.panels(l),
            activations[l - 1],
            at * before,
            before,
            count,
            a,
            at * stride,
            scratch);
      }
      if (l < activations.length - 1) {
        hidden.activate(l, a, at * stride, count * stride);
      } else {
        outputs.activate(kernels, a, at * stride, count, stride, layout.topology().outputs());
      }
    }
  }

  /**
   * @param position of an image among those read last
   * @return the unit of the last layer with the largest activation, the first of equals
   */
  public int prediction(int position) {
    int last = activations.length - 1;
    return prediction(
        activations[last], position * layout.stride(last), layout.topology().outputs());
  }

  /**
   * @param outputs activations of the last layer
   * @param at where those of one image begin
   * @param classes how many they are
   * @return which of them is the largest, the first of equals
   */
  public static int prediction(float[] outputs, int at, int classes) {
    int best = 0;
    for (int o = 1; o < classes; o++) {
      if (outputs[at + o] > outputs[at + best]) {
        best = o;
      }
    }
    return best;
  }

  /**
   * @param position of an image among those read last
   * @return the activations of the last layer, each in 0..1; those of {@link Outputs#SIGMOID} do
   *     not add up to 1
   */
  public float[] outputs(int position) {
    float[] outputs = new float[layout.topology().outputs()];
    outputs(position, outputs, 0);
    return outputs;
  }

  /** As {@link #outputs(int)}, into an array from {@code at} on. */
  public void outputs(int position, float[] outputs, int at) {
    int last = activations.length - 1;
    System.arraycopy(
        activations[last],
        position * layout.stride(last),
        outputs,
        at,
        layout.topology().outputs());
  }
}
