package handspun.store;

import handspun.network.Cost;
import handspun.network.Network;
import handspun.network.QuadraticCost;
import handspun.train.Hyperparameters;
import handspun.train.Plan;
import java.util.Optional;

/**
 * A network that was trained or imported, with what is known about it: the plan, unless it was
 * imported, and data, date, versions and accuracies.
 */
public record Model(Network network, Optional<Plan> plan, Provenance provenance) {

  /** {@return what was made small in training; the quadratic cost where nobody says} */
  public Cost cost() {
    return plan.map(known -> known.get(Hyperparameters.COST)).orElse(new QuadraticCost());
  }
}
