package handspun.data;

import handspun.files.Location;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/** SHA-256 of a file of any size. */
public final class Checksum {
  private static final int BUFFER = 1 << 16;

  private Checksum() {}

  /**
   * @param file packed with gzip if its name ends in {@code .gz}
   * @return SHA-256 of the unpacked file, in hexadecimal
   * @throws handspun.HandspunException if it cannot be read
   */
  public static String of(Location file) {
    PackedFile packed = new PackedFile(file);
    MessageDigest digest = PackedFile.sha256();
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = packed.open()) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    } catch (IOException e) {
      throw packed.unreadable(e);
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
