package handspun.spark;

import handspun.data.Dataset;
import handspun.data.Examples;
import handspun.data.Teacher;
import handspun.parallel.CancelledException;
import handspun.parallel.PartialTraining;
import handspun.train.Plan;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;

/**
 * A {@link PartialTraining} as the one task of a job. Spark runs it again elsewhere if its executor
 * is lost, to the same bits.
 *
 * @param shards all training and validation examples; test examples do not come here
 * @param neighbours how many such tasks an executor runs at a time
 * @param teacher of the plan, serialized, so that a large one is no part of the task; an empty
 *     array for none
 * @param start checkpoint to go on from; no bytes for none
 */
record PartialTrainingTask(
    String name,
    Plan plan,
    Shards shards,
    int neighbours,
    Broadcast<byte[]> teacher,
    Broadcast<byte[]> start,
    int lastEpoch)
    implements Function<Integer, byte[]> {
  private static final long serialVersionUID = 1L;

  private Optional<Teacher> readTeacher() {
    byte[] bytes = teacher.value();
    return bytes.length == 0
        ? Optional.empty()
        : Optional.of((Teacher) Serialization.deserialize(bytes));
  }

  @Override
  public byte[] call(Integer number) {
    shards.requireRoom(0, neighbours);
    Examples training = shards.training(0);
    Examples validation = shards.validation(0);
    Dataset data = new Dataset(training, validation, validation.slice(0, 0), name, Map.of());
    TaskContext context = TaskContext.get();
    try {
      return Serialization.serialize(
          new PartialTraining(name, plan, readTeacher(), start::value, lastEpoch)
              .run(data, context::isInterrupted));
    } catch (CancelledException e) {
      throw KilledTask.because(e);
    }
  }
}
