package handspun.store;

import handspun.HandspunException;
import handspun.files.Location;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A run's folder, which only one process at a time may write to. The operating system holds the
 * lock, so that it is free when its holder has died, in whatever way. The file {@value #NAME} in
 * the folder stays: one that is taken away could be locked by two.
 *
 * <p>Elsewhere than on this machine nobody holds a lock that ends with its holder, so there is
 * none: two processes that trained the same run there would do the same work twice, and write the
 * same.
 */
public final class RunLock implements AutoCloseable {
  /** The file that is locked. */
  static final String NAME = ".lock";

  private final Location folder;

  /** Has the lock until it is closed. */
  private final Closeable holder;

  private RunLock(Location folder, Closeable holder) {
    this.folder = folder;
    this.holder = holder;
  }

  /**
   * @param folder a run's
   * @return the lock, held until it is closed
   * @throws HandspunException if another process trains this run, or the folder cannot be written
   *     to
   */
  public static RunLock take(Location folder) {
    return folder.local().map(RunLock::lock).orElseGet(() -> new RunLock(folder, () -> {}));
  }

  private static RunLock lock(Path folder) {
    try {
      FileChannel channel =
          FileChannel.open(
              folder.resolve(NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (isLocked(channel)) {
        AtomicFile.removeLeftovers(folder);
        AtomicFile.removeLeftovers(folder.resolve(KeptEpochs.FOLDER));
        return new RunLock(Location.of(folder), channel);
      }
    } catch (IOException e) {
      throw new HandspunException(
          "Could not lock the run's folder %s for this process: %s. It must be possible to write there."
              .formatted(folder, HandspunException.reason(e)),
          e);
    }
    throw new HandspunException(
        "The run %s is being trained by another process: wait for its end or stop it."
            .formatted(folder));
  }

  /** Locks the file, or closes it. */
  private static boolean isLocked(FileChannel channel) throws IOException {
    boolean locked = false;
    try {
      locked = channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      // By this process.
    } finally {
      if (!locked) {
        channel.close();
      }
    }
    return locked;
  }

  /** {@return the run's folder} */
  public Location folder() {
    return folder;
  }

  /** Lets go of the folder; takes it away if nothing was written there. */
  @Override
  public void close() {
    Runs.discardIfEmpty(folder);
    try {
      holder.close();
    } catch (IOException e) {
      // The system lets go of it all the same.
    }
  }
}
