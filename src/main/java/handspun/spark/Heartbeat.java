package handspun.spark;

import handspun.parallel.Team;
import handspun.train.PartitionWork;
import handspun.train.Progress;
import handspun.wire.Peer;
import java.io.Serializable;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

  /**
   * {@return how far all executors are, which is as far as the slowest}
   *
   * @param all the last of each executor, in their order
   * @param running the epoch that was assigned last
   * @param peers by number; only needed if there are several
   */
  static Progress progress(Collection<Heartbeat> all, int running, Map<Integer, Peer> peers) {
    // Side by side, the others wait for whoever computes longest.
    Heartbeat slowest =
        Collections.min(
            all,
            Comparator.comparingInt((Heartbeat heartbeat) -> heartbeat.doneOf(running))
                .thenComparing(Heartbeat::computeNanos, Comparator.reverseOrder()));
    return new Progress(
        slowest.doneOf(running),
        Optional.ofNullable(all.size() == 1 ? null : peers.get(slowest.executor))
            .map(peer -> "executor " + peer.id()),
        all.stream().flatMap(heartbeat -> heartbeat.work.stream()).toList());
  }

  private int doneOf(int running) {
    return epoch == running ? miniBatchesDone : 0;
  }

  private long computeNanos() {
    return work.stream().mapToLong(PartitionWork::computeNanos).max().orElse(0);
  }
}
