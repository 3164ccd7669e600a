package handspun.store;

import handspun.HandspunException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
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
 * Reads and writes models.
 *
 * <p>A model file is a header of {@value #HEADER} bytes and a payload. All numbers are
 * little-endian.
 *
 * <table>
 *   <caption>The header</caption>
 *   <tr><th>bytes</th><th>what</th></tr>
 *   <tr><td>0..7</td><td>magic: the eight letters {@code HANDSPUN} in ASCII</td></tr>
 *   <tr><td>8..11</td><td>version of the format, {@value #VERSION}</td></tr>
 *   <tr><td>12..19</td><td>length of the payload in bytes; the file ends with it</td></tr>
 *   <tr><td>20..51</td><td>SHA-256 of the payload</td></tr>
 * </table>
 *
 * <p>The payload is written by Kryo and told in {@link ModelSerializer}. No class is named in it,
 * and none can be: a reader makes the objects that it knows, and nothing else.
 *
 * <p>Every version of Handspun reads the formats of all versions before it.
 */
public final class ModelFile {
  /** The format that this version writes, and the last that it reads. */
  static final int VERSION = 2;

  /** Bytes before the payload. */
  static final int HEADER = 52;

  private static final byte[] MAGIC = "HANDSPUN".getBytes(StandardCharsets.US_ASCII);

  private ModelFile() {}

  /**
   * @param file a model file
   * @return the model in it
   * @throws HandspunException if there is no such file, or it is damaged, of a newer version or no
   *     model at all
   */
  public static Model read(Path file) {
    requireFile(file);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer header = header(file, channel);
      int format = version(file, header);
      long length = channel.size() - HEADER;
      requireUnchanged(file, header, length, sha256(channel, length));
      channel.position(HEADER);
      return ModelSerializer.read(Channels.newInputStream(channel), format, length);
    } catch (DamagedModelException e) {
      throw new HandspunException(file + " is no valid model: " + e.getMessage() + ".", e);
    } catch (IOException e) {
      throw new HandspunException(
          "Could not read the model " + file + ": " + HandspunException.reason(e) + ".", e);
    }
  }

  /**
   * Writes a model: into a temporary file in the same folder, forced to the disk and renamed.
   *
   * @param file where to; replaced if there is one
   * @param model what to write
   * @throws HandspunException if a weight or bias is not finite, or the file could not be written;
   *     an older file of that name is then unchanged
   */
  public static void write(Path file, Model model) {
    if (!model.network().isFinite()) {
      throw new HandspunException(
          "Could not write the model "
              + file
              + ": it has a weight or bias that is not a finite number.");
    }
    AtomicFile.write(
        file,
        channel -> {
          channel.position(HEADER);
          MessageDigest digest = sha256();
          ModelSerializer.write(
              model, new DigestOutputStream(Channels.newOutputStream(channel), digest));
          ByteBuffer header =
              ByteBuffer.allocate(HEADER)
                  .order(ByteOrder.LITTLE_ENDIAN)
                  .put(MAGIC)
                  .putInt(VERSION)
                  .putLong(channel.position() - HEADER)
                  .put(digest.digest())
                  .flip();
          channel.position(0);
          while (header.hasRemaining()) {
            channel.write(header);
          }
        });
  }

  private static void requireFile(Path file) {
    if (!Files.exists(file)) {
      throw new HandspunException("There is no model " + file + ": check the name.");
    }
    if (Files.isDirectory(file)) {
      Path inside = file.resolve(Runs.MODEL);
      throw new HandspunException(
          file
              + " is a folder, but a model is a file"
              + (Files.exists(inside) ? ": name " + inside + "." : ": name the file."));
    }
    if (!Files.isRegularFile(file)) {
      throw new HandspunException(file + " is no regular file, but a model is one.");
    }
  }

  private static ByteBuffer header(Path file, FileChannel channel) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
    while (header.hasRemaining() && channel.read(header) >= 0) {}
    int found = header.position();
    header.flip();
    if (found == 0) {
      throw new HandspunException(file + " is empty, so it is no model: copy it again.");
    }
    byte[] magic = new byte[Math.min(found, MAGIC.length)];
    header.get(magic);
    if (!Arrays.equals(magic, Arrays.copyOf(MAGIC, magic.length))) {
      throw new HandspunException(
          file
              + " is no model of Handspun: it does not start with the letters HANDSPUN. Import"
              + " models of other programs with: handspun import");
    }
    if (found < HEADER) {
      throw cutOff(file, found, "the header alone has " + HEADER);
    }
    return header;
  }

  private static int version(Path file, ByteBuffer header) {
    int version = header.getInt();
    if (version > VERSION) {
      throw new HandspunException(
          file
              + " has format "
              + version
              + ", but this Handspun reads formats up to "
              + VERSION
              + ": update Handspun.");
    }
    if (version < 1) {
      throw new HandspunException(
          file + " is damaged: it claims to have format " + version + ", and the first is 1.");
    }
    return version;
  }

  private static void requireUnchanged(Path file, ByteBuffer header, long length, byte[] sha256) {
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
              + ": copy it again.");
    }
    byte[] sum = new byte[sha256.length];
    header.get(sum);
    if (!Arrays.equals(sum, sha256)) {
      throw new HandspunException(
          file + " is damaged: its checksum is wrong, so some byte was changed; copy it again.");
    }
  }

  private static HandspunException cutOff(Path file, long found, String expected) {
    return new HandspunException(
        file + " was cut off: it has " + found + " bytes, but " + expected + "; copy it again.");
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
