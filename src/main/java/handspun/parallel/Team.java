package handspun.parallel;

import handspun.data.Examples;
import handspun.image.TracedImages;
import handspun.math.Kernels;
import handspun.math.Share;
import handspun.network.Layout;
import handspun.train.EpochStart;
import handspun.train.LearningRate;
import handspun.train.ModelState;
import handspun.train.Optimizer;
import handspun.train.PartitionWork;
import handspun.train.Plan;
import handspun.train.WorkingModel;
import handspun.wire.AllReduce;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The threads of one process that train together, and the memory in which they meet: the
 * parameters, of which there is one copy, the examples, and how far they are. The first of them
 * exchanges parts of a mini-batch with the teams of other processes, if there are any.
 *
 * <p>What is written before a {@link #meet} may be read by all after it.
 */
public final class Team implements AutoCloseable {
  private final Plan plan;
  private final Partitioning partitioning;
  private final Placement placement;
  private final Layout layout;
  private final Optimizer optimizer;
  private final LearningRate rates;
  private final WorkingModel model;
  private final LocalExamples examples;
  private final MemoryBarrier barrier;
  private final TracedImages strokes = new TracedImages();
  private final WorkClock[] clocks;
  private final Summation.Factory summations;
  private volatile Optional<AllReduce> others = Optional.empty();
  private int[] preparedOrder = {};
  private int preparedEpoch;

  /** Mini-batches of the training before those that were begun. */
  private long miniBatchesBefore;

  private int stalls;
  private boolean over;
  private volatile int epoch;
  private volatile int miniBatchesDone;

  public Team(Plan plan, Partitioning partitioning, Placement placement) {
    this.plan = plan;
    this.partitioning = partitioning;
    this.placement = placement;
    layout = new Layout(plan.topology());
    optimizer = Optimizer.of(plan, partitioning.miniBatches().count());
    rates = new LearningRate(plan, partitioning.miniBatches().count());
    model = WorkingModel.of(layout, optimizer);
    examples = new LocalExamples(partitioning);
    barrier = new MemoryBarrier(placement.threads());
    clocks = new WorkClock[placement.partitions()];
    Arrays.setAll(clocks, i -> new WorkClock());
    summations = Summation.among(this);
  }

  /**
   * @param afterStep called whenever a lane has done its share of a mini-batch; what it throws ends
   *     the computing
   * @return how that thread sums mini-batches
   */
  public Summation summation(int partition, Kernels kernels, Runnable afterStep) {
    return summations.of(partition, kernels, afterStep);
  }

  /** Shows a partition's examples to the other threads, from the next {@link #meet} on. */
  public void publish(int partition, Examples block) {
    examples.publish(partition, block);
  }

  /**
   * Goes on in touch with other processes.
   *
   * @param allReduce which belongs to this team now
   */
  public void connect(AllReduce allReduce) {
    others = Optional.of(allReduce);
  }

  /** {@return whether some partitions are in other processes} */
  public boolean hasOthers() {
    return placement.executors() > 1;
  }

  /**
   * Begins an epoch; for one thread only, and the others may go on after the next {@link #meet}.
   */
  public void begin(EpochStart start) {
    prepare(start.epoch());
    miniBatchesDone = 0;
    begin(preparedOrder, 0, start);
  }

  /**
   * Begins some mini-batches of an epoch.
   *
   * @param order of their examples
   * @param before mini-batches of the epoch before them
   */
  public void begin(int[] order, int before, EpochStart start) {
    examples.setOrder(order);
    stalls = start.stalls();
    miniBatchesBefore = (start.epoch() - 1L) * partitioning.miniBatches().count() + before;
    model.set(start.model(), layout);
    epoch = start.epoch();
  }

  /** Does in advance what can be done in advance of an epoch. */
  public void prepare(int number) {
    if (preparedEpoch != number) {
      preparedOrder = partitioning.miniBatches().order(plan.seed(), number);
      preparedEpoch = number;
    }
  }

  /** There are no more epochs; for one thread only, and all know after the next {@link #meet}. */
  public void end() {
    over = true;
  }

  /** {@return whether there are no more epochs} */
  public boolean isOver() {
    return over;
  }

  /**
   * Makes the step that a mini-batch asks for, over a share of the parameters' rows.
   *
   * @param place in the order, of any example of the mini-batch
   * @param share that nobody else changes now
   */
  public void apply(Summation summation, int place, Share share) {
    summation.apply(optimizer, model, number(place), rate(place));
    summation.worker().refreshTransposed(model.w(), share);
  }

  /**
   * Brings all processes everybody's part of a mini-batch; for the first thread only, while the
   * others wait.
   *
   * @return nanoseconds that it waited for other processes
   */
  long exchange(BooleanSupplier cancelled) {
    AllReduce allReduce = others.orElseThrow();
    long before = allReduce.waitNanos();
    allReduce.run(cancelled);
    return allReduce.waitNanos() - before;
  }

  /**
   * The factor of errors with which gradients become a step, by plain gradient descent -eta / m.
   *
   * @param place in the order, of any example of the mini-batch
   * @param examples that are to make a step together, m
   */
  float stepFactor(int place, int examples) {
    return optimizer.factor(rate(place)) / examples;
  }

  /** The learning rate of a mini-batch, by the place in the order of any of its examples. */
  float rate(int place) {
    return rates.at(number(place) - 1, stalls);
  }

  /** A mini-batch's number, from 1, the first of the training. */
  long number(int place) {
    return miniBatchesBefore + place / plan.miniBatch() + 1;
  }

  Plan plan() {
    return plan;
  }

  Layout layout() {
    return layout;
  }

  Partitioning partitioning() {
    return partitioning;
  }

  /** {@return which partitions are in this process} */
  public Placement placement() {
    return placement;
  }

  /** How many training examples a range of processes owns. */
  int ownedBy(int from, int to) {
    return partitioning.firstExample(placement.firstPartition(to))
        - partitioning.firstExample(placement.firstPartition(from));
  }

  /** The examples that are here. */
  LocalExamples examples() {
    return examples;
  }

  /** The strokes of their images. */
  TracedImages strokes() {
    return strokes;
  }

  /** The parameters, a working vector. */
  float[] parameters() {
    return model.w();
  }

  /** The parameters, and what the optimizer remembers. */
  WorkingModel model() {
    return model;
  }

  Optimizer optimizer() {
    return optimizer;
  }

  /** {@return a copy of the parameters and of what the optimizer remembers} */
  public ModelState state() {
    return model.state(layout);
  }

  /** {@return the epoch that this process is at; 0 before the first; for any thread} */
  public int epoch() {
    return epoch;
  }

  /** {@return mini-batches of that epoch that are done; for any thread} */
  public int miniBatchesDone() {
    return miniBatchesDone;
  }

  void setMiniBatchesDone(int count) {
    miniBatchesDone = count;
  }

  /** {@return what the partitions of this process have done so far; for any thread} */
  public List<PartitionWork> work() {
    List<PartitionWork> work = new ArrayList<>();
    for (int i = 0; i < clocks.length; i++) {
      work.add(clocks[i].soFar(bytesSent(placement.firstPartition() + i)));
    }
    return work;
  }

  /** The clock of a partition of this process. */
  WorkClock clock(int partition) {
    return clocks[partition - placement.firstPartition()];
  }

  /** Bytes that this process has sent to others, told of its first partition; 0 of the others. */
  long bytesSent(int partition) {
    return partition == placement.firstPartition()
        ? others.map(AllReduce::bytesSent).orElse(0L)
        : 0;
  }

  /**
   * Waits for all threads of the team.
   *
   * @return nanoseconds that it took
   * @throws CancelledException if it ends early
   * @throws IllegalStateException if another thread has failed
   */
  public long meet(BooleanSupplier cancelled) {
    return barrier.await(cancelled);
  }

  /**
   * Tells the other threads, here and elsewhere, that this one has failed.
   *
   * @return whether it is the first to fail here
   */
  public boolean breakUp(Throwable cause) {
    boolean isFirst = barrier.breakUp(cause);
    close();
    return isFirst;
  }

  /** Closes the connections to other processes. */
  @Override
  public void close() {
    others.ifPresent(AllReduce::close);
  }
}
