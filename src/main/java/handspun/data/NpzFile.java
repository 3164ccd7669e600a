package handspun.data;

import handspun.HandspunException;
import handspun.files.FileKind;
import handspun.files.Location;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Numpy's {@code .npz}: a zip archive of arrays, each in a header that tells type and shape, and
 * its numbers. Arrays of Python's objects, which are pickles, are refused.
 *
 * @param arrays the arrays by name, without {@code .npy}
 * @param size bytes of all arrays
 * @param sha256 of the file, in hexadecimal
 */
public record NpzFile(Location path, Map<String, NumpyArray> arrays, long size, String sha256) {
  private static final int MOST_ARRAYS = 1000;
  private static final int MOST_HEADER = 1 << 16;
  private static final long MOST_BYTES = Integer.MAX_VALUE - 8;
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final Pattern HEADER =
      Pattern.compile(
          "\\{(?=.*'descr': *'(?<type>[^']{1,20})')(?=.*'fortran_order': *(?<byColumns>True|False))"
              + "(?=.*'shape': *\\((?<shape>(\\d{1,18}L?)?(, ?\\d{1,18}L?)*,?)\\)).*\\}\\s*");

  /** {@return the arrays of a file; refuses anything else than numbers} */
  public static NpzFile read(Location path) {
    PackedFile file = new PackedFile(path);
    if (file.kind() != FileKind.NPZ) {
      throw UnexpectedFile.refusal(path, file.start(), "an archive of numpy's arrays (.npz)");
    }
    MessageDigest digest = Checksum.sha256();
    Map<String, NumpyArray> arrays = new TreeMap<>();
    long size = 0;
    try (InputStream in = new DigestInputStream(file.open(), digest)) {
      ZipInputStream zip = new ZipInputStream(in);
      for (ZipEntry entry = SingleZipEntry.nextFile(zip);
          entry != null;
          entry = SingleZipEntry.nextFile(zip)) {
        String name = entry.getName().replaceFirst("\\.npy$", "");
        if (arrays.size() == MOST_ARRAYS) {
          throw new PythonDataException("holds more than %d arrays".formatted(MOST_ARRAYS));
        }
        NumpyArray array = array(name, zip, MOST_BYTES - size);
        arrays.put(name, array);
        size += array.bytesInMemory();
      }
      // The rest is the archive's table of contents.
      in.transferTo(OutputStream.nullOutputStream());
    } catch (PythonDataException e) {
      throw new HandspunException(path + " " + e.getMessage() + ".", e);
    } catch (IOException e) {
      throw file.unreadable(e);
    }
    return new NpzFile(path, arrays, size, HexFormat.of().formatHex(digest.digest()));
  }

  private static NumpyArray array(String name, InputStream in, long most) throws IOException {
    byte[] start = in.readNBytes(8);
    if (start.length < 8 || !Arrays.equals(start, 0, 6, MAGIC, 0, 6)) {
      throw new PythonDataException(
          "has the entry %s, which is not a numpy array (.npy)".formatted(name));
    }
    int lengthBytes = start[6] == 1 ? 2 : 4;
    long length = 0;
    byte[] lengths = in.readNBytes(lengthBytes);
    for (int b = 0; b < lengths.length; b++) {
      length |= (lengths[b] & 0xffL) << (8 * b);
    }
    if (length > MOST_HEADER) {
      throw new PythonDataException(
          "has the array %s with a header of %d bytes, more than %d"
              .formatted(name, length, MOST_HEADER));
    }
    String text = new String(in.readNBytes((int) length), StandardCharsets.ISO_8859_1).strip();
    Matcher header = HEADER.matcher(text);
    if (text.contains("'descr': '|O'")) {
      throw new PythonDataException(
          "has the array %s of Python objects, which are not read: save arrays of numbers"
              .formatted(name));
    }
    if (!header.matches()) {
      throw new PythonDataException(
          "has the array %s with a header that is not read: %s".formatted(name, text));
    }
    NumpyType.Elements type = new NumpyType(header.group("type")).elements();
    Object[] shape =
        Stream.of(header.group("shape").split("[L, ]+"))
            .filter(size -> !size.isEmpty())
            .map(Long::valueOf)
            .toArray();
    double bytes = type.size();
    for (Object size : shape) {
      bytes *= (Long) size;
    }
    if (bytes > most) {
      throw new PythonDataException(
          "has the array %s, with which it holds more than the %d bytes that are read"
              .formatted(name, MOST_BYTES));
    }
    // Grows as data come, so that a small file takes no memory for what it only claims.
    byte[] data = in.readNBytes((int) bytes);
    if (data.length < bytes) {
      throw new EOFException("The array %s is cut off.".formatted(name));
    }
    NumpyArray array = new NumpyArray();
    array.fill(type, shape, header.group("byColumns").equals("True"), data);
    return array;
  }
}
