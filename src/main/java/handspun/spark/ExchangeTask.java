package handspun.spark;

import handspun.HandspunException;
import handspun.data.Examples;
import handspun.math.Kernels;
import handspun.train.PartitionWork;
import handspun.train.Partitioning;
import handspun.train.Plan;
import handspun.wire.Secret;
import handspun.wire.WireException;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.spark.BarrierTaskContext;
import org.apache.spark.BarrierTaskInfo;
import org.apache.spark.TaskKilledException;
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
  private final Deal deal;
  private final WireSettings settings;
  private final Secret secret;

  /**
   * @param run the job's name
   * @param plan hyperparameters
   * @param deal which examples each partition has
   * @param settings how executors talk to each other
   * @param secret by which they know each other
   */
  ExchangeTask(String run, Plan plan, Deal deal, WireSettings settings, Secret secret) {
    this.run = run;
    this.plan = plan;
    this.deal = deal;
    this.settings = settings;
    this.secret = secret;
  }

  @Override
  public Iterator<Integer> apply(Iterator<Integer> tasks) {
    BarrierTaskContext context = BarrierTaskContext.get();
    List<String> executors =
        Arrays.stream(context.getTaskInfos()).map(BarrierTaskInfo::address).toList();
    Placement.Place place = Placement.of(executors, tasks.next());
    Partitioning partitioning = deal.partitioning(plan);
    Exchange exchange =
        ExecutorShared.enter(
            run,
            place.placement().partitions(),
            () -> new Exchange(plan, partitioning, place.placement()));
    Rendezvous rendezvous = ExecutorShared.rendezvous(run);
    try {
      runEpochs(exchange, place.partition(), rendezvous, context::isInterrupted);
      // Its one number has been taken.
      return tasks;
    } catch (Throwable e) {
      boolean isFirst = exchange.breakUp(e);
      if (isFirst && !context.isInterrupted()) {
        tell(rendezvous, e);
      }
      if (!isFirst || e instanceof WireException) {
        throw killed(e);
      }
      throw e;
    } finally {
      ExecutorShared.leave(run);
    }
  }

  /**
   * A task that goes down with another has not failed itself: Spark would count that against its
   * executor, and might send no more tasks there.
   */
  private static TaskKilledException killed(Throwable cause) {
    TaskKilledException killed = new TaskKilledException(cause.getMessage());
    killed.initCause(cause);
    return killed;
  }

  /** The driver learns at once, and in plain words, what Spark would wrap into a report. */
  private static void tell(Rendezvous rendezvous, Throwable failure) {
    boolean isForPeople = failure instanceof HandspunException;
    boolean isPlain = isForPeople || failure instanceof WireException;
    try {
      rendezvous.fault(isPlain ? failure.getMessage() : failure.toString(), isForPeople);
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  private void runEpochs(
      Exchange exchange, int partition, Rendezvous rendezvous, BooleanSupplier cancelled) {
    Placement placement = exchange.placement();
    boolean leads = partition == placement.firstPartition();
    Kernels kernels = Kernels.fastest();
    rendezvous.arrive();
    deal.requireRoom(partition, placement.partitions());
    exchange.publish(partition, deal.training(partition));
    Examples toValidate = deal.validation(partition);
    // Reading may take minutes, which another executor is not to wait for in a mini-batch.
    exchange.meet(cancelled);
    if (leads && !exchange.isAlone()) {
      int round = Math.min(plan.localSteps(), exchange.partitioning().miniBatches().count());
      Gathering gathering =
          new Gathering(settings, round, secret, placement, rendezvous, cancelled);
      exchange.connect(gathering.converse(exchange.cargo()));
    }
    WorkClock clock = exchange.clock(partition);
    EpochLoop loop = new EpochLoop(exchange, partition, kernels, cancelled);
    Validator validator = new Validator(exchange.layout(), exchange.parameters(), kernels);
    int done = 0;
    while (true) {
      if (leads) {
        exchange.begin(rendezvous.next(done, placement.partitions(), cancelled));
      }
      exchange.meet(cancelled);
      Assignment assignment = exchange.assignment();
      if (assignment.isNone()) {
        return;
      }
      clock.start();
      loop.run(0, exchange.partitioning().miniBatches().count());
      int correct = validator.correct(toValidate);
      PartitionWork work = clock.stop(exchange.bytesSent(partition));
      rendezvous.report(
          new EpochPart(
              partition,
              loop.worker().takeExamplesSeen(),
              loop.worker().takeCost(),
              correct,
              work,
              partition == 0 ? exchange.layout().toParameters(exchange.parameters()) : null));
      done = assignment.number();
      if (leads) {
        // While the driver looks at what came of this epoch.
        exchange.prepare(assignment.epoch() + 1);
      }
    }
  }
}
