package handspun.spark;

import handspun.HandspunException;
import handspun.math.Kernels;
import handspun.parallel.CancelledException;
import handspun.parallel.EpochLoop;
import handspun.parallel.Placement;
import handspun.parallel.Team;
import handspun.train.Plan;
import handspun.wire.WireException;
import java.io.Serializable;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.spark.BarrierTaskContext;
import org.apache.spark.BarrierTaskInfo;
import org.apache.spark.SparkEnv;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction1;

/**
 * One partition's work in a training job: epoch after epoch, as the driver assigns them. What it
 * learns it reports to the driver; it leaves no result behind.
 */
final class ExchangeTask extends AbstractFunction1<Iterator<Integer>, Iterator<Integer>>
    implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String run;
  private final Plan plan;
  private final Shards shards;
  private final WireSettings settings;

  ExchangeTask(String run, Plan plan, Shards shards, WireSettings settings) {
    this.run = run;
    this.plan = plan;
    this.shards = shards;
    this.settings = settings;
  }

  /** {@return how many tasks of this kind the job has} */
  int partitions() {
    return shards.partitions();
  }

  /** {@return what the job does, for Spark's page} */
  String title() {
    return "Training " + plan.topology();
  }

  /** {@return how long an executor may be silent, or take to let go of its tasks} */
  Duration timeout() {
    return settings.timeout();
  }

  @Override
  public Iterator<Integer> apply(Iterator<Integer> tasks) {
    BarrierTaskContext context = BarrierTaskContext.get();
    List<String> executors =
        Arrays.stream(context.getTaskInfos()).map(BarrierTaskInfo::address).toList();
    Placement.Place place = Placement.of(executors, tasks.next());
    Team team =
        ExecutorShared.join(
            run,
            place.placement().partitions(),
            () -> new Team(plan, shards.partitioning(plan), place.placement()));
    Coordinator coordinator = ExecutorShared.coordinator(run, place.placement().executors());
    try {
      coordinator.arrive(arrival());
      runEpochs(team, place.partition(), coordinator, context::isInterrupted);
      // Its one number has been taken.
      return tasks;
    } catch (Throwable e) {
      boolean isFirst = team.breakUp(e);
      if (isFirst && !context.isInterrupted()) {
        tell(coordinator, e);
      }
      if (!isFirst || e instanceof WireException || e instanceof CancelledException) {
        throw KilledTask.because(e);
      }
      throw e;
    } finally {
      // Longer than the driver waits for Spark to see the job off.
      ExecutorShared.leave(run, settings.timeout().multipliedBy(2));
      coordinator.leave(SparkEnv.get().executorId());
    }
  }

  private static Arrival arrival() {
    return new Arrival(
        SparkEnv.get().executorId(), SparkInternals.host(), Kernels.fastest().description());
  }

  /** The driver learns at once, and in plain words, what Spark would wrap into a report. */
  private static void tell(Coordinator coordinator, Throwable failure) {
    boolean isForPeople = failure instanceof HandspunException;
    boolean isPlain = isForPeople || failure instanceof WireException;
    try {
      coordinator.fault(isPlain ? failure.getMessage() : failure.toString(), isForPeople);
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  private void runEpochs(
      Team team, int partition, Coordinator coordinator, BooleanSupplier cancelled) {
    int partitionsHere = team.placement().partitions();
    shards.requireRoom(partition, partitionsHere);
    team.publish(partition, shards.training(partition));
    EpochLoop loop =
        new EpochLoop(team, partition, shards.validation(partition), Kernels.fastest(), cancelled);
    // Reading may take minutes, which another executor is not to wait for in a mini-batch.
    team.meet(cancelled);
    if (loop.leads() && team.hasOthers()) {
      connect(team, loop, coordinator, cancelled);
    }
    int assigned = 0;
    while (true) {
      if (loop.leads()) {
        Assignment next = coordinator.next(assigned, partitionsHere, cancelled);
        assigned = next.number();
        begin(team, next);
      }
      team.meet(cancelled);
      if (team.isOver()) {
        return;
      }
      coordinator.report(loop.runEpoch());
      if (loop.leads()) {
        // While the driver looks at what came of this epoch.
        team.prepare(team.epoch() + 1);
      }
    }
  }

  private static void begin(Team team, Assignment next) {
    if (next.isNone()) {
      team.end();
    } else {
      team.begin(next.start());
    }
  }

  private void connect(
      Team team, EpochLoop loop, Coordinator coordinator, BooleanSupplier cancelled) {
    int round = Math.min(plan.localSteps(), shards.partitioning(plan).miniBatches().count());
    PeerDiscovery discovery =
        new PeerDiscovery(settings, round, team.placement(), coordinator, cancelled);
    team.connect(discovery.connect(loop.contribution()));
  }
}
