package handspun.data;

import handspun.HandspunException;
import handspun.files.FileKind;
import handspun.files.Location;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * A file that may be packed with gzip, or be a zip archive of this one file, up to twice: its bytes
 * tell, not its name, since browsers and archive programs unpack, pack and rename as they like.
 */
public final class PackedFile {
  private static final int BUFFER = 1 << 16;
  private static final int MOST_BYTES_AT_ONCE = 1 << 30;
  private static final int MOST_LAYERS = 2;

  /** Deflate never packs better than this. */
  private static final int BEST_RATIO = 1032;

  private final Location path;
  private int layers;
  private byte[] start = {};

  /** Refuses what is no file. */
  public PackedFile(Location path) {
    this.path = path;
    try {
      if (path.isFile()) {
        return;
      }
      if (path.isFolder()) {
        throw new HandspunException(
            "%s is a folder, but a file is expected there.".formatted(path));
      }
    } catch (IOException e) {
      throw unreadable(e);
    }
    throw new HandspunException("There is no file %s: check the name.".formatted(path));
  }

  /** The name of the file when it is unpacked. */
  static String plainName(Location path) {
    return plainName(path.fileName());
  }

  /** The name of the file when it is unpacked. */
  static String plainName(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    for (String ending : new String[] {".gz", ".zip"}) {
      if (lower.endsWith(ending)) {
        return name.substring(0, name.length() - ending.length());
      }
    }
    return name;
  }

  /** {@return where it is} */
  public Location path() {
    return path;
  }

  String plainName() {
    return plainName(path);
  }

  /** {@return whether it is packed; known once it has been {@linkplain #open opened}} */
  boolean isPacked() {
    return layers > 0;
  }

  /**
   * {@return more unpacked bytes than this the file cannot hold} Exact if it is not packed. To be
   * called once it has been {@linkplain #open opened}.
   */
  long mostBytes() {
    try {
      double most = path.size() * Math.pow(BEST_RATIO, layers);
      return (long) Math.min(most, Long.MAX_VALUE);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** Opens the file; what is read is unpacked. */
  InputStream open() throws IOException {
    layers = 0;
    PushbackInputStream in = pushback(path.open());
    try {
      FileKind kind = kind(in);
      while (layers < MOST_LAYERS && (kind == FileKind.GZIP || kind == FileKind.ZIP)) {
        in =
            pushback(
                kind == FileKind.GZIP
                    ? new GZIPInputStream(in, BUFFER)
                    : new SingleZipEntry(path, in));
        layers++;
        kind = kind(in);
      }
      return in;
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  /** {@return the first bytes of the unpacked file, at most {@value FileKind#BYTES}} */
  byte[] start() {
    try {
      open().close();
    } catch (IOException e) {
      throw unreadable(e);
    }
    return start;
  }

  /** {@return what the unpacked file is, by its first bytes} */
  public FileKind kind() {
    return FileKind.of(start());
  }

  /**
   * @return all of it, unpacked
   * @throws HandspunException if it cannot be read, or is more than 1 GB
   */
  public byte[] bytes() {
    try (InputStream in = open()) {
      byte[] bytes = in.readNBytes(MOST_BYTES_AT_ONCE);
      if (in.read() >= 0) {
        throw new HandspunException(
            "%s holds more than %d bytes unpacked, which is too large for a file of this kind; a pickle takes less with protocol 2 or later."
                .formatted(path, MOST_BYTES_AT_ONCE));
      }
      return bytes;
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private static PushbackInputStream pushback(InputStream in) {
    return new PushbackInputStream(in, FileKind.BYTES);
  }

  private FileKind kind(PushbackInputStream in) throws IOException {
    start = new byte[FileKind.BYTES];
    int read = 0;
    try {
      for (int more = 0; more >= 0; more = in.read(start, read, start.length - read)) {
        read += more;
        if (read == start.length) {
          break;
        }
      }
    } catch (EOFException | ZipException e) {
      // Whoever reads on will find it again; what came before may tell enough.
      if (read == 0) {
        throw e;
      }
    }
    in.unread(start, 0, read);
    start = Arrays.copyOf(start, read);
    return FileKind.of(start);
  }

  /** What to tell a person about a file that could not be read. */
  HandspunException unreadable(IOException e) {
    if (e instanceof EOFException) {
      return new HandspunException(
          "%s ends in the middle of its packed data: copy or download it again.".formatted(path),
          e);
    }
    if (e instanceof ZipException) {
      return new HandspunException(
          "%s is damaged (%s): copy or download it again.".formatted(path, e.getMessage()), e);
    }
    return HandspunException.couldNot("read " + path, e);
  }

  /** What to tell a person about a file that does not fit into memory. */
  static HandspunException tooLarge(Location path, OutOfMemoryError e) {
    return new HandspunException(
        "%s needs more memory than the %d MB that Java may use: allow more, such as with HANDSPUN_JAVA_OPTS=-Xmx4g."
            .formatted(path, Runtime.getRuntime().maxMemory() >> 20),
        e);
  }

  /** Bytes as people write them: {@code 1f 8b}. */
  static String hex(byte[] bytes) {
    return HexFormat.ofDelimiter(" ").formatHex(bytes);
  }
}
