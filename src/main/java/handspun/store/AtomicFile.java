package handspun.store;

import handspun.HandspunException;
import handspun.files.Location;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * Writes files that are either complete or not there: into a temporary file in the same folder,
 * forced to the disk, and renamed. Whatever fails, an older file of that name stays as it was, and
 * the temporary file is removed.
 */
public final class AtomicFile {
  private static final String ENDING = ".tmp";
  private static final int BUFFER = 1 << 16;
  private static final int MOST_PAUSES = 40;
  private static final int PAUSE_MILLIS = 50;

  private AtomicFile() {}

  /** Writes a file's content. */
  @FunctionalInterface
  public interface Content {
    /** Writes to a buffered stream, which is closed by whoever opened it. */
    void writeTo(OutputStream out) throws IOException;
  }

  /** As {@link #replace(Location, Content)}. */
  public static void replace(Location target, byte[] content) {
    replace(target, out -> out.write(content));
  }

  /** Writes a file that could be made again: what differs is that the disk is not waited for. */
  public static void replace(Location target, Content content) {
    write(target, content, false);
  }

  /** Writes a file, in place of an older one. */
  public static void write(Location target, Content content) {
    write(target, content, true);
  }

  private static void write(Location target, Content content, boolean forced) {
    Location temporary = target.parent().resolve(prefix(target) + UUID.randomUUID() + ENDING);
    try {
      if (target.isFolder()) {
        throw new HandspunException(
            "Could not write %s: it is a folder; name a file instead.".formatted(target));
      }
      try (OutputStream out = new BufferedOutputStream(temporary.create(forced), BUFFER)) {
        content.writeTo(out);
      }
      temporary.rename(target, forced);
    } catch (IOException e) {
      remove(temporary);
      throw failed(target, e);
    } catch (UncheckedIOException e) {
      remove(temporary);
      throw failed(target, e.getCause());
    } catch (RuntimeException | Error e) {
      remove(temporary);
      throw e;
    }
  }

  /** What the names of a file's temporary files begin with. */
  private static String prefix(Location target) {
    return "." + target.fileName() + ".";
  }

  /**
   * Tells whether there is a file or folder of this name. Some file systems replace a file by
   * deleting it and then renaming the other: while a newer one lies beside it, under its temporary
   * name, it is waited for.
   *
   * @param target written by this class
   * @return whether it is there
   * @throws IOException if that cannot be told
   */
  public static boolean exists(Location target) throws IOException {
    for (int pauses = 0; ; pauses++) {
      // In this order: the temporary file is there until the other one is.
      boolean isBeingWritten = !target.exists() && isBeingWritten(target);
      if (target.exists()) {
        return true;
      }
      if (!isBeingWritten || pauses == MOST_PAUSES) {
        return false;
      }
      pause();
    }
  }

  private static boolean isBeingWritten(Location target) throws IOException {
    return target.parent().isFolder()
        && target.parent().list().stream()
            .anyMatch(name -> name.startsWith(prefix(target)) && name.endsWith(ENDING));
  }

  private static void pause() throws InterruptedIOException {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  private static HandspunException failed(Location target, IOException e) {
    String reason = HandspunException.reason(e) + "; nothing is left";

    try {
      if (!target.parent().isFolder()) {
        return new HandspunException(
            "Could not write %s: there is no folder %s; make it first."
                .formatted(target, target.parent()),
            e);
      }
      if (target.exists()) {
        reason = HandspunException.reason(e) + "; the older file of that name is unchanged";
      }
    } catch (IOException unknown) {
      reason = HandspunException.reason(e);
    }
    return new HandspunException(
        "Could not write %s: %s. Make room there or choose another place."
            .formatted(target, reason),
        e);
  }

  private static void remove(Location temporary) {
    try {
      temporary.delete();
    } catch (IOException e) {
      // What is to be told is why writing failed.
    }
  }

  /**
   * Removes what killed processes have left of temporary files in a folder that no process writes
   * to.
   */
  static void removeLeftovers(Path folder) {
    try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(folder, ".*" + ENDING)) {
      leftovers.forEach(leftover -> remove(Location.of(leftover)));
    } catch (IOException e) {
      // They are in nobody's way.
    }
  }
}
