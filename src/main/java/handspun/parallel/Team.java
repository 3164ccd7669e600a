package handspun.spark;

import handspun.data.Examples;
import handspun.math.Share;
import handspun.network.Factors;
import handspun.network.Inputs;
import handspun.network.Layout;
import handspun.train.GradientWorker;
import handspun.train.LaneGradients;
import handspun.train.LaneTree;
import handspun.train.LaneTree.Merge;
import handspun.train.LaneTree.Node;
import handspun.train.PartitionWork;
import handspun.train.Partitioning;
import handspun.train.Plan;
import handspun.wire.Cargo;
import handspun.wire.Conversation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * The memory in which the tasks of a training job, in one executor, meet: the parameters, and the
 * places where every task leaves its part of a mini-batch for the others. What other executors have
 * computed, the first of the tasks fetches for all.
 *
 * <p>What is written before a {@link #meet} may be read by all after it.
 */
final class Exchange implements AutoCloseable {
  private final Plan plan;
  private final Layout layout;
  private final Partitioning partitioning;
  private final Placement placement;
  private final float[] parameters;
  private final Examples[] blocks;
  private int[] order;
  private int[] preparedOrder;
  private int preparedEpoch;

  /** The first training example of every block, and behind the last one the number of all. */
  private final int[] firstExamples;

  private final MemoryBarrier barrier;
  private final WorkClock[] clocks;
  private final Factors factors;
  private final List<Merge> merges;
  private final int[] firstRoot;
  private final float[][] sums;
  private final FactorCargo factorCargo;
  private final SumCargo sumCargo;
  private volatile Conversation conversation;
  private Assignment assignment;
  private volatile int epoch;
  private volatile int miniBatchesDone;

  /**
   * @param plan hyperparameters
   * @param partitioning who owns what
   * @param placement which partitions are in this executor
   */
  Exchange(Plan plan, Partitioning partitioning, Placement placement) {
    this.plan = plan;
    this.partitioning = partitioning;
    this.placement = placement;
    layout = new Layout(plan.topology());
    parameters = layout.newWorking();
    int partitions = partitioning.partitions();
    blocks = new Examples[partitions];
    firstExamples = IntStream.rangeClosed(0, partitions).map(partitioning::firstExample).toArray();
    barrier = new MemoryBarrier(placement.partitions());
    clocks = new WorkClock[placement.partitions()];
    Arrays.setAll(clocks, i -> new WorkClock());
    firstRoot = new int[partitions];
    boolean isAlone = placement.executors() == 1;
    if (plan.lanes() == 1) {
      factors = new Factors(layout, plan.miniBatch());
      merges = List.of();
      sums = new float[0][];
      factorCargo =
          isAlone
              ? null
              : new FactorCargo(layout, factors, plan.miniBatch(), placement, new OwnImages());
      sumCargo = null;
    } else {
      factors = null;
      List<Node> roots = new ArrayList<>();
      for (int p = 0; p < partitions; p++) {
        firstRoot[p] = roots.size();
        roots.addAll(LaneGradients.roots(partitioning, p));
      }
      merges = new LaneTree(plan.lanes()).merges(roots);
      sums = new float[roots.size()][];
      factorCargo = null;
      sumCargo = isAlone ? null : new SumCargo(partitioning, placement, layout.gradientLength());
    }
  }

  private final class OwnImages implements FactorCargo.Images {
    @Override
    public Inputs inputs(int place) {
      return blocks[owner(place)].inputs();
    }

    @Override
    public int index(int place) {
      return order[place] - firstExamples[owner(place)];
    }
  }

  /** What is exchanged with other executors; null if there are none. */
  Cargo cargo() {
    return factorCargo != null ? factorCargo : sumCargo;
  }

  /** Goes on in touch with the other executors. */
  void connect(Conversation with) {
    conversation = with;
  }

  /** Whether all partitions are in this executor. */
  boolean isAlone() {
    return placement.executors() == 1;
  }

  /**
   * Begins an epoch; for one task only, and the others may go on after the next {@link #meet}.
   *
   * @param next what the driver has assigned
   */
  void begin(Assignment next) {
    assignment = next;
    if (!next.isNone()) {
      begin(next.epoch(), next.start());
    }
  }

  /** What is to be done now. */
  Assignment assignment() {
    return assignment;
  }

  /**
   * Begins an epoch; for one task only, and the others may go on after the next {@link #meet}.
   *
   * @param number the epoch's, from 1
   * @param start the parameters to begin with; not changed
   */
  void begin(int number, float[] start) {
    prepare(number);
    order = preparedOrder;
    layout.toWorking(start, parameters);
    miniBatchesDone = 0;
    epoch = number;
  }

  /** Does in advance what can be done in advance of an epoch. */
  void prepare(int number) {
    if (preparedEpoch != number) {
      preparedOrder = partitioning.miniBatches().order(plan.seed(), number);
      preparedEpoch = number;
    }
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

  Placement placement() {
    return placement;
  }

  /** The parameters, a working vector. */
  float[] parameters() {
    return parameters;
  }

  /** The epoch's order of the training examples. */
  int[] order() {
    return order;
  }

  /** The factors of the mini-batch, by position; only with one lane. */
  Factors factors() {
    return factors;
  }

  /** How far this executor is, for whoever looks on; by any thread. */
  Pulse pulse() {
    List<PartitionWork> work = new ArrayList<>();
    for (int i = 0; i < clocks.length; i++) {
      int partition = placement.firstPartition() + i;
      work.add(clocks[i].soFar(bytesSent(partition)));
    }
    return new Pulse(placement.executor(), epoch, miniBatchesDone, work);
  }

  /** The clock of a partition of this executor. */
  WorkClock clock(int partition) {
    return clocks[partition - placement.firstPartition()];
  }

  /**
   * @return bytes that this executor has sent to others, if the partition is its first one, which
   *     speaks for it; else 0
   */
  long bytesSent(int partition) {
    Conversation talk = conversation;
    return talk == null || partition != placement.firstPartition() ? 0 : talk.bytesSent();
  }

  void setMiniBatchesDone(int count) {
    miniBatchesDone = count;
  }

  /** Shows a partition's examples to the others, from the next {@link #meet} on. */
  void publish(int partition, Examples block) {
    blocks[partition] = block;
  }

  /** Shows the sums of a partition's subtrees to the others, from the next {@link #meet} on. */
  void publish(int partition, float[][] subtreeSums) {
    System.arraycopy(subtreeSums, 0, sums, firstRoot[partition], subtreeSums.length);
  }

  /** A partition's examples. */
  Examples block(int partition) {
    return blocks[partition];
  }

  /** Has a worker take the examples at some places of the epoch's order. */
  void take(GradientWorker worker, int from, int to) {
    for (int place = from; place < to; place++) {
      int owner = owner(place);
      worker.take(blocks[owner], order[place] - firstExamples[owner]);
    }
  }

  /** Has a worker take what a share of the parameters needs of these examples. */
  void take(GradientWorker worker, int from, int to, Share share) {
    for (int place = from; place < to; place++) {
      int owner = owner(place);
      worker.take(blocks[owner].inputs(), order[place] - firstExamples[owner], share);
    }
  }

  /** The same of a whole mini-batch, also of examples that another executor has sent. */
  void take(GradientWorker worker, Positions positions, Share share) {
    for (int j = 0; j < positions.size(); j++) {
      if (positions.isOwn(j)) {
        int place = positions.first() + j;
        take(worker, place, place + 1, share);
      } else {
        Inputs received = factorCargo.received(positions.executor(j));
        worker.take(received, positions.index(j), share);
      }
    }
  }

  /**
   * Fetches everybody's part of a mini-batch and hands out this executor's; for one task only, when
   * all tasks have left theirs, and before they go on.
   *
   * @param positions of the mini-batch's examples; only with one lane
   * @param worker makes additions
   * @param cancelled whether to give up
   * @return nanoseconds that it waited for other executors
   */
  long talk(Positions positions, GradientWorker worker, BooleanSupplier cancelled) {
    long before = conversation.waitNanos();
    if (factorCargo != null) {
      factorCargo.begin(positions);
      conversation.run(cancelled);
    } else {
      talkOfSums(worker, cancelled);
    }
    return conversation.waitNanos() - before;
  }

  private void talkOfSums(GradientWorker worker, BooleanSupplier cancelled) {
    sumCargo.begin(worker);
    int end = placement.firstPartition(placement.executor() + 1);
    for (int p = placement.firstPartition(); p < end; p++) {
      sumCargo.take(p, sums, firstRoot[p]);
    }
    conversation.run(cancelled);
    sumCargo.addUp();
  }

  /**
   * Has a worker touch the examples at some places of the epoch's order, as far as there are any.
   */
  void touch(GradientWorker worker, int from, int to) {
    for (int place = from; place < Math.min(to, order.length); place++) {
      int owner = owner(place);
      worker.touch(blocks[owner], order[place] - firstExamples[owner]);
    }
  }

  private int owner(int place) {
    int example = order[place];
    int owner = 0;
    while (example >= firstExamples[owner + 1]) {
      owner++;
    }
    return owner;
  }

  /** Adds all subtree sums to the parameters, over a share of the vector. */
  void addSums(GradientWorker worker, Share share) {
    if (sumCargo != null) {
      worker.add(sumCargo.total(), parameters, share);
      return;
    }
    for (int i = 0; i < merges.size(); i++) {
      Merge merge = merges.get(i);
      worker.add(sums[merge.from()], sums[merge.to()], share);
    }
    worker.add(sums[0], parameters, share);
  }

  /**
   * Waits for all tasks of the epoch.
   *
   * @return nanoseconds that it took
   */
  long meet(BooleanSupplier cancelled) {
    return barrier.await(cancelled);
  }

  /**
   * Tells the other tasks, here and elsewhere, that this one has failed.
   *
   * @return whether it is the first to fail here
   */
  boolean breakUp(Throwable cause) {
    boolean isFirst = barrier.breakUp(cause);
    close();
    return isFirst;
  }

  /** Ends the talk with other executors. */
  @Override
  public void close() {
    if (conversation != null) {
      conversation.close();
    }
  }
}
