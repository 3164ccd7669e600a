package handspun.store;

import handspun.HandspunException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * The files of a run that hold a network, so that damage of any kind is noticed.
 *
 * <p>Such a file is a header of {@value #HEADER} bytes and a payload, which Kryo has written. All
 * numbers are little-endian.
 *
 * <table>
 *   <caption>The header</caption>
 *   <tr><th>bytes</th><th>what</th></tr>
 *   <tr><td>0..7</td><td>magic: eight letters in ASCII, which tell the kind of file</td></tr>
 *   <tr><td>8..11</td><td>version of the format of that kind, from 1</td></tr>
 *   <tr><td>12..19</td><td>length of the payload in bytes; the file ends with it</td></tr>
 *   <tr><td>20..51</td><td>SHA-256 of the payload</td></tr>
 * </table>
 *
 * <p>No class is named in a payload, and none can be: a reader makes the objects that it knows, and
 * nothing else. Every version of Handspun reads the formats of all versions before it.
 */
enum SealedFile {
  /** See {@link ModelFile}. */
  MODEL(
      "model",
      "HANDSPUN",
      ModelFile.VERSION,
      Runs.MODEL,
      "Import models of other programs with: handspun import",
      "copy it again"),

  /** See {@link CheckpointFile}. */
  CHECKPOINT(
      "checkpoint",
      "HANDSCHK",
      CheckpointFile.VERSION,
      CheckpointFile.NAME,
      "Name the folder of a run.",
      "copy it again, or train anew with the run's plan.conf");

  /** Bytes before the payload. */
  static final int HEADER = 52;

  private final String noun;
  private final String magic;
  private final int version;
  private final String name;
  private final String hint;
  private final String cure;

  SealedFile(String noun, String magic, int version, String name, String hint, String cure) {
    this.noun = noun;
    this.magic = magic;
    this.version = version;
    this.name = name;
    this.hint = hint;
    this.cure = cure;
  }

  /** Reads a payload. */
  @FunctionalInterface
  interface Reader<T> {
    /**
     * @param in the payload
     * @param length its bytes
     * @param version of the format that it has
     * @throws DamagedPayloadException if it is none
     * @throws IOException if reading fails
     */
    T read(InputStream in, long length, int version) throws IOException;
  }

  /** Writes a payload. */
  @FunctionalInterface
  interface Writer {
    /**
     * @param out where to; not closed
     * @throws IOException if that fails
     */
    void write(OutputStream out) throws IOException;
  }

  /**
   * @param file of this kind
   * @param reader reads the payload, which is as it was written
   * @return what the reader made of it
   * @throws HandspunException if there is no such file, or it is damaged, of a newer version or of
   *     another kind
   */
  <T> T read(Path file, Reader<T> reader) {
    requireFile(file);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer header = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
      int found = readVersion(file, channel, header);
      long length = channel.size() - HEADER;
      requireUnchanged(file, header, length, sha256(channel, length));
      channel.position(HEADER);
      return reader.read(Channels.newInputStream(channel), length, found);
    } catch (DamagedPayloadException e) {
      throw new HandspunException(file + " is no valid " + noun + ": " + e.getMessage() + ".", e);
    } catch (IOException e) {
      throw new HandspunException(
          "Could not read the " + noun + " " + file + ": " + HandspunException.reason(e) + ".", e);
    }
  }

  /**
   * Writes a file of this kind: into a temporary file in the same folder, forced to the disk and
   * renamed.
   *
   * @param file where to; replaced if there is one
   * @param writer writes the payload
   * @throws HandspunException if the file could not be written; an older file of that name is then
   *     unchanged
   */
  void write(Path file, Writer writer) {
    AtomicFile.write(
        file,
        channel -> {
          channel.position(HEADER);
          MessageDigest digest = sha256();
          writer.write(new DigestOutputStream(Channels.newOutputStream(channel), digest));
          ByteBuffer header =
              ByteBuffer.allocate(HEADER)
                  .order(ByteOrder.LITTLE_ENDIAN)
                  .put(magic.getBytes(StandardCharsets.US_ASCII))
                  .putInt(version)
                  .putLong(channel.position() - HEADER)
                  .put(digest.digest())
                  .flip();
          channel.position(0);
          while (header.hasRemaining()) {
            channel.write(header);
          }
        });
  }

  private void requireFile(Path file) {
    if (!Files.exists(file)) {
      throw new HandspunException("There is no " + noun + " " + file + ": check the name.");
    }
    if (Files.isDirectory(file)) {
      Path inside = file.resolve(name);
      throw new HandspunException(
          file
              + " is a folder, but a "
              + noun
              + " is a file"
              + (Files.exists(inside) ? ": name " + inside + "." : ": name the file."));
    }
    if (!Files.isRegularFile(file)) {
      throw new HandspunException(file + " is no regular file, but a " + noun + " is one.");
    }
  }

  private int readVersion(Path file, FileChannel channel, ByteBuffer header) throws IOException {
    while (header.hasRemaining() && channel.read(header) >= 0) {}
    int found = header.position();
    header.flip();
    if (found == 0) {
      throw new HandspunException(file + " is empty, so it is no " + noun + ": " + cure + ".");
    }
    byte[] letters = new byte[Math.min(found, magic.length())];
    header.get(letters);
    String start = new String(letters, StandardCharsets.ISO_8859_1);
    if (!magic.startsWith(start)) {
      throw ofAnotherKind(file, start);
    }
    if (found < HEADER) {
      throw cutOff(file, found, "the header alone has " + HEADER);
    }
    int format = header.getInt();
    if (format > version) {
      throw new HandspunException(
          file
              + " has format "
              + format
              + ", but this Handspun reads formats up to "
              + version
              + ": update Handspun.");
    }
    if (format < 1) {
      throw new HandspunException(
          file + " is damaged: it claims to have format " + format + ", and the first is 1.");
    }
    return format;
  }

  private HandspunException ofAnotherKind(Path file, String start) {
    for (SealedFile other : values()) {
      if (start.equals(other.magic)) {
        return new HandspunException(
            file + " is a " + other.noun + ", but a " + noun + " is wanted: name a " + name + ".");
      }
    }
    return new HandspunException(
        file
            + " is no "
            + noun
            + " of Handspun: it does not start with the letters "
            + magic
            + ". "
            + hint);
  }

  private void requireUnchanged(Path file, ByteBuffer header, long length, byte[] sha256) {
    long expected = header.getLong();
    if (length < expected) {
      throw cutOff(
          file,
          length + HEADER,
          "its header says " + Long.toUnsignedString(expected) + " after the first " + HEADER);
    }
    if (length > expected) {
      throw new HandspunException(
          file
              + " is damaged: it has "
              + length
              + " bytes after the header, but the header says "
              + expected
              + ": "
              + cure
              + ".");
    }
    byte[] sum = new byte[sha256.length];
    header.get(sum);
    if (!Arrays.equals(sum, sha256)) {
      throw new HandspunException(
          file + " is damaged: its checksum is wrong, so some byte was changed; " + cure + ".");
    }
  }

  private HandspunException cutOff(Path file, long found, String expected) {
    return new HandspunException(
        file + " was cut off: it has " + found + " bytes, but " + expected + "; " + cure + ".");
  }

  private static byte[] sha256(FileChannel channel, long length) throws IOException {
    MessageDigest digest = sha256();
    channel.position(HEADER);
    InputStream in = Channels.newInputStream(channel);
    byte[] chunk = new byte[1 << 16];
    for (long left = length; left > 0; ) {
      int read = in.read(chunk, 0, (int) Math.min(chunk.length, left));
      if (read < 0) {
        throw new EOFException("the file became shorter while it was read");
      }
      digest.update(chunk, 0, read);
      left -= read;
    }
    return digest.digest();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256.", e);
    }
  }
}
