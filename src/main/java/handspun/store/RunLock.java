package handspun.store;

import handspun.HandspunException;
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
 */
public final class RunLock implements AutoCloseable {
  /** The file that is locked. */
  static final String NAME = ".lock";

  private final Path folder;
  private final FileChannel channel;

  private RunLock(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /**
   * @param folder a run's
   * @return the lock, held until it is closed
   * @throws HandspunException if another process trains this run, or the folder cannot be written
   *     to
   */
  public static RunLock take(Path folder) {
    FileChannel channel = null;
    try {
      channel =
          FileChannel.open(
              folder.resolve(NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock != null) {
        AtomicFile.removeLeftovers(folder);
        return new RunLock(folder, channel);
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

  /**
   * @return the run's folder
   */
  public Path folder() {
    return folder;
  }

  /** Lets go of the folder; takes it away if nothing was written there. */
  @Override
  public void close() {
    Runs.discardIfEmpty(folder);
    close(channel);
  }
}
