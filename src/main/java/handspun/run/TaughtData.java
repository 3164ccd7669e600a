package handspun.run;

import handspun.UsageException;
import handspun.data.Dataset;
import handspun.data.StoredDataset;
import handspun.data.Teacher;
import handspun.data.TrainingData;
import handspun.files.Location;
import handspun.network.Topology;
import handspun.spark.HadoopSettings;
import handspun.store.Model;
import handspun.store.ModelFile;
import handspun.train.Hyperparameters;
import handspun.train.Plan;
import handspun.train.TrainedTeacher;
import java.util.HashMap;
import java.util.Map;

/** What a plan learns from where it has a teacher: the data, with the teacher's answers. */
public final class TaughtData {
  private TaughtData() {}

  /**
   * {@return the data of a plan, with the answers of its teacher, if it has one, whose SHA-256 is
   * then among those of the data; the same data if it is already}
   *
   * @throws UsageException if the teacher has other inputs or outputs
   * @throws handspun.HandspunException if there is no such teacher
   */
  static TrainingData of(Plan plan, TrainingData data) {
    if (!plan.hasTeacher() || data.sha256().containsKey(Teacher.NAME)) {
      return data;
    }
    Model model = teacher(plan);
    Teacher knows = teacher(plan, model);
    Map<String, String> sums = new HashMap<>(data.sha256());
    sums.put(Teacher.NAME, model.network().sha256());
    if (data instanceof StoredDataset stored) {
      return new StoredDataset(
          stored.training().taughtBy(knows),
          stored.validation(),
          stored.test(),
          stored.location(),
          stored.files(),
          stored.names(),
          sums);
    }
    Dataset all = data.inMemory();
    return new Dataset(
        all.training().taughtBy(knows), all.validation(), all.test(), all.location(), sums);
  }

  /**
   * {@return the model of a plan's teacher}
   *
   * @throws handspun.HandspunException if there is no such model
   */
  public static Model teacher(Plan plan) {
    return ModelFile.read(
        Location.of(plan.get(Hyperparameters.TEACHER), HadoopSettings::submitted));
  }

  /**
   * {@return a model as the teacher of a plan}
   *
   * @throws UsageException if it has other inputs or outputs than the plan
   */
  public static Teacher teacher(Plan plan, Model model) {
    Topology teacher = model.network().topology();
    Topology pupil = plan.topology();
    if (teacher.inputs() != pupil.inputs() || teacher.outputs() != pupil.outputs()) {
      throw new UsageException(
          "The teacher %s is a network %s, but one that teaches a network %s has %d inputs and %d outputs: choose another teacher, or other layers."
              .formatted(
                  plan.get(Hyperparameters.TEACHER),
                  teacher,
                  pupil,
                  pupil.inputs(),
                  pupil.outputs()));
    }
    return new TrainedTeacher(
        model.network(), model.preprocessing(), plan.get(Hyperparameters.TEMPERATURE));
  }
}
