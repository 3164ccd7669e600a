package handspun.store;

import handspun.HandspunException;
import handspun.files.Location;
import java.io.BufferedOutputStream;
import java.io.IOException;
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

  private AtomicFile() {}

  /** Writes a file's content. */
  @FunctionalInterface
  public interface Content {
    /**
     * @param out buffered; closed by whoever opened it
     * @throws IOException if it cannot be written
     */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes a small file that could be made again: what differs is that the disk is not waited for.
   *
   * @param target the file; replaced if there is one
   * @param content all of it
   * @throws HandspunException if the file could not be written
   */
  public static void replace(Location target, byte[] content) {
    replace(target, out -> out.write(content));
  }

  /**
   * Writes a file that could be made again: what differs is that the disk is not waited for.
   *
   * @param target the file; replaced if there is one
   * @param content writes it
   * @throws HandspunException if the file could not be written
   */
  public static void replace(Location target, Content content) {
    write(target, content, false);
  }

  /**
   * @param target the file; replaced if there is one
   * @param content writes it
   * @throws HandspunException if the file could not be written
   */
  public static void write(Location target, Content content) {
    write(target, content, true);
  }

  private static void write(Location target, Content content, boolean forced) {
    Location temporary =
        target.parent().resolve("." + target.fileName() + "." + UUID.randomUUID() + ENDING);
    try {
      if (target.isFolder()) {
        throw new HandspunException(
            "Could not write " + target + ": it is a folder; name a file instead.");
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

  private static HandspunException failed(Location target, IOException e) {
    String reason = HandspunException.reason(e) + "; nothing is left";
    String cure = "Make room there or choose another place.";
    try {
      if (!target.parent().isFolder()) {
        return new HandspunException(
            "Could not write "
                + target
                + ": there is no folder "
                + target.parent()
                + "; make it first.",
            e);
      }
      if (target.exists()) {
        reason = HandspunException.reason(e) + "; the older file of that name is unchanged";
      }
    } catch (IOException unknown) {
      reason = HandspunException.reason(e);
    }
    return new HandspunException("Could not write " + target + ": " + reason + ". " + cure, e);
  }

  private static void remove(Location temporary) {
    try {
      temporary.delete();
    } catch (IOException e) {
      // What is to be told is why writing failed.
    }
  }

  /**
   * Removes the temporary files that processes which were killed have left.
   *
   * @param folder that no process writes to
   */
  static void removeLeftovers(Path folder) {
    try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(folder, ".*" + ENDING)) {
      leftovers.forEach(leftover -> remove(Location.of(leftover)));
    } catch (IOException e) {
      // They are in nobody's way.
    }
  }
}
