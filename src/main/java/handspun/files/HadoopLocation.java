package handspun.files;

import handspun.HandspunException;
import handspun.UsageException;
import java.io.FileNotFoundException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.StreamCapabilities;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.hadoop.util.VersionInfo;

/** A URI of a file system that Hadoop reaches; every process opens its own way there. */
final class HadoopLocation implements Location {
  private static final long serialVersionUID = 1L;

  private final String name;
  private final FileSystemSettings settings;
  private transient FileSystem fileSystem;

  private HadoopLocation(String name, FileSystemSettings settings, FileSystem fileSystem) {
    this.name = name;
    this.settings = settings;
    this.fileSystem = fileSystem;
  }

  static HadoopLocation of(String uri, FileSystemSettings settings) {
    HadoopLocation location = new HadoopLocation(uri, settings, null);
    try {
      location.fileSystem();
    } catch (IOException e) {
      throw new HandspunException(
          "Could not reach %s (%s).".formatted(uri, HandspunException.reason(e)), e);
    }
    return location;
  }

  private Path path() {
    try {
      return new Path(name);
    } catch (IllegalArgumentException e) {
      throw new UsageException(
          "%s is not a URI, though it looks like one (%s): correct it."
              .formatted(name, e.getMessage()));
    }
  }

  private FileSystem fileSystem() throws IOException {
    if (fileSystem == null) {
      Configuration configuration = new Configuration();
      settings.get().forEach(configuration::set);
      // Otherwise Hadoop closes it at Ctrl-C, while the last checkpoint is still being written.
      configuration.setBoolean("fs.automatic.close", false);
      Path path = path();
      try {
        fileSystem = path.getFileSystem(configuration);
      } catch (UnsupportedFileSystemException e) {
        throw unknown(path.toUri().getScheme(), e);
      } catch (RuntimeException e) {
        if (e.getCause() instanceof ClassNotFoundException) {
          throw unknown(path.toUri().getScheme(), e);
        }
        if (e.getCause() instanceof UnknownHostException) {
          throw new IOException("no such host: " + e.getCause().getMessage(), e);
        }
        // Such as a URI without its host.
        throw new IOException(String.valueOf(e.getMessage()), e);
      }
    }
    return fileSystem;
  }

  private static IOException unknown(String scheme, Exception e) {
    return new IOException(
        "no file system is known for %s: correct the name, or give Spark the library that knows it, as with --spark --packages org.apache.hadoop:hadoop-aws:%s for s3a"
            .formatted(scheme, VersionInfo.getVersion()),
        e);
  }

  @Override
  public Optional<java.nio.file.Path> local() {
    return Optional.empty();
  }

  @Override
  public String fileName() {
    return path().getName();
  }

  @Override
  public Location parent() {
    Path parent = path().getParent();
    return parent == null ? this : new HadoopLocation(parent.toString(), settings, fileSystem);
  }

  @Override
  public Location sibling(String other) {
    return parent().resolve(other);
  }

  @Override
  public Location resolve(String child) {
    return new HadoopLocation(new Path(path(), child).toString(), settings, fileSystem);
  }

  @Override
  public Location absolute() {
    return this;
  }

  @Override
  public boolean isFolder() throws IOException {
    FileStatus status = status();
    return status != null && status.isDirectory();
  }

  @Override
  public boolean isFile() throws IOException {
    FileStatus status = status();
    return status != null && status.isFile();
  }

  private FileStatus status() throws IOException {
    try {
      return fileSystem().getFileStatus(path());
    } catch (FileNotFoundException e) {
      return null;
    }
  }

  @Override
  public List<String> list() throws IOException {
    return Arrays.stream(fileSystem().listStatus(path()))
        .map(status -> status.getPath().getName())
        .sorted()
        .toList();
  }

  @Override
  public long size() throws IOException {
    return fileSystem().getFileStatus(path()).getLen();
  }

  @Override
  public OpenFile open() throws IOException {
    FSDataInputStream file = fileSystem().open(path());
    return new OpenFile(file) {
      @Override
      public void seek(long position) throws IOException {
        file.seek(position);
      }
    };
  }

  @Override
  public void makeFolder() throws IOException {
    if (!fileSystem().mkdirs(path())) {
      throw new IOException("the file system did not make the folder");
    }
  }

  @Override
  public OutputStream create(boolean forced) throws IOException {
    return new Output(fileSystem().create(path(), false), forced);
  }

  /** Hadoop's own way to a disk of this machine throws errors where others throw exceptions. */
  private static final class Output extends FilterOutputStream {
    private final FSDataOutputStream file;
    private final boolean forced;

    private Output(FSDataOutputStream file, boolean forced) {
      super(file);
      this.file = file;
      this.forced = forced && file.hasCapability(StreamCapabilities.HSYNC);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      try {
        file.write(bytes, from, length);
      } catch (FSError e) {
        throw exception(e);
      }
    }

    @Override
    public void close() throws IOException {
      try (file) {
        if (forced) {
          file.hsync();
        }
      } catch (FSError e) {
        throw exception(e);
      }
    }

    private static IOException exception(FSError e) {
      return e.getCause() instanceof IOException cause
          ? cause
          : new IOException(String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public void rename(Location target, boolean forced) throws IOException {
    FileSystem files = fileSystem();
    Path from = files.makeQualified(path());
    Path to = files.makeQualified(((HadoopLocation) target).path());
    FileContext context;
    try {
      context = FileContext.getFileContext(files.getUri(), files.getConf());
    } catch (UnsupportedFileSystemException e) {
      renameInTwoSteps(files, from, to);
      return;
    }
    context.rename(from, to, Options.Rename.OVERWRITE);
  }

  /** Where Hadoop knows no other way to replace a file than to delete it. */
  private static void renameInTwoSteps(FileSystem files, Path from, Path to) throws IOException {
    files.delete(to, false);
    if (!files.rename(from, to)) {
      throw new IOException("the file system refuses to rename " + from + " to " + to);
    }
  }

  @Override
  public void delete() throws IOException {
    fileSystem().delete(path(), false);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HadoopLocation location && name.equals(location.name);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  @Override
  public String toString() {
    return name;
  }
}
