package handspun.serve;

import handspun.image.Mnist;
import handspun.math.Kernels;
import handspun.network.Network;
import handspun.store.Model;
import handspun.store.Provenance;
import handspun.train.Acceptance;
import handspun.train.Plan;
import java.util.Map;
import java.util.Optional;

/**
 * A network that is served to the visitors of the page, as if it had been trained.
 *
 * @param epochs that it was trained
 * @param acceptance which readings it accepts; all of them if it is empty
 */
record ServedNetwork(
    Network network, int epochs, Optional<Plan> plan, Optional<Acceptance> acceptance) {
  private static final int EPOCHS = 3;

  /** Of the network that has learned MNIST. */
  private static final double VALIDATION_ACCURACY = 0.9144;

  private static final double TEST_ACCURACY = 0.9119;

  /** Trained when it is first asked for, once in a process. */
  private static final class Learned {
    static final Network NETWORK = Mnist.train(Mnist.data().training(), EPOCHS, 1);
  }

  static ServedNetwork of(Network network, int epochs) {
    return new ServedNetwork(network, epochs, Optional.empty(), Optional.empty());
  }

  /** {@return a small one that has learned MNIST: 784-16-16-10, units with sigmoid activations} */
  static ServedNetwork learned() {
    return of(Learned.NETWORK, EPOCHS);
  }

  static ServedNetwork untrained(Plan plan) {
    return new ServedNetwork(plan.initialNetwork(), 0, Optional.of(plan), Optional.empty());
  }

  ServedNetwork with(Acceptance accepting) {
    return new ServedNetwork(network, epochs, plan, Optional.of(accepting));
  }

  Model model() {
    Provenance provenance =
        new Provenance(
            "data/mnist", Map.of(), "", Map.of(), epochs, VALIDATION_ACCURACY, TEST_ACCURACY);
    return new Model(network, plan, provenance, acceptance);
  }

  DigitServer serve() {
    return serve(0);
  }

  /**
   * @param port 0 for any that is free
   */
  DigitServer serve(int port) {
    return DigitServer.start("model.handspun", model(), Kernels.fastest(), "127.0.0.1", port);
  }
}
