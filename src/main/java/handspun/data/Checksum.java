package handspun.data;

import handspun.files.Location;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of a file of any size. */
public final class Checksum {

  private Checksum() {}

  /** {@return a new SHA-256} */
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256.", e);
    }
  }

  /** {@return SHA-256 of an unpacked file, in hexadecimal} */
  public static String of(Location file) {
    PackedFile packed = new PackedFile(file);
    MessageDigest digest = sha256();
    try (InputStream in = packed.open()) {
      in.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
    } catch (IOException e) {
      throw packed.unreadable(e);
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
