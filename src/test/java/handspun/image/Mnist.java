package handspun.image;

import handspun.math.Kernels;
import handspun.math.RandomStream;
import handspun.math.ScalarKernels;
import handspun.math.Share;
import handspun.network.Backpropagation;
import handspun.network.Inputs;
import handspun.network.Network;
import handspun.network.Topology;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** MNIST, and networks that have learned it in a few seconds without Spark. */
public final class Mnist {
  private static final int TRAINING = 50_000;
  private static final int MINI_BATCH = 10;
  private static final float RATE = 3f;

  private Mnist() {}

  /**
   * @return the 10,000 test images, 28 x 28 bytes each
   */
  public static byte[] testImages() {
    return read("t10k-images-idx3-ubyte.gz", 16);
  }

  /**
   * @return their labels
   */
  public static byte[] testLabels() {
    return read("t10k-labels-idx1-ubyte.gz", 8);
  }

  /**
   * Nielsen's algorithm on one thread: 784-16-16-10, mini-batches of 10, learning rate 3.
   *
   * @param epochs passes over the 50,000 training images
   * @param seed of the weights and of the order
   * @return the trained network
   */
  public static Network train(int epochs, long seed) {
    Inputs images = Inputs.ofPixels(784, read("train-images-idx3-ubyte.gz", 16)).slice(0, TRAINING);
    byte[] labels = read("train-labels-idx1-ubyte.gz", 8);
    Topology topology = new Topology(784, 16, 16, 10);
    Kernels kernels = new ScalarKernels();
    Backpropagation pass = new Backpropagation(topology, kernels);
    float[] parameters = Network.random(topology, seed).parameters();
    float[] activations = new float[MINI_BATCH * topology.units()];
    float[] deltas = new float[activations.length];
    int[] order = new int[TRAINING];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    RandomStream random = new RandomStream(seed);
    for (int epoch = 0; epoch < epochs; epoch++) {
      random.shuffle(order);
      for (int start = 0; start < TRAINING; start += MINI_BATCH) {
        for (int k = 0; k < MINI_BATCH; k++) {
          int image = order[start + k];
          int at = k * topology.units();
          pass.feedforward(parameters, images, image, activations, at);
          pass.deltas(parameters, labels[image], activations, deltas, at);
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

  private static byte[] read(String name, int header) {
    Path file = Path.of("data", "mnist", name);
    try (DataInputStream in =
        new DataInputStream(new GZIPInputStream(Files.newInputStream(file)))) {
      in.skipBytes(header);
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
