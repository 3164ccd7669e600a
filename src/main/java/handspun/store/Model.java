package handspun.store;

import handspun.image.Preprocessing;
import handspun.network.Activation;
import handspun.network.Cost;
import handspun.network.Network;
import handspun.network.QuadraticCost;
import handspun.train.Hyperparameters;
import handspun.train.Plan;
import java.util.Optional;

/**
 * A network that was trained or imported, with what is known about it: the plan, unless it was
 * imported, and data, date, versions and accuracies.
 *
 * @param network whose hidden layers have the plan's activation; without a plan, sigmoid units
 */
public record Model(Network network, Optional<Plan> plan, Provenance provenance) {
  /**
   * @throws IllegalArgumentException if the network has another activation, which a file would lose
   */
  public Model {
    if (network.activation() != activation(plan)) {
      throw new IllegalArgumentException(
          "The network has %s units, but its plan says %s."
              .formatted(network.activation(), activation(plan)));
    }
  }

  /** {@return what units of hidden layers compute; sigmoids where nobody says} */
  static Activation activation(Optional<Plan> plan) {
    return plan.map(known -> known.get(Hyperparameters.ACTIVATION)).orElse(Activation.SIGMOID);
  }

  /** {@return what is done to an image before the network sees it; nothing where nobody says} */
  public Preprocessing preprocessing() {
    return plan.map(known -> known.get(Hyperparameters.PREPROCESS)).orElse(Preprocessing.NONE);
  }

  /** {@return what was made small in training; the quadratic cost where nobody says} */
  public Cost cost() {
    return plan.map(known -> known.get(Hyperparameters.COST)).orElse(new QuadraticCost());
  }
}
