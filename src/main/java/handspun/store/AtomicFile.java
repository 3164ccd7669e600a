package handspun.store;

import handspun.HandspunException;
import handspun.files.Location;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
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
     * @param file open for writing, empty
     * @throws IOException if it cannot be written
     */
    void writeTo(FileChannel file) throws IOException;
  }

  /**
   * Writes a small file that could be made again: what differs is that the disk is not waited for.
   *
   * @param target the file; replaced if there is one
   * @param content all of it
   * @throws HandspunException if the file could not be written
   */
  public static void replace(Path target, byte[] content) {
    write(target, file -> writeAll(file, content), false);
  }

  /**
   * @param target the file; replaced if there is one
   * @param content writes it
   * @throws HandspunException if the file could not be written
   */
  public static void write(Path target, Content content) {
    write(target, content, true);
  }

  /** On a full disk the first writing may take a part without a complaint. */
  private static void writeAll(FileChannel file, byte[] content) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(content);
    while (bytes.hasRemaining()) {
      file.write(bytes);
    }
  }

  /** Writes a file's content as a stream. */
  @FunctionalInterface
  public interface Stream {
    /**
     * @param out buffered; closed by whoever opened it
     * @throws IOException if it cannot be written
     */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes a file that could be made again, on this machine or elsewhere.
   *
   * @param target the file; replaced if there is one
   * @param content writes it
   * @throws HandspunException if the file could not be written
   */
  public static void write(Location target, Stream content) {
    Location temporary =
        target.parent().resolve("." + target.fileName() + "." + UUID.randomUUID() + ".tmp");
    try {
      try (OutputStream out = new BufferedOutputStream(temporary.create(), BUFFER)) {
        content.writeTo(out);
      }
      temporary.rename(target);
    } catch (IOException e) {
      remove(temporary);
      throw new HandspunException(
          "Could not write "
              + target
              + ": "
              + HandspunException.reason(e)
              + ". Make room there or choose another place.",
          e);
    } catch (RuntimeException | Error e) {
      remove(temporary);
      throw e;
    }
  }

  private static void remove(Location temporary) {
    try {
      temporary.delete();
    } catch (IOException e) {
      // What is to be told is why writing failed.
    }
  }

  private static void write(Path target, Content content, boolean durable) {
    requirePossible(target);
    Path folder = target.toAbsolutePath().getParent();
    Path temporary = folder.resolve("." + target.getFileName() + "." + UUID.randomUUID() + ENDING);
    try {
      try (FileChannel file =
          FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        content.writeTo(file);
        if (durable) {
          file.force(true);
        }
      }
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
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
    if (durable) {
      force(folder);
    }
  }

  /**
   * Removes the temporary files that processes which were killed have left.
   *
   * @param folder that no process writes to
   */
  static void removeLeftovers(Path folder) {
    try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(folder, ".*" + ENDING)) {
      leftovers.forEach(AtomicFile::remove);
    } catch (IOException e) {
      // They are in nobody's way.
    }
  }

  private static void requirePossible(Path target) {
    if (Files.isDirectory(target)) {
      throw new HandspunException(
          "Could not write " + target + ": it is a folder; name a file instead.");
    }
    Path folder = target.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new HandspunException(
          "Could not write "
              + target
              + ": there is no folder "
              + target.getParent()
              + "; make it first.");
    }
  }

  private static HandspunException failed(Path target, IOException e) {
    return new HandspunException(
        "Could not write "
            + target
            + ": "
            + HandspunException.reason(e)
            + "; "
            + (Files.exists(target)
                ? "the older file of that name is unchanged"
                : "nothing is left")
            + ". Make room there or choose another place.",
        e);
  }

  private static void remove(Path temporary) {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      // What is to be told is why writing failed.
    }
  }

  /** Makes the renaming last through a power failure, where the system can do that. */
  private static void force(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Windows cannot open a folder; the file itself is safe.
    }
  }
}
