package handspun.store;

/**
 * Which epochs a run keeps where it may not keep all: every second one, every fourth and so on, as
 * few as needed, and always the newest. How many there will be need not be known.
 *
 * @param most how many may be kept; with less than 2 only the newest is, whatever it takes
 */
record Thinning(int most) {
  /**
   * {@return whether an epoch is kept}
   *
   * @param epoch from 0
   * @param newest how many epochs are done
   */
  boolean keeps(int epoch, int newest) {
    return epoch == newest || (most > 1 && epoch < newest && epoch % step(newest) == 0);
  }

  /** {@return what keeps half as many} */
  Thinning half() {
    return new Thinning(most / 2);
  }

  /** The least power of two of which, with the newest, not too many multiples are done. */
  private long step(int newest) {
    long step = 1;
    while ((newest + step - 1) / step + 1 > most) {
      step *= 2;
    }
    return step;
  }
}
