package handspun.files;

import handspun.UsageException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A path on this machine.
 *
 * @param name the path, or {@code file:/path}, {@code file:///path}, {@code file://localhost/path}
 */
record LocalLocation(String name) implements Location {
  private static final long serialVersionUID = 1L;

  private static final String SCHEME = "file:";

  /** Refuses the name of another host. */
  LocalLocation {
    if (name.startsWith(SCHEME + "//") && !name.matches(SCHEME + "//(localhost)?/.*")) {
      throw new UsageException(
          "%s names a host, but a file: URI is on this machine: write three slashes, as in file:///folder/data."
              .formatted(name));
    }
  }

  @Override
  public Optional<Path> local() {
    return Optional.of(path());
  }

  private Path path() {
    return Path.of(name.replaceFirst("^" + SCHEME + "(//(localhost)?)?(?=/)", ""));
  }

  @Override
  public String fileName() {
    return String.valueOf(path().getFileName());
  }

  @Override
  public Location parent() {
    Path parent = path().toAbsolutePath().getParent();
    return parent == null ? this : Location.of(parent);
  }

  @Override
  public Location sibling(String other) {
    return Location.of(path().resolveSibling(other));
  }

  @Override
  public Location resolve(String child) {
    return Location.of(path().resolve(child));
  }

  @Override
  public Location absolute() {
    return Location.of(path().toAbsolutePath().normalize());
  }

  @Override
  public boolean exists() {
    return Files.exists(path());
  }

  @Override
  public boolean isFolder() {
    return Files.isDirectory(path());
  }

  @Override
  public boolean isFile() {
    return Files.isRegularFile(path());
  }

  @Override
  public List<String> list() throws IOException {
    try (Stream<Path> entries = Files.list(path())) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    }
  }

  @Override
  public long size() throws IOException {
    return Files.size(path());
  }

  @Override
  public OpenFile open() throws IOException {
    FileChannel file = FileChannel.open(path(), StandardOpenOption.READ);
    return new OpenFile(Channels.newInputStream(file)) {
      @Override
      public void seek(long position) throws IOException {
        file.position(position);
      }
    };
  }

  @Override
  public void makeFolder() throws IOException {
    Files.createDirectories(path());
  }

  @Override
  public OutputStream create(boolean forced) throws IOException {
    FileChannel file =
        FileChannel.open(path(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    return new FilterOutputStream(Channels.newOutputStream(file)) {
      @Override
      public void write(byte[] bytes, int from, int length) throws IOException {
        out.write(bytes, from, length);
      }

      @Override
      public void close() throws IOException {
        try (file) {
          if (forced && file.isOpen()) {
            file.force(true);
          }
        }
      }
    };
  }

  @Override
  public void rename(Location target, boolean forced) throws IOException {
    Path to = ((LocalLocation) target).path();
    Files.move(path(), to, StandardCopyOption.ATOMIC_MOVE);
    if (forced) {
      force(to.toAbsolutePath().getParent());
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

  @Override
  public void delete() throws IOException {
    Files.deleteIfExists(path());
  }

  @Override
  public String toString() {
    return name;
  }
}
