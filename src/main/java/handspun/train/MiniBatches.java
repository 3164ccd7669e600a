package handspun.train;

import handspun.math.RandomStream;
import handspun.math.RandomUse;
import handspun.math.Share;
import java.util.Arrays;

/**
 * Which examples make which mini-batch: a function of the plan and the epoch, and of nothing else.
 *
 * <p>An epoch visits every training example once, in mini-batches of {@code size}; the last may be
 * smaller. Of every mini-batch each lane takes its {@link Share}, in lane order. A lane owns a
 * contiguous range of the training set, just as many examples as its shares add up to, and visits
 * them in an order that is shuffled anew every epoch.
 *
 * @param examples training examples, at least {@code size}
 * @param size examples per mini-batch
 * @param lanes number of lanes, 1..size
 */
public record MiniBatches(int examples, int size, int lanes) {
  /**
   * @param examples number of training examples
   */
  public MiniBatches(int examples, Plan plan) {
    this(examples, plan.miniBatch(), plan.lanes());
  }

  /** {@return mini-batches in an epoch} */
  public int count() {
    return (examples + size - 1) / size;
  }

  /**
   * @param miniBatch from 0
   * @return its number of examples: {@code size}, or what is left for the last
   */
  public int size(int miniBatch) {
    return Math.min(size, examples - miniBatch * size);
  }

  /**
   * @param miniBatch from 0
   * @return where it starts in an epoch's {@link #order}; for the number of mini-batches, the
   *     number of all examples
   */
  public int start(int miniBatch) {
    return (int) Math.min((long) miniBatch * size, examples);
  }

  /**
   * {@return the first training example that the lane owns; for the number of lanes, that of all
   * examples}
   */
  public int laneStart(int lane) {
    int full = examples / size;
    int rest = examples % size;
    if (lane == lanes) {
      return examples;
    }
    Share share = new Share(lane, lanes);
    return full * share.from(size) + share.from(rest);
  }

  /**
   * The order in which an epoch visits the training examples. Mini-batch {@code t} is the elements
   * {@code t * size .. t * size + size(t)}; within it, lane {@code l} has the elements of its
   * {@link Share} of {@code size(t)}.
   *
   * @param seed the plan's
   * @param epoch from 1
   * @return a permutation of 0..examples-1
   */
  public int[] order(long seed, int epoch) {
    int[] order = new int[examples];
    for (int l = 0; l < lanes; l++) {
      int[] lane = shuffledLane(seed, epoch, l);
      Share share = new Share(l, lanes);
      int next = 0;
      for (int t = 0; t < count(); t++) {
        int taken = share.size(size(t));
        System.arraycopy(lane, next, order, t * size + share.from(size(t)), taken);
        next += taken;
      }
    }
    return order;
  }

  private int[] shuffledLane(long seed, int epoch, int lane) {
    int start = laneStart(lane);
    int[] examplesOfLane = new int[laneStart(lane + 1) - start];
    Arrays.setAll(examplesOfLane, i -> start + i);
    new RandomStream(RandomUse.ORDER, seed, epoch, lane).shuffle(examplesOfLane);
    return examplesOfLane;
  }
}
