package handspun.data;

import handspun.HandspunException;
import handspun.files.Location;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** A file that may be packed with gzip, which its name tells: it ends in {@code .gz}. */
final class PackedFile {
  private static final int BUFFER = 1 << 16;

  /** Deflate never packs better than this. */
  private static final int BEST_RATIO = 1032;

  private final Location path;

  /**
   * @param path a file
   * @throws HandspunException if there is no such file, or it is something else
   */
  PackedFile(Location path) {
    this.path = path;
    try {
      if (path.isFile()) {
        return;
      }
      if (path.isFolder()) {
        throw new HandspunException(path + " is a folder, but a file is expected there.");
      }
    } catch (IOException e) {
      throw unreadable(e);
    }
    throw new HandspunException("There is no file " + path + ": check the name.");
  }

  /** Whether the name says that the file is packed. */
  static boolean isPacked(Location path) {
    return path.fileName().endsWith(".gz");
  }

  /** The name of the file when it is unpacked. */
  static String plainName(Location path) {
    return plainName(path.fileName());
  }

  /** The name of the file when it is unpacked. */
  static String plainName(String name) {
    return name.endsWith(".gz") ? name.substring(0, name.length() - ".gz".length()) : name;
  }

  Location path() {
    return path;
  }

  String plainName() {
    return plainName(path);
  }

  /** More unpacked bytes than this the file cannot hold; exact if it is not packed. */
  long mostBytes() {
    try {
      return isPacked(path) ? path.size() * BEST_RATIO : path.size();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** Opens the file; what is read is unpacked. */
  InputStream open() throws IOException {
    if (!isPacked(path)) {
      return path.open();
    }
    BufferedInputStream packed = new BufferedInputStream(path.open(), BUFFER);
    try {
      requireGzip(packed);
      return new GZIPInputStream(packed, BUFFER);
    } catch (IOException | RuntimeException e) {
      packed.close();
      throw e;
    }
  }

  private void requireGzip(BufferedInputStream packed) throws IOException {
    packed.mark(2);
    byte[] start = packed.readNBytes(2);
    packed.reset();
    if (start.length == 0) {
      throw new HandspunException(path + " is empty: copy or download it again.");
    }
    if (start[0] != 0x1f || (start.length > 1 && start[1] != (byte) 0x8b)) {
      throw new HandspunException(
          path
              + " is not packed with gzip, though its name ends in .gz: it starts with the bytes "
              + hex(start)
              + ", not 1f 8b; rename it if it is not packed at all.");
    }
  }

  /**
   * What to tell a person about a file that could not be read.
   *
   * @param e what happened while it was read
   */
  HandspunException unreadable(IOException e) {
    if (e instanceof EOFException) {
      return new HandspunException(
          path + " ends in the middle of its packed data: copy or download it again.", e);
    }
    if (e instanceof ZipException) {
      return new HandspunException(
          path + " is damaged (" + e.getMessage() + "): copy or download it again.", e);
    }
    return new HandspunException(
        "Could not read " + path + ": " + HandspunException.reason(e) + ".", e);
  }

  /** Bytes as people write them: {@code 1f 8b}. */
  static String hex(byte[] bytes) {
    return HexFormat.ofDelimiter(" ").formatHex(bytes);
  }

  /** A new SHA-256. */
  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256.", e);
    }
  }
}
