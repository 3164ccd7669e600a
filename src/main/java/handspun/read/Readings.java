package handspun.read;

import handspun.network.Outputs;

/**
 * What a network says about many pictures. The arrays are not copied and must not be changed.
 *
 * @param classes outputs of the network
 * @param outputs activations of the last layer, those of one image after those of the other
 * @param digits the output with the largest activation of each image, the first of equals
 * @param scores how much each looks like a digit to the network, 0..1: {@link Outputs#evidence}
 */
public record Readings(int classes, float[] outputs, int[] digits, float[] scores) {
  /** {@return how many images were read} */
  public int count() {
    return digits.length;
  }
}
