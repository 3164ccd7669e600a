package handspun.store;

import handspun.HandspunException;
import handspun.files.Location;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
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

  /** Null if the folder is not on this machine. */
  private final FileChannel channel;

  private RunLock(Location folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /**
   * @param folder a run's
   * @return the lock, held until it is closed
   * @throws HandspunException if another process trains this run, or the folder cannot be written
   *     to
   */
  public static RunLock take(Location folder) {
    return folder.local().map(RunLock::lock).orElseGet(() -> new RunLock(folder, null));
  }

  private static RunLock lock(Path folder) {
    FileChannel channel = null;
    try {
      channel =
          FileChannel.open(
              folder.resolve(NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock != null) {
        AtomicFile.removeLeftovers(folder);
        return new RunLock(Location.of(folder), channel);
      }
      channel.close();
    } catch (OverlappingFileLockException e) {
      close(channel);
    } catch (IOException e) {
      close(channel);
      throw new HandspunException(
          "Could not lock the run's folder "
              + folder
              + " for this process: "
              + HandspunException.reason(e)
              + ". It must be possible to write there.",
          e);
    }
    throw new HandspunException(
        "The run " + folder + " is being trained by another process: wait for its end or stop it.");
  }

  private static void close(FileChannel channel) {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        // It holds no lock.
      }
    }
  }

  /** {@return the run's folder} */
  public Location folder() {
    return folder;
  }

  /** Lets go of the folder; takes it away if nothing was written there. */
  @Override
  public void close() {
    Runs.discardIfEmpty(folder);
    close(channel);
  }
}
