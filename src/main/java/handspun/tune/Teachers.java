package handspun.tune;

import handspun.data.Teacher;
import handspun.run.TaughtData;
import handspun.store.Model;
import handspun.train.Hyperparameters;
import handspun.train.Plan;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The teachers of a search's trials, each read once. */
final class Teachers {
  private final SortedMap<String, Model> models = new TreeMap<>();

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
    Model model =
        models.computeIfAbsent(
            plan.get(Hyperparameters.TEACHER), place -> TaughtData.teacher(plan));
    return Optional.of(TaughtData.teacher(plan, model));
  }

  /** {@return SHA-256 of the parameters of those that were asked for, by place} */
  synchronized SortedMap<String, String> sha256() {
    SortedMap<String, String> sums = new TreeMap<>();
    models.forEach((place, model) -> sums.put("teacher " + place, model.network().sha256()));
    return sums;
  }
}
