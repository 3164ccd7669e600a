package handspun.files;

import handspun.UsageException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * A path on this machine.
 *
 * @param name the path, or {@code file:/path}, {@code file:///path}, {@code file://localhost/path}
 */
record LocalLocation(String name) implements Location {
  private static final long serialVersionUID = 1L;

  private static final String SCHEME = "file:";

  /**
   * @throws UsageException if it names another host
   */
  LocalLocation {
    if (name.startsWith(SCHEME + "//") && !name.matches(SCHEME + "//(localhost)?/.*")) {
      throw new UsageException(
          name
              + " names a host, but a file: URI is on this machine: write three slashes, as in"
              + " file:///folder/data.");
    }
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
  public Location resolve(String child) {
    return Location.of(path().resolve(child));
  }

  @Override
  public Location absolute() {
    return Location.of(path().toAbsolutePath().normalize());
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
  public InputStream open() throws IOException {
    return Files.newInputStream(path());
  }

  @Override
  public void makeFolder() throws IOException {
    Files.createDirectories(path());
  }

  @Override
  public OutputStream create() throws IOException {
    return Files.newOutputStream(path(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  @Override
  public void rename(Location target) throws IOException {
    Files.move(path(), ((LocalLocation) target).path(), StandardCopyOption.ATOMIC_MOVE);
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
