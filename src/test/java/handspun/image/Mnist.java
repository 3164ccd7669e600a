package handspun.image;

import handspun.data.Dataset;
import handspun.data.DatasetReader;
import handspun.data.Examples;
import handspun.math.AllKernels;
import handspun.network.Network;
import handspun.network.Topology;
import handspun.parallel.LocalRunner;
import handspun.train.EpochStart;
import handspun.train.ModelState;
import handspun.train.Plan;
import handspun.train.TrainingState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** MNIST, and networks that have learned it in a few seconds without Spark. */
public final class Mnist {
  private Mnist() {}

  /** {@return 50,000 training, 10,000 validation and 10,000 test examples} */
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
    return networks(training, epochs, seed).get(epochs);
  }

  /** {@return a network after 0, 1, ... epochs of the same} */
  public static List<Network> networks(Examples training, int epochs, long seed) {
    Plan plan = new Plan(new Topology(784, 16, 16, 10), epochs, 10, 3f, seed, 1);
    ModelState state = TrainingState.initial(plan).model();
    List<Network> networks = new ArrayList<>(List.of(plan.initialNetwork()));
    // Vectors of several widths in one process, as the tests have them, are slower than none.
    try (LocalRunner runner =
        new LocalRunner(
            plan, training, training.slice(0, 0), 1, AllKernels.scalar(), () -> false)) {
      for (int epoch = 1; epoch <= epochs; epoch++) {
        state = runner.run(new EpochStart(epoch, state)).state();
        networks.add(new Network(plan.topology(), state.parameters()));
      }
    }
    return networks;
  }
}
