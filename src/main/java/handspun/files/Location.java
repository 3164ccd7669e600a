package handspun.files;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A file or folder, by its name: a path on this machine, or a URI of a file system that Hadoop
 * reaches, such as {@code hdfs://host/folder} or {@code s3a://bucket/folder}. It may travel to
 * another process, where it names the same.
 */
public sealed interface Location extends Serializable permits LocalLocation, HadoopLocation {
  /** A single letter before the colon would be a drive of Windows. */
  Pattern URI = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:/.*");

  /**
   * @param name a path, or a URI; one of the scheme {@code file} is a path on this machine
   * @param settings asked only if Hadoop is needed
   * @return what it names; need not exist
   * @throws handspun.UsageException if it is no URI although it looks like one
   * @throws handspun.HandspunException if there is no such file system
   */
  static Location of(String name, FileSystemSettings settings) {
    if (!isUri(name)) {
      return of(Path.of(name));
    }
    return name.startsWith("file:") ? new LocalLocation(name) : HadoopLocation.of(name, settings);
  }

  /** {@return a path on this machine} */
  static Location of(Path path) {
    return new LocalLocation(path.toString());
  }

  /** {@return whether a name that a person typed has a scheme, such as {@code hdfs:/}} */
  static boolean isUri(String name) {
    return URI.matcher(name).matches();
  }

  /** {@return the path, if it is one on this machine} */
  Optional<Path> local();

  /** {@return the last part of the name} */
  String fileName();

  /** {@return the folder that this is in} */
  Location parent();

  /** {@return what has that name in the same folder} */
  Location sibling(String name);

  /** {@return what has that name in this folder} */
  Location resolve(String child);

  /** {@return the same, with a name that means the same to a process in another folder} */
  Location absolute();

  /** {@return a path or URI as a user writes it, independent of the current folder} */
  static String absolute(String text) {
    return isUri(text) ? text : of(Path.of(text)).absolute().toString();
  }

  /** {@return whether there is a file or folder of this name} */
  default boolean exists() throws IOException {
    return isFile() || isFolder();
  }

  /** {@return whether it is a folder} */
  boolean isFolder() throws IOException;

  /** {@return whether it is a file} */
  boolean isFile() throws IOException;

  /** {@return the names of all files and folders in this folder, sorted} */
  List<String> list() throws IOException;

  /** {@return bytes of this file} */
  long size() throws IOException;

  /** {@return the bytes of this file, from the first one} */
  OpenFile open() throws IOException;

  /** Makes this folder and those that it is in, as far as they are missing. */
  void makeFolder() throws IOException;

  /**
   * {@return a stream to this file, which must not exist; {@code forced}: closing waits for the
   * disk, as far as that can be known}
   */
  OutputStream create(boolean forced) throws IOException;

  /**
   * Renames this file within its file system, in one step where that can do so, in place of a file
   * of that name; {@code forced} as in {@link #create}.
   */
  void rename(Location target, boolean forced) throws IOException;

  /** Removes this file, if it exists. */
  void delete() throws IOException;

  /** {@return the name, as a person wrote it} */
  @Override
  String toString();
}
