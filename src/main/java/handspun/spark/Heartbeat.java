package handspun.spark;

import handspun.parallel.Team;
import handspun.train.PartitionWork;
import java.io.Serializable;
import java.util.List;

/**
 * A sign of life of an executor.
 *
 * @param executor its number
 * @param epoch that it is at; 0 before the first
 * @param miniBatchesDone in that epoch
 * @param work what its partitions, which are neighbours, have done since the job began
 */
record Heartbeat(int executor, int epoch, int miniBatchesDone, List<PartitionWork> work)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  static Heartbeat of(Team team) {
    return new Heartbeat(
        team.placement().executor(), team.epoch(), team.miniBatchesDone(), team.work());
  }
}
