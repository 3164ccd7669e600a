package handspun.files;

import handspun.HandspunException;
import handspun.UsageException;
import java.io.IOException;

/** The folder that a user names with {@code --out} for files that are made. */
public final class NewFolder {
  private NewFolder() {}

  /**
   * Makes it.
   *
   * @param folder must not exist, or be empty
   * @throws UsageException if it is not empty
   * @throws HandspunException if it cannot be made
   */
  public static void make(Location folder) {
    try {
      if (folder.isFile() || (folder.isFolder() && !folder.list().isEmpty())) {
        throw new UsageException(
            "%s%s, and nothing is overwritten: name a new folder after --out."
                .formatted(folder, folder.isFile() ? " is a file" : " is not empty"));
      }
      folder.makeFolder();
    } catch (IOException e) {
      throw new HandspunException(
          "Could not make the folder %s: %s; name another one after --out."
              .formatted(folder, HandspunException.reason(e)),
          e);
    }
  }
}
