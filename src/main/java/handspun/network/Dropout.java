package handspun.network;

import handspun.math.RandomStream;
import handspun.math.RandomUse;

/**
 * Dropout: for every example, each hidden unit is left out with probability p, and what the others
 * give is multiplied by {@code 1 / (1 - p)}, so that the whole network can be used as it is
 * (Srivastava et al., "Dropout: A Simple Way to Prevent Neural Networks from Overfitting", JMLR 15,
 * 2014, section 10). Which units, is a function of the seed, the epoch, the example, the layer and
 * the unit.
 *
 * <p>Not for several threads at once.
 */
public final class Dropout implements HiddenUnits {
  /** A random number of 64 bits decides for four units. */
  private static final int BITS = 16;

  private final Layout layout;
  private final AsTheyAre units;
  private final long seed;
  private final int threshold;
  private final float scale;
  private final RandomStream random = new RandomStream(RandomUse.DROPOUT);
  private int epoch;
  private int[] examples = {};

  /** Activations before units were left out, a padded row an example. */
  private final float[][] all;

  /** What activations were multiplied by: 0 or {@link #scale}. */
  private final float[][] factors;

  /**
   * @param rate probability of being left out, above 0 and below 1, in steps of 2^-16
   * @param seed the plan's
   * @param most how many rows there are at most
   */
  public Dropout(Layout layout, AsTheyAre units, float rate, long seed, int most) {
    this.layout = layout;
    this.units = units;
    this.seed = seed;
    threshold = Math.round(rate * (1 << BITS));
    scale = 1 / (1 - rate);
    all = layout.newRows(most);
    factors = layout.newRows(most);
  }

  @Override
  public void begin(int numberOfEpoch, int[] numbers) {
    epoch = numberOfEpoch;
    examples = numbers;
  }

  @Override
  public void activate(int layer, float[] z, int at, int count) {
    units.activate(layer, z, at, count);
    System.arraycopy(z, at, all[layer], at, count);
    int stride = layout.stride(layer);
    for (int row = at, e = 0; row < at + count; row += stride, e++) {
      draw(layer, examples[e], row);
    }
    multiply(z, factors[layer], at, count);
  }

  private void draw(int layer, int example, int row) {
    float[] drawn = factors[layer];
    random.restart(RandomUse.DROPOUT, seed, epoch, example, layer);
    long bits = 0;
    for (int o = 0; o < layout.topology().size(layer); o++) {
      bits = o % (Long.SIZE / BITS) == 0 ? random.nextLong() : bits >>> BITS;
      drawn[row + o] = (bits & ((1 << BITS) - 1)) < threshold ? 0 : scale;
    }
  }

  @Override
  public void errors(int layer, float[] a, float[] deltas, int at, int count) {
    units.errors(layer, all[layer], deltas, at, count);
    multiply(deltas, factors[layer], at, count);
  }

  private static void multiply(float[] numbers, float[] by, int at, int count) {
    for (int t = at; t < at + count; t++) {
      numbers[t] *= by[t];
    }
  }
}
