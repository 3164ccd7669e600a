package handspun.store;

import handspun.network.Network;
import handspun.train.Plan;
import java.util.Optional;

/**
 * A network that was trained or imported, with what is known about it.
 *
 * @param network topology and parameters
 * @param plan the hyperparameters that it was trained with; empty for an imported network
 * @param provenance data, date, versions and accuracies
 */
public record Model(Network network, Optional<Plan> plan, Provenance provenance) {}
