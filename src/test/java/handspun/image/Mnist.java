package handspun.image;

import handspun.data.Dataset;
import handspun.data.DatasetReader;
import handspun.data.Examples;
import handspun.math.Kernels;
import handspun.math.RandomStream;
import handspun.math.ScalarKernels;
import handspun.math.Share;
import handspun.network.Backpropagation;
import handspun.network.Inputs;
import handspun.network.Network;
import handspun.network.Topology;
import java.nio.file.Path;

/** MNIST, and networks that have learned it in a few seconds without Spark. */
public final class Mnist {
  private static final int MINI_BATCH = 10;
  private static final float RATE = 3f;

  private Mnist() {}

  /**
   * @return 50,000 training, 10,000 validation and 10,000 test examples
   */
  public static Dataset data() {
    return DatasetReader.read(Path.of("data", "mnist"), 10_000);
  }

  /**
   * Nielsen's algorithm on one thread: 784-16-16-10, mini-batches of 10, learning rate 3.
   *
   * @param training what to learn
   * @param epochs passes over it
   * @param seed of the weights and of the order
   * @return the trained network
   */
  public static Network train(Examples training, int epochs, long seed) {
    Inputs images = training.inputs();
    Topology topology = new Topology(784, 16, 16, 10);
    Kernels kernels = new ScalarKernels();
    Backpropagation pass = new Backpropagation(topology, kernels);
    float[] parameters = Network.random(topology, seed).parameters();
    float[] activations = new float[MINI_BATCH * topology.units()];
    float[] deltas = new float[activations.length];
    int[] order = new int[images.count()];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    RandomStream random = new RandomStream(seed);
    for (int epoch = 0; epoch < epochs; epoch++) {
      random.shuffle(order);
      for (int start = 0; start + MINI_BATCH <= images.count(); start += MINI_BATCH) {
        for (int k = 0; k < MINI_BATCH; k++) {
          int image = order[start + k];
          int at = k * topology.units();
          pass.feedforward(parameters, images, image, activations, at);
          pass.deltas(parameters, training.label(image), activations, deltas, at);
        }
        for (int d = 0; d < deltas.length; d++) {
          deltas[d] *= -RATE / MINI_BATCH;
        }
        for (int k = 0; k < MINI_BATCH; k++) {
          int at = k * topology.units();
          pass.addGradient(
              images, order[start + k], activations, deltas, at, parameters, Share.WHOLE);
        }
      }
    }
    return new Network(topology, parameters);
  }
}
