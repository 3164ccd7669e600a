package handspun.store;

import handspun.image.Preprocessing;
import handspun.network.Cost;
import handspun.network.Network;
import handspun.network.QuadraticCost;
import handspun.network.Units;
import handspun.train.Acceptance;
import handspun.train.Hyperparameters;
import handspun.train.Plan;
import java.util.Optional;

/**
 * A network that was trained or imported, with what is known about it: the plan, unless it was
 * imported, and data, date, versions and accuracies.
 *
 * @param network whose units compute what the plan says; without a plan, sigmoids
 * @param acceptance what decides which of its answers are digits; empty if all are
 */
public record Model(
    Network network, Optional<Plan> plan, Provenance provenance, Optional<Acceptance> acceptance) {
  /**
   * @throws IllegalArgumentException if its units compute something else, which a file would lose
   */
  public Model {
    if (!network.units().equals(units(plan))) {
      throw new IllegalArgumentException(
          "The network has %s, but its plan says %s.".formatted(network.units(), units(plan)));
    }
  }

  /** A model all of whose answers are digits. */
  public Model(Network network, Optional<Plan> plan, Provenance provenance) {
    this(network, plan, provenance, Optional.empty());
  }

  /** {@return what the units compute; sigmoids where nobody says} */
  static Units units(Optional<Plan> plan) {
    return plan.map(Plan::units).orElse(Units.SIGMOID);
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
