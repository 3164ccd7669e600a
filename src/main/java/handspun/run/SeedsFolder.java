package handspun.run;

import handspun.HandspunException;
import handspun.UsageException;
import handspun.files.Location;
import handspun.report.PlanFile;
import handspun.store.AtomicFile;
import handspun.store.CheckpointFile;
import handspun.store.RunLock;
import handspun.store.Runs;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;

/**
 * Where the trainings of one plan with several seeds write, each in a folder of its own in this
 * one, and no other process meanwhile.
 */
public final class SeedsFolder implements AutoCloseable {
  private final RunLock lock;
  private final List<SeedFigures> done;

  private SeedsFolder(RunLock lock, List<SeedFigures> done) {
    this.lock = lock;
    this.done = done;
  }

  /**
   * Makes a new folder.
   *
   * @param folder does not exist or is empty
   * @throws UsageException if it is not empty
   * @throws HandspunException if it cannot be made
   */
  public static SeedsFolder create(Location folder) {
    return new SeedsFolder(RunLock.take(Runs.newRunAt(folder)), List.of());
  }

  /**
   * Makes a new folder, named by the time.
   *
   * @param runs the folder of all; made if it does not exist
   * @throws HandspunException if it cannot be made
   */
  public static SeedsFolder createIn(Path runs) {
    Location folder = Location.of(Runs.newRun(runs, Clock.system(ZoneId.systemDefault())));
    return new SeedsFolder(RunLock.take(folder), List.of());
  }

  /**
   * Opens a folder whose trainings are to go on.
   *
   * @param folder for which {@link #isOne} says so
   * @throws HandspunException if another process trains there, or its table is damaged
   */
  public static SeedsFolder reopen(Location folder) {
    RunLock lock = RunLock.take(folder);
    try {
      return new SeedsFolder(lock, SeedsTable.read(folder.resolve(SeedsTable.NAME)));
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /** {@return whether this is a folder of several seeds, not of one training} */
  public static boolean isOne(Location folder) {
    try {
      return folder.isFolder() && AtomicFile.exists(folder.resolve(SeedsTable.NAME));
    } catch (IOException e) {
      throw HandspunException.couldNot("look into the run's folder " + folder, e);
    }
  }

  /** {@return where it is} */
  public Location location() {
    return lock.folder();
  }

  /** {@return the table of all seeds} */
  public Location table() {
    return location().resolve(SeedsTable.NAME);
  }

  /** {@return the file that tells plan, data and number of seeds} */
  public Location plan() {
    return location().resolve(PlanFile.NAME);
  }

  /** {@return the folder of the training with that seed} */
  public Location of(long seed) {
    return location().resolve(Runs.SEED + seed);
  }

  /** The seeds that were done when this was opened. */
  List<SeedFigures> done() {
    return done;
  }

  /** Opens the folder of a seed that is not done, to begin or to go on. */
  RunFolder open(long seed) {
    Location folder = of(seed);
    try {
      RunFolder part =
          AtomicFile.exists(folder.resolve(CheckpointFile.NAME))
              ? RunFolder.reopen(folder)
              : RunFolder.overwrite(folder);
      return part.partOf(location());
    } catch (IOException e) {
      throw HandspunException.couldNot("make the run's folder " + folder, e);
    }
  }

  /** Lets others write there; takes the folder away if nothing was written. */
  @Override
  public void close() {
    lock.close();
  }
}
