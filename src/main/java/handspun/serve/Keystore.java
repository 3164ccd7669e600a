package handspun.serve;

import handspun.HandspunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.UnrecoverableKeyException;
import java.util.Collections;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** The file of a server's key and certificate, PKCS12 or JKS. */
public final class Keystore {
  private Keystore() {}

  /**
   * {@return what HTTPS is spoken with}
   *
   * @param password of the file and of the key in it
   * @throws HandspunException if the file is missing, of another kind, locked by another password
   *     or without a key
   */
  public static SSLContext read(Path file, char[] password) {
    if (!Files.isReadable(file) || !Files.isRegularFile(file)) {
      throw new HandspunException(
          "There is no keystore %s that can be read: make one with keytool -genkeypair -storetype PKCS12 -keystore %s."
              .formatted(file, file));
    }
    try {
      KeyStore store = KeyStore.getInstance(file.toFile(), password);
      if (!hasKey(store)) {
        throw new HandspunException(
            "The keystore %s has no private key: put in the server's key with its certificate."
                .formatted(file));
      }
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, password);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    } catch (UnrecoverableKeyException e) {
      throw wrongPassword(file, e);
    } catch (IOException | GeneralSecurityException e) {
      if (e.getCause() instanceof UnrecoverableKeyException) {
        throw wrongPassword(file, e);
      }
      throw new HandspunException(
          "The file %s is no keystore that is whole (%s): give one of the kind PKCS12 or JKS."
              .formatted(file, e.getMessage()),
          e);
    }
  }

  private static boolean hasKey(KeyStore store) throws GeneralSecurityException {
    for (String alias : Collections.list(store.aliases())) {
      if (store.isKeyEntry(alias)) {
        return true;
      }
    }
    return false;
  }

  private static HandspunException wrongPassword(Path file, Exception e) {
    return new HandspunException(
        "The password does not open the keystore %s, or the key in it: give the one that it was made with, the same for both."
            .formatted(file),
        e);
  }
}
