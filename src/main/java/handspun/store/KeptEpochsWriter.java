package handspun.store;

import handspun.HandspunException;
import handspun.files.Location;
import handspun.network.Network;
import handspun.train.Plan;
import handspun.train.TrainingListener;
import handspun.train.TrainingState;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Keeps the network of every epoch in the run's folder, as {@link KeptEpochs} reads it, in the
 * background. Where all would take too much, they are thinned out by {@link Thinning}. Which epochs
 * are kept in the end is a function of their number and of the network's size alone.
 *
 * <p>What cannot be written is left out, which is said once, and training goes on. Then half as
 * many may be kept: where the disk is full, they make room for checkpoint and model, which matter
 * more.
 */
public final class KeptEpochsWriter implements TrainingListener {
  /** A person does not look at more, and a folder of so many files is still a small one. */
  static final int MOST = 1_000;

  private static final long MEGABYTE = 1_000_000;

  private final KeptEpochs kept;
  private final long megabytes;
  private final BackgroundWriter background;

  /** By the epoch: what is to be written, and is not taken up yet. */
  private final TreeMap<Integer, Network> waiting = new TreeMap<>();

  private Thinning thinning;
  private int newest;

  /** The epoch that is being written; none if too large. */
  private int current = Integer.MAX_VALUE;

  /** Of the thread that writes: which epochs have a file, once it has looked. */
  private final TreeSet<Integer> written = new TreeSet<>();

  private boolean hasLooked;

  /**
   * @param folder the run's
   * @param megabytes how many the files may take; 0 to keep nothing. A network that takes more than
   *     half of it is kept alone, the newest one
   * @param warning is told, once, if an epoch cannot be written
   */
  public KeptEpochsWriter(Location folder, Plan plan, int megabytes, Consumer<String> warning) {
    kept = new KeptEpochs(folder);
    this.megabytes = megabytes;
    long fitting = megabytes * MEGABYTE / KeptEpochs.size(plan.topology());
    thinning = new Thinning((int) Math.min(MOST, fitting));
    background = new BackgroundWriter("epochs", warning);
  }

  @Override
  public void reached(TrainingState state) {
    if (megabytes > 0) {
      add(state.epochsDone(), state.network());
      background.submit(this::writeWaiting);
    }
  }

  private synchronized void add(int epoch, Network network) {
    newest = epoch;
    waiting.put(epoch, network);
    // So what waits takes no more memory than the files may take.
    waiting.keySet().removeIf(this::isTooMuch);
  }

  private synchronized boolean isTooMuch(int epoch) {
    return !thinning.keeps(epoch, newest);
  }

  private synchronized void keepHalf() {
    thinning = thinning.half();
  }

  private void writeWaiting() {
    HandspunException failure = null;
    for (Map.Entry<Integer, Network> next = next(); next != null; next = next()) {
      try {
        write(next.getKey(), next.getValue());
      } catch (HandspunException e) {
        failure = e;
        keepHalf();
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  /** The first that waits; null if none does. */
  private synchronized Map.Entry<Integer, Network> next() {
    Map.Entry<Integer, Network> next = waiting.pollFirstEntry();
    current = next == null ? Integer.MAX_VALUE : next.getKey();
    notifyAll();
    return next;
  }

  private void write(int epoch, Network network) {
    if (!hasLooked) {
      kept.makeFolder();
      written.addAll(kept.epochs());
      hasLooked = true;
    }
    // First, so that there are never too many, not even of a run that goes on from an earlier
    // epoch.
    for (Integer other : written.stream().filter(this::isTooMuch).toList()) {
      kept.delete(other);
      written.remove(other);
    }
    kept.write(epoch, network);
    written.add(epoch);
  }

  /**
   * Waits until an epoch and those before it are written, but not for long.
   *
   * @param patienceMillis for so long at most
   */
  synchronized void awaitWritten(int epoch, long patienceMillis) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patienceMillis);
    try {
      while (current <= epoch || (!waiting.isEmpty() && waiting.firstKey() <= epoch)) {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (left <= 0) {
          return;
        }
        wait(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits until all is written. */
  @Override
  public void ended() {
    background.close();
  }
}
