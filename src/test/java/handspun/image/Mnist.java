package handspun.image;

import handspun.data.Dataset;
import handspun.data.DatasetReader;
import handspun.data.Examples;
import handspun.math.AllKernels;
import handspun.math.Share;
import handspun.network.Factors;
import handspun.network.Layout;
import handspun.network.Network;
import handspun.network.Topology;
import handspun.train.GradientWorker;
import handspun.train.MiniBatches;
import handspun.train.Plan;
import java.nio.file.Path;

/** MNIST, and networks that have learned it in a few seconds without Spark. */
public final class Mnist {
  private Mnist() {}

  /**
   * @return 50,000 training, 10,000 validation and 10,000 test examples
   */
  public static Dataset data() {
    return DatasetReader.read(Path.of("data", "mnist"), 10_000);
  }

  /**
   * The seed's plan on one thread: 784-16-16-10, mini-batches of 10, learning rate 3. The same
   * network as {@code handspun train} makes.
   *
   * @param training what to learn
   * @param epochs passes over it
   * @param seed of the weights and of the order
   * @return the trained network
   */
  public static Network train(Examples training, int epochs, long seed) {
    Plan plan = new Plan(new Topology(784, 16, 16, 10), epochs, 10, 3f, seed, 1);
    MiniBatches miniBatches = new MiniBatches(training.count(), plan);
    Layout layout = new Layout(plan.topology());
    // Vectors of several widths in one process, as the tests have them, are slower than none.
    GradientWorker worker = new GradientWorker(plan, layout, AllKernels.scalar(), plan.miniBatch());
    Factors factors = new Factors(layout, plan.miniBatch());
    float[] w = layout.toWorking(Network.random(plan.topology(), seed).parameters());
    for (int epoch = 1; epoch <= epochs; epoch++) {
      int[] order = miniBatches.order(seed, epoch);
      for (int t = 0; t < miniBatches.count(); t++) {
        int first = t * miniBatches.size();
        int size = miniBatches.size(t);
        worker.clear();
        for (int j = first; j < first + size; j++) {
          worker.take(training, order[j]);
        }
        worker.compute(w, size, factors, 0);
        worker.addGradient(factors, w, Share.WHOLE);
        layout.refreshTransposed(w, Share.WHOLE);
      }
    }
    return new Network(plan.topology(), layout.toParameters(w));
  }
}
