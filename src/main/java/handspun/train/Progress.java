package handspun.train;

import java.util.List;
import java.util.Optional;

/**
 * How far training is, for whoever looks on.
 *
 * @param miniBatchesDone mini-batches of the running epoch that all executors have done
 * @param slowest the executor that the others wait for, as Spark's page calls it, such as "executor
 *     0"; empty unless there are several
 * @param work what each partition has done since the Spark job began, by its number; empty if
 *     nothing is known yet
 */
public record Progress(int miniBatchesDone, Optional<String> slowest, List<PartitionWork> work) {
  /** Nothing has begun. */
  public static final Progress NONE = new Progress(0, Optional.empty(), List.of());
}
