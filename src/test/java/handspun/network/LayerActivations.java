package handspun.network;

import handspun.math.Kernels;
import java.util.Arrays;

/** What all units of a network make of an image, and not those of its last layer alone. */
public final class LayerActivations {
  private LayerActivations() {}

  /**
   * @param pixels one unsigned byte each
   * @return the activations of each layer from 1, one layer after the other
   */
  public static float[] of(Network network, Kernels kernels, byte[]... pixels) {
    Layout layout = new Layout(network.topology());
    HiddenUnits hidden = new HiddenUnits.AsTheyAre(network.units().hidden(), kernels);
    DecodedImages images = new DecodedImages(layout, kernels, pixels.length);
    for (byte[] image : pixels) {
      images.add(image, 0);
    }
    float[][] rows = layout.newRows(pixels.length);
    Outputs outputs = network.units().outputs();
    Feedforward.run(
        layout,
        hidden,
        outputs,
        kernels,
        network.toWorking(layout),
        images,
        rows,
        0,
        layout.newScratch(kernels));
    float[] activations = new float[pixels.length * network.topology().units()];
    int at = 0;
    for (int i = 0; i < pixels.length; i++) {
      for (int l = 1; l < rows.length; l++) {
        int from = i * layout.stride(l);
        float[] layer = Arrays.copyOfRange(rows[l], from, from + network.topology().size(l));
        System.arraycopy(layer, 0, activations, at, layer.length);
        at += layer.length;
      }
    }
    return activations;
  }
}
