package handspun.store;

import handspun.HandspunException;
import handspun.data.Checksum;
import handspun.files.Location;
import handspun.files.OpenFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * The files of a run that hold a network, so that damage of any kind is noticed.
 *
 * <p>Such a file is a header of {@value #HEADER} bytes and a payload, which Kryo has written if it
 * is more than numbers. All numbers are little-endian.
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
      "copy it again, or train anew with the run's plan.conf"),

  /** See {@link KeptEpochs}. */
  EPOCH(
      "kept epoch",
      "HANDSPAR",
      KeptEpochs.VERSION,
      "file of an epoch",
      "Name the folder of a run.",
      "copy it again, or train anew with the run's plan.conf");

  /** Bytes before the payload. */
  static final int HEADER = 52;

  private static final int MOST_ATTEMPTS = 5;

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
     * @throws NewerPayloadException if it says more than can be understood
     * @throws IOException if reading fails
     */
    T read(InputStream in, long length, int version) throws IOException;
  }

  /**
   * {@return what a reader makes of the payload of a file of this kind, which is as it was written}
   */
  <T> T read(Location file, Reader<T> reader) {
    try {
      return readWhole(file, reader);
    } catch (DamagedPayloadException e) {
      throw new HandspunException(
          "%s is not a valid %s: %s.".formatted(file, noun, e.getMessage()), e);
    } catch (NewerPayloadException e) {
      throw new HandspunException(
          "%s was written by a newer Handspun: %s; update Handspun."
              .formatted(file, e.getMessage()),
          e);
    } catch (IOException e) {
      throw HandspunException.couldNot("read the %s %s".formatted(noun, file), e);
    }
  }

  /**
   * A file that is replaced while it is read stays readable on this machine, but not everywhere:
   * then the newer one is there to be read.
   */
  private <T> T readWhole(Location file, Reader<T> reader) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        return readOnce(file, reader);
      } catch (IOException e) {
        if (attempt == MOST_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private <T> T readOnce(Location file, Reader<T> reader) throws IOException {
    requireFile(file);
    // Opened once: what is checked is what is read, even if another file takes the name meanwhile.
    try (OpenFile in = file.open()) {
      ByteBuffer header = ByteBuffer.wrap(in.readNBytes(HEADER)).order(ByteOrder.LITTLE_ENDIAN);
      int found = readVersion(file, header);
      long length = header.getLong();
      requireUnchanged(file, length, header, in);
      in.seek(HEADER);
      return reader.read(in, length, found);
    }
  }

  /**
   * Writes a file of this kind as {@link AtomicFile} does; the payload is written twice, the same
   * each time.
   */
  void write(Location file, AtomicFile.Content payload) {
    AtomicFile.write(file, out -> seal(payload, out));
  }

  /** The same for a file that could be made again: the disk is not waited for. */
  void replace(Location file, AtomicFile.Content payload) {
    AtomicFile.replace(file, out -> seal(payload, out));
  }

  private void seal(AtomicFile.Content payload, OutputStream out) throws IOException {
    // The header comes first and tells of the whole; not every file system lets one go back.
    Count count = new Count();
    MessageDigest digest = Checksum.sha256();
    payload.writeTo(new DigestOutputStream(count, digest));
    ByteBuffer header =
        ByteBuffer.allocate(HEADER)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(magic.getBytes(StandardCharsets.US_ASCII))
            .putInt(version)
            .putLong(count.bytes)
            .put(digest.digest());
    out.write(header.array());
    payload.writeTo(out);
  }

  /** Counts the bytes that are written to it. */
  private static final class Count extends OutputStream {
    private long bytes;

    @Override
    public void write(int one) {
      bytes++;
    }

    @Override
    public void write(byte[] some, int from, int length) {
      bytes += length;
    }
  }

  private void requireFile(Location file) throws IOException {
    if (file.isFolder()) {
      Location inside = file.resolve(name);
      throw new HandspunException(
          "%s is a folder, but a %s is a file: name %s."
              .formatted(file, noun, inside.exists() ? inside : "the file"));
    }
    if (!AtomicFile.exists(file)) {
      throw new HandspunException("There is no %s %s: check the name.".formatted(noun, file));
    }
    // Elsewhere it may be gone in this very moment, and opening it tells.
    if (file.local().isPresent() && !file.isFile()) {
      throw new HandspunException(
          "%s is not a regular file, but a %s is one.".formatted(file, noun));
    }
  }

  private int readVersion(Location file, ByteBuffer header) {
    int found = header.remaining();
    if (found == 0) {
      throw new HandspunException(
          "%s is empty, so it is not a %s: %s.".formatted(file, noun, cure));
    }
    byte[] letters = new byte[Math.min(found, magic.length())];
    header.get(letters);
    String start = new String(letters, StandardCharsets.ISO_8859_1);
    if (!magic.startsWith(start)) {
      throw ofAnotherKind(file, start);
    }
    if (found < HEADER) {
      throw cutOff(file, found, "the header alone has %d".formatted(HEADER));
    }
    int format = header.getInt();
    if (format > version) {
      throw new HandspunException(
          "%s has format %d, but this Handspun reads formats up to %d: update Handspun."
              .formatted(file, format, version));
    }
    if (format < 1) {
      throw new HandspunException(
          "%s is damaged: it claims to have format %d, and the first is 1."
              .formatted(file, format));
    }
    return format;
  }

  private HandspunException ofAnotherKind(Location file, String start) {
    for (SealedFile other : values()) {
      if (start.equals(other.magic)) {
        return new HandspunException(
            "%s is a %s, but a %s is expected: name a %s.".formatted(file, other.noun, noun, name));
      }
    }
    return new HandspunException(
        "%s is not a %s of Handspun: it does not start with the letters %s. %s"
            .formatted(file, noun, magic, hint));
  }

  /** What follows the header must be as long as the header says, and have its sum. */
  private void requireUnchanged(Location file, long expected, ByteBuffer header, InputStream in)
      throws IOException {
    MessageDigest digest = Checksum.sha256();
    long length = in.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
    if (length < expected) {
      throw cutOff(
          file,
          length + HEADER,
          "its header says %d after the first %d".formatted(expected, HEADER));
    }
    if (length > expected) {
      throw new HandspunException(
          "%s is damaged: it has %d bytes after the header, but the header says %d: %s."
              .formatted(file, length, expected, cure));
    }
    byte[] sum = new byte[header.remaining()];
    header.get(sum);
    if (!Arrays.equals(sum, digest.digest())) {
      throw new HandspunException(
          "%s is damaged: its checksum is wrong, so some byte was changed; %s."
              .formatted(file, cure));
    }
  }

  private HandspunException cutOff(Location file, long found, String expected) {
    return new HandspunException(
        "%s was cut off: it has %d bytes, but %s; %s.".formatted(file, found, expected, cure));
  }
}
