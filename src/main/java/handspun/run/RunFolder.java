package handspun.run;

import handspun.HandspunException;
import handspun.UsageException;
import handspun.files.Location;
import handspun.store.CheckpointFile;
import handspun.store.RunLock;
import handspun.store.Runs;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Optional;

/** Where one training writes, and no other meanwhile. */
public final class RunFolder implements AutoCloseable {
  private final RunLock lock;
  private final Optional<Resumption> resumption;
  private final Location whole;

  private RunFolder(RunLock lock, Optional<Resumption> resumption) {
    this(lock, resumption, lock.folder());
  }

  private RunFolder(RunLock lock, Optional<Resumption> resumption, Location whole) {
    this.lock = lock;
    this.resumption = resumption;
    this.whole = whole;
  }

  /**
   * Makes the folder of a new training.
   *
   * @param folder does not exist or is empty
   * @throws UsageException if it is not empty
   * @throws HandspunException if it cannot be made
   */
  public static RunFolder create(Location folder) {
    return new RunFolder(RunLock.take(Runs.newRunAt(folder)), Optional.empty());
  }

  /**
   * Makes the folder of a new training, named by the time.
   *
   * @param runs the folder of all; made if it does not exist
   * @throws HandspunException if it cannot be made
   */
  public static RunFolder createIn(Path runs) {
    Location folder = Location.of(Runs.newRun(runs, Clock.system(ZoneId.systemDefault())));
    return new RunFolder(RunLock.take(folder), Optional.empty());
  }

  /** The same where something may lie already that is not needed any more. */
  static RunFolder overwrite(Location folder) throws IOException {
    folder.makeFolder();
    return new RunFolder(RunLock.take(folder), Optional.empty());
  }

  /**
   * Opens the folder of a training that is to go on from its checkpoint.
   *
   * @throws HandspunException if it is no such folder, another process trains there, or its
   *     checkpoint is damaged
   */
  public static RunFolder reopen(Location folder) {
    RunLock lock = RunLock.take(Resumption.requireRun(folder));
    try {
      Location checkpoint = folder.resolve(CheckpointFile.NAME);
      return new RunFolder(
          lock, Optional.of(new Resumption(folder, CheckpointFile.read(checkpoint))));
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /** The same folder, as a part of a larger run. */
  RunFolder partOf(Location other) {
    return new RunFolder(lock, resumption, other);
  }

  /** {@return the folder of the run that this belongs to, by which it is resumed; mostly itself} */
  Location whole() {
    return whole;
  }

  /** {@return where it is} */
  public Location location() {
    return lock.folder();
  }

  /** {@return what the training goes on from; empty for a new one} */
  public Optional<Resumption> resumption() {
    return resumption;
  }

  /** Lets others write there; takes the folder away if nothing was written. */
  @Override
  public void close() {
    lock.close();
  }
}
