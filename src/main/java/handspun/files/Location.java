package handspun.files;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
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
   * @param settings what differs from Hadoop's own defaults, by name; asked only if Hadoop is
   *     needed
   * @return what it names; need not exist
   * @throws handspun.UsageException if it is no URI although it looks like one
   * @throws handspun.HandspunException if there is no such file system
   */
  static Location of(String name, Supplier<Map<String, String>> settings) {
    if (!isUri(name)) {
      return of(Path.of(name));
    }
    return name.startsWith("file:")
        ? new LocalLocation(name)
        : HadoopLocation.of(name, settings.get());
  }

  /**
   * @param path on this machine
   * @return the same
   */
  static Location of(Path path) {
    return new LocalLocation(path.toString());
  }

  /**
   * @param name what a person typed
   * @return whether it has a scheme, such as {@code hdfs:/}
   */
  static boolean isUri(String name) {
    return URI.matcher(name).matches();
  }

  /** {@return the path, if it is one on this machine} */
  Optional<Path> local();

  /** {@return the last part of the name} */
  String fileName();

  /** {@return the folder that this is in} */
  Location parent();

  /**
   * @param name of a file or folder in the same folder
   * @return that one
   */
  Location sibling(String name);

  /**
   * @param child name of a file or folder in this folder
   * @return that one
   */
  Location resolve(String child);

  /** {@return the same, with a name that means the same to a process in another folder} */
  Location absolute();

  /**
   * @param text a path or a URI, as a user writes it
   * @return the same, independent of the current folder
   */
  static String absolute(String text) {
    return isUri(text) ? text : of(Path.of(text)).absolute().toString();
  }

  /**
   * @return whether there is a file or folder of this name
   * @throws IOException if that cannot be told
   */
  default boolean exists() throws IOException {
    return isFile() || isFolder();
  }

  /**
   * @return whether it is a folder
   * @throws IOException if that cannot be told
   */
  boolean isFolder() throws IOException;

  /**
   * @return whether it is a file
   * @throws IOException if that cannot be told
   */
  boolean isFile() throws IOException;

  /**
   * @return the names of all files and folders in this folder, sorted
   * @throws IOException if they cannot be listed
   */
  List<String> list() throws IOException;

  /**
   * @return bytes of this file
   * @throws IOException if that cannot be told
   */
  long size() throws IOException;

  /**
   * @return the bytes of this file, from the first one
   * @throws IOException if it cannot be read
   */
  OpenFile open() throws IOException;

  /**
   * Makes this folder and those that it is in, as far as they are missing.
   *
   * @throws IOException if that is impossible
   */
  void makeFolder() throws IOException;

  /**
   * @param forced whether closing waits until the disk has it, as far as that can be known
   * @return writes this file, which must not exist
   * @throws IOException if it cannot be written
   */
  OutputStream create(boolean forced) throws IOException;

  /**
   * Gives this file another name in the same file system, in one step where the file system can do
   * that; a file of that name is replaced.
   *
   * @param target the new name
   * @param forced whether to wait until the disk has it, as far as that can be known
   * @throws IOException if that is impossible
   */
  void rename(Location target, boolean forced) throws IOException;

  /**
   * Removes this file, if it exists.
   *
   * @throws IOException if that is impossible
   */
  void delete() throws IOException;

  /** {@return the name, as a person wrote it} */
  @Override
  String toString();
}
