package handspun.tune;

import handspun.data.Teacher;
import handspun.network.Network;
import handspun.run.TaughtData;
import handspun.train.Hyperparameters;
import handspun.train.Plan;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The teachers of a search's trials, each read once. */
final class Teachers {
  private final SortedMap<String, Network> networks = new TreeMap<>();

  /**
   * {@return the teacher of a plan; empty if it has none}
   *
   * @throws handspun.UsageException if the teacher has other inputs or outputs
   * @throws handspun.HandspunException if there is no such model
   */
  synchronized Optional<Teacher> of(Plan plan) {
    if (!plan.hasTeacher()) {
      return Optional.empty();
    }
    Network network =
        networks.computeIfAbsent(
            plan.get(Hyperparameters.TEACHER), place -> TaughtData.teacher(plan));
    TaughtData.requireFits(plan, network);
    return Optional.of(new Teacher(network, plan.get(Hyperparameters.TEMPERATURE)));
  }

  /** {@return SHA-256 of the parameters of those that were asked for, by place} */
  synchronized SortedMap<String, String> sha256() {
    SortedMap<String, String> sums = new TreeMap<>();
    networks.forEach((place, network) -> sums.put("teacher " + place, network.sha256()));
    return sums;
  }
}
