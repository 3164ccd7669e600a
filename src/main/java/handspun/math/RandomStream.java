package handspun.math;

/**
 * A stream of random numbers that is a function of its key alone, the same on every machine and in
 * every version of Java.
 *
 * <p>SplitMix64 (Steele, Lea, Flood: "Fast Splittable Pseudorandom Number Generators", OOPSLA
 * 2014): a counter with a mixing function. Streams of different keys are independent for all
 * practical purposes, so every use has a key of its own: what it is for, the epoch, the lane.
 */
public final class RandomStream {
  private static final double HALF_UNIT = 0x1p-31;
  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  private long state;
  private double spareGaussian = Double.NaN;

  /** The key says what the stream is for; every part counts, in order. */
  public RandomStream(long... key) {
    for (long part : key) {
      append(part);
    }
  }

  /**
   * @param use what it is for
   * @param key of the rest, every part counts, in order
   */
  public RandomStream(RandomUse use, long... key) {
    append(use.key());
    for (long part : key) {
      append(part);
    }
  }

  /** Becomes the stream of another key, without making an object. */
  public void restart(RandomUse use, long seed, long epoch, long example, long layer) {
    spareGaussian = Double.NaN;
    state = 0;
    append(use.key());
    append(seed);
    append(epoch);
    append(example);
    append(layer);
  }

  private void append(long part) {
    state = mix(state + GOLDEN_GAMMA + mix(part + GOLDEN_GAMMA));
  }

  /** {@return 64 random bits} */
  public long nextLong() {
    state += GOLDEN_GAMMA;
    return mix(state);
  }

  /** {@return a number of -1 to 1 from the first half of some bits} */
  public static double first(long bits) {
    return (int) (bits >> 32) * HALF_UNIT;
  }

  /** {@return another one from the second half} */
  public static double second(long bits) {
    return (int) bits * HALF_UNIT;
  }

  /**
   * @param bound exclusive, at least 1
   * @return a whole number in 0..bound-1, each equally likely (Lemire's multiplication with
   *     rejection, ACM TOMACS 29(1), 2019)
   */
  public int nextInt(int bound) {
    long product = (nextLong() >>> 32) * bound;
    long low = product & 0xffffffffL;
    if (low < bound) {
      long threshold = (0x100000000L - bound) % bound;
      while (low < threshold) {
        product = (nextLong() >>> 32) * bound;
        low = product & 0xffffffffL;
      }
    }
    return (int) (product >>> 32);
  }

  /** {@return a number in 0 (inclusive) to 1 (exclusive), a multiple of 2^-53} */
  public double nextDouble() {
    return (nextLong() >>> 11) * 0x1p-53;
  }

  /**
   * {@return a number from the normal distribution of mean 0 and variance 1 (Box and Muller, 1958,
   * with {@link StrictMath}, which is the same everywhere)}
   */
  public double nextGaussian() {
    if (!Double.isNaN(spareGaussian)) {
      double spare = spareGaussian;
      spareGaussian = Double.NaN;
      return spare;
    }
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - nextDouble()));
    double angle = 2 * StrictMath.PI * nextDouble();
    spareGaussian = radius * StrictMath.sin(angle);
    return radius * StrictMath.cos(angle);
  }

  /** Shuffles in place (Durstenfeld's form of Fisher and Yates, CACM 7(7), 1964). */
  public void shuffle(int[] numbers) {
    for (int i = numbers.length - 1; i > 0; i--) {
      int j = nextInt(i + 1);
      int swapped = numbers[i];
      numbers[i] = numbers[j];
      numbers[j] = swapped;
    }
  }

  private static long mix(long z) {
    long mixed = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}
