package handspun.data;

import handspun.HandspunException;
import handspun.files.Location;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/** The one file in a zip archive. That there are several is said when the first one ends. */
final class SingleZipEntry extends FilterInputStream {
  private final Location path;
  private final ZipInputStream zip;
  private final String name;
  private boolean ended;

  /** Takes the archive's name for messages, and its bytes. */
  SingleZipEntry(Location path, InputStream in) throws IOException {
    super(new ZipInputStream(in));
    this.path = path;
    zip = (ZipInputStream) this.in;
    ZipEntry entry = nextFile(zip);
    if (entry == null) {
      throw new ZipException("a zip archive without a file");
    }
    name = entry.getName();
  }

  /** {@return the next entry that is a file and no trace of macOS; null if there is none} */
  static ZipEntry nextFile(ZipInputStream zip) throws IOException {
    try {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (!entry.isDirectory() && !entry.getName().startsWith("__MACOSX/")) {
          return entry;
        }
      }
      return null;
    } catch (IllegalArgumentException e) {
      // Such as a name that is no UTF-8.
      ZipException damaged = new ZipException(e.getMessage());
      damaged.initCause(e);
      throw damaged;
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    if (ended) {
      return -1;
    }
    int read = super.read(bytes, from, length);
    if (read < 0) {
      ended = true;
      ZipEntry next = nextFile(zip);
      if (next != null) {
        throw new HandspunException(
            "%s is a zip archive of several files, such as %s and %s: unpack it with unzip, and name the folder."
                .formatted(path, name, next.getName()));
      }
    }
    return read;
  }
}
