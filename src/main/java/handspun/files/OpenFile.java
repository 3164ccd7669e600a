package handspun.files;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * The bytes of a file that stays the one that was opened, whatever takes its name meanwhile. Where
 * a file system cannot keep it, reading fails; whoever opens the name again then gets the newer
 * file.
 *
 * <p>Skipping bytes takes no time.
 */
public abstract class OpenFile extends FilterInputStream {
  OpenFile(InputStream in) {
    super(in);
  }

  /** Goes to the byte that is read next, counted from 0. */
  public abstract void seek(long position) throws IOException;
}
