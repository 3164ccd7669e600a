package handspun.network;

/**
 * The factors of the gradients of a mini-batch's examples: activations and errors of every layer.
 * With the inputs they tell the gradient exactly, and are a small part of its size ("sufficient
 * factors": Xie et al., "Lighter-Communication Distributed Machine Learning via Sufficient Factor
 * Broadcasting", UAI 2016).
 *
 * @param activations of every layer from 1 (index 0 is empty), a padded row an example
 * @param deltas errors, dC/dz, times -eta / m, at the same places
 */
public record Factors(float[][] activations, float[][] deltas) {

  /**
   * @param layout of the network
   * @param examples how many to make room for
   */
  public Factors(Layout layout, int examples) {
    this(layout.newRows(examples), layout.newRows(examples));
  }

  /**
   * Copies one example's factors.
   *
   * @param from where they are
   * @param position the example's position there
   * @param to its position here
   */
  public void copy(Factors from, int position, int to, Layout layout) {
    for (int l = 1; l < activations.length; l++) {
      int stride = layout.stride(l);
      System.arraycopy(from.activations[l], position * stride, activations[l], to * stride, stride);
      System.arraycopy(from.deltas[l], position * stride, deltas[l], to * stride, stride);
    }
  }
}
