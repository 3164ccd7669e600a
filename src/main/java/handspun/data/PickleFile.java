package handspun.data;

import handspun.HandspunException;
import handspun.files.FileKind;
import handspun.files.Location;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import net.razorvine.pickle.Pickler;

/**
 * A file of Python's {@code pickle}, packed or not, that holds nothing but numbers, texts, lists,
 * tuples, dicts and numpy's arrays of numbers. A pickle can name any function of Python's to be
 * called; one that names anything else than numpy's arrays is refused by that name. The one
 * exception is a class named {@code Network}, as in Nielsen's programs: of its objects the
 * attributes are read, and nothing is run.
 *
 * @param path the file
 * @param value what is in it: {@link Number}, {@link Boolean}, {@link String}, {@code byte[]},
 *     {@link List}, {@code Object[]} for a tuple, {@link Map}, {@link NumpyArray}, {@link
 *     PickledObject} or null; an object may occur more than once, even within itself
 * @param size bytes of the unpacked file
 * @param sha256 of the unpacked file, in hexadecimal
 */
public record PickleFile(Location path, Object value, int size, String sha256) {
  /** As {@link #read(Location)}, of a file on this machine. */
  public static PickleFile read(Path path) {
    return read(Location.of(path));
  }

  /**
   * @param path a file, packed or not
   * @return what it holds
   * @throws HandspunException if it cannot be read, is damaged, or names anything but numpy's
   *     arrays
   */
  public static PickleFile read(Location path) {
    PackedFile file = new PackedFile(path);
    byte[] bytes = file.bytes();
    byte[] start = Arrays.copyOf(bytes, Math.min(bytes.length, FileKind.BYTES));
    if (isNoPickle(FileKind.of(start))) {
      throw UnexpectedFile.refusal(path, start, "a Python pickle");
    }
    String sum = HexFormat.of().formatHex(Checksum.sha256().digest(bytes));
    try {
      return new PickleFile(path, NumpyUnpickler.unpickle(bytes), bytes.length, sum);
    } catch (PythonDataException e) {
      throw new HandspunException(path + " " + e.getMessage() + ".", e);
    } catch (OutOfMemoryError e) {
      throw PackedFile.tooLarge(path, e);
    }
  }

  /** For sure: one of protocol 0 may look like any text. */
  private static boolean isNoPickle(FileKind kind) {
    return switch (kind) {
      case PICKLE, CSV, TEXT, UNKNOWN -> false;
      default -> true;
    };
  }

  /**
   * Writes a pickle of protocol 2, which Python 2.3 and everything since can load.
   *
   * @param value made of {@link Integer}, {@link Double}, {@link String}, {@link List} and {@link
   *     Map}
   * @param out where to; not closed
   * @throws IOException if that fails
   */
  public static void write(Object value, OutputStream out) throws IOException {
    new Pickler(false).dump(value, out);
  }
}
