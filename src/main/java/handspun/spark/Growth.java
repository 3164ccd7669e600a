package handspun.spark;

import handspun.parallel.PartitionChoice;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * How many partitions there are where executors come and go. Newcomers are taken in before an
 * epoch, up to what can be busy. Whether that has made epochs faster is then measured, and if not,
 * there are as many partitions as before: small mini-batches take longer on several machines than
 * on one. The result does not depend on any of this.
 */
final class Growth {
  /** Executors come one after the other, and each change costs the start of a Spark job. */
  private static final Duration STEADY = Duration.ofSeconds(2);

  /** Of so many epochs the fastest counts. */
  private static final int COUNTED = 3;

  /** So many epochs after a change do not: where an executor is new, Java still compiles. */
  private static final int NOT_COUNTED = 2;

  /** More than noise. */
  private static final double SLOWER = 1.05;

  private final boolean isTold;
  private final Deque<Double> seconds = new ArrayDeque<>();
  private Optional<Pace> before = Optional.empty();
  private int most;
  private int epochs;
  private int slots;
  private long slotsSince;

  /** How long an epoch takes with so many partitions. */
  private record Pace(int partitions, double seconds) {}

  /**
   * From now on there are so many partitions.
   *
   * @param notice tells it to a person
   */
  record Change(int partitions, String notice) {}

  /**
   * @param most partitions that can be busy
   * @param isTold whether a person wants so many, even if that is not faster
   */
  Growth(int most, boolean isTold) {
    this.most = most;
    this.isTold = isTold;
  }

  /** {@return how a choice may grow: one that a person has made only to what it was} */
  static Growth of(PartitionChoice choice) {
    return new Growth(choice.most(), choice.most() == choice.partitions());
  }

  /** {@return the most partitions that there may be} */
  int most() {
    return most;
  }

  /** An epoch took so long. */
  void took(double epochSeconds) {
    epochs++;
    if (epochs > NOT_COUNTED) {
      seconds.addLast(epochSeconds);
    }
    if (seconds.size() > COUNTED) {
      seconds.removeFirst();
    }
  }

  /** The number of partitions was changed for another reason. */
  void changed() {
    seconds.clear();
    epochs = 0;
    before = Optional.empty();
  }

  /**
   * Asks before an epoch whether the number of partitions is to change; then it does.
   *
   * @param epoch that is about to begin
   * @param partitions how many there are
   * @param slotsNow how many tasks can run at once, now
   * @param areWarm whether so many of them are ready; asked only of more than there are partitions
   * @param nanos the time
   */
  Optional<Change> next(int epoch, int partitions, int slotsNow, IntPredicate areWarm, long nanos) {
    if (slotsNow != slots) {
      slots = slotsNow;
      slotsSince = nanos;
    }
    if (before.isPresent()) {
      return seconds.size() < COUNTED ? Optional.empty() : judge(epoch, partitions);
    }
    int possible = Math.min(most, slotsNow);
    boolean isSteady = possible == most || nanos - slotsSince >= STEADY.toNanos();
    if (possible <= partitions || !areWarm.test(possible) || !isSteady) {
      return Optional.empty();
    }
    Optional<Pace> now =
        isTold || seconds.isEmpty()
            ? Optional.empty()
            : Optional.of(new Pace(partitions, fastest()));
    changed();
    before = now;
    return Optional.of(
        new Change(
            possible,
            "From epoch %d on there are %d partitions, since executors have come."
                .formatted(epoch, possible)));
  }

  private Optional<Change> judge(int epoch, int partitions) {
    Pace then = before.orElseThrow();
    double now = fastest();
    if (now <= SLOWER * then.seconds) {
      before = Optional.empty();
      return Optional.empty();
    }
    most = then.partitions;
    changed();
    return Optional.of(
        new Change(
            most,
            String.format(
                Locale.ROOT,
                "From epoch %d on there %s again: an epoch took %.3f s, and takes %.3f s with %d (--partitions %d has them all the same).",
                epoch,
                most == 1 ? "is 1 partition" : "are " + most + " partitions",
                then.seconds,
                now,
                partitions,
                partitions)));
  }

  private double fastest() {
    return seconds.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
  }
}
