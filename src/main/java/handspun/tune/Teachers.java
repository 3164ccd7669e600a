package handspun.tune;

import handspun.data.Teacher;
import handspun.files.Location;
import handspun.run.TaughtData;
import handspun.store.Model;
import handspun.store.ModelFile;
import handspun.train.Plan;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The teachers of a search's trials, each model read once. */
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
    return Optional.of(TaughtData.teacher(plan, this::model));
  }

  private Model model(Location place) {
    return models.computeIfAbsent(place.toString(), name -> ModelFile.read(place));
  }

  /** {@return SHA-256 of the parameters of the models that were asked for, by place} */
  synchronized SortedMap<String, String> sha256() {
    SortedMap<String, String> sums = new TreeMap<>();
    models.forEach((place, model) -> sums.put("teacher " + place, model.network().sha256()));
    return sums;
  }
}
