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
import handspun.train.TeacherPlaces;
import handspun.train.TrainedTeacher;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

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
    TrainedTeacher knows = teacher(plan, ModelFile::read);
    Map<String, String> sums = new HashMap<>(data.sha256());
    sums.put(Teacher.NAME, knows.sha256());
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
   * @param plan one that has a teacher
   * @param read reads a model
   * @return the teacher
   * @throws UsageException if a model of it has other inputs or outputs than the plan
   * @throws handspun.HandspunException if there is no such model
   */
  public static TrainedTeacher teacher(Plan plan, Function<Location, Model> read) {
    List<TrainedTeacher.Member> members = new ArrayList<>();
    for (Location place : places(plan)) {
      Model model = read.apply(place);
      requireFits(plan, place, model.network().topology());
      members.add(new TrainedTeacher.Member(model.network(), model.preprocessing()));
    }
    return new TrainedTeacher(members, plan.get(Hyperparameters.TEMPERATURE));
  }

  private static List<Location> places(Plan plan) {
    return TeacherPlaces.parse(
            plan.get(Hyperparameters.TEACHER), place -> Location.of(place, HadoopSettings.HERE))
        .locations();
  }

  private static void requireFits(Plan plan, Location place, Topology teacher) {
    Topology pupil = plan.topology();
    if (teacher.inputs() != pupil.inputs() || teacher.outputs() != pupil.outputs()) {
      throw new UsageException(
          "The teacher %s is a network %s, but one that teaches a network %s has %d inputs and %d outputs: choose another teacher, or other layers."
              .formatted(place, teacher, pupil, pupil.inputs(), pupil.outputs()));
    }
  }
}
