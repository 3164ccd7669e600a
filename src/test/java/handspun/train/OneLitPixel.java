package handspun.train;

import handspun.data.Examples;
import handspun.network.Inputs;
import handspun.network.Network;
import handspun.network.Topology;

/**
 * Examples whose evaluation is known beforehand: images of one row with one lit pixel, and a
 * network that reads an image as the number of that pixel, the surer the brighter it is.
 */
public final class OneLitPixel {
  private OneLitPixel() {}

  /**
   * @param classes inputs and outputs
   * @return a network without hidden layers whose output o is sigmoid(8 x[o] - 4)
   */
  public static Network network(int classes) {
    Topology topology = new Topology(classes, classes);
    float[] parameters = new float[topology.parameterCount()];
    for (int c = 0; c < classes; c++) {
      parameters[c * classes + c] = 8;
      parameters[topology.biasesAt(1) + c] = -4;
    }
    return new Network(topology, parameters);
  }

  /**
   * @param classes pixels an image
   * @param labelThenLit for every example its label and its lit pixel; example i has the brightness
   *     255 - i
   * @return the examples
   */
  public static Examples examples(int classes, int[]... labelThenLit) {
    byte[] pixels = new byte[classes * labelThenLit.length];
    byte[] labels = new byte[labelThenLit.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (byte) labelThenLit[i][0];
      pixels[i * classes + labelThenLit[i][1]] = (byte) (255 - i);
    }
    return new Examples(1, classes, Inputs.ofPixels(classes, pixels), labels);
  }
}
