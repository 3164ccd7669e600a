package handspun.data;

import handspun.HandspunException;
import handspun.UsageException;
import handspun.files.Location;
import handspun.files.Places;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/**
 * Where the data are: in one place, or in several that are learned as one set.
 *
 * @param locations folders or files, at least one
 */
public record DataSources(List<Location> locations) {
  /** Makes the list unchangeable. */
  public DataSources {
    locations = List.copyOf(locations);
  }

  /** {@return one folder or file} */
  public static DataSources of(Location location) {
    return new DataSources(List.of(location));
  }

  /**
   * @param text places with commas between them; what exists under a name with commas is one place
   * @param resolve finds the place of a name
   * @return the places, in this order
   * @throws UsageException if nothing is before or after a comma
   */
  public static DataSources parse(String text, Function<String, Location> resolve) {
    List<Location> locations = Places.parse(text, resolve, DataSources::exists);
    if (locations.isEmpty()) {
      throw new UsageException(
          "data is \"%s\", but must be a folder or file, or several with commas between them."
              .formatted(text));
    }
    return new DataSources(locations);
  }

  private static boolean exists(Location location) {
    try {
      if (location.exists()) {
        return true;
      }
      // One of several sets in a folder.
      Location folder = location.parent();
      return folder.isFolder()
          && folder.list().stream().anyMatch(file -> file.startsWith(location.fileName() + "-"));
    } catch (IOException e) {
      throw HandspunException.couldNot("look at " + location, e);
    }
  }

  /** {@return the text of sources, independent of the current folder} */
  public static String absolute(String text) {
    return Path.of(text).isAbsolute() ? text : Location.absolute(text);
  }

  /** The name of one place as the user wrote it; names of several independent of the folder. */
  @Override
  public String toString() {
    return locations.size() == 1 ? locations.get(0).toString() : Places.absolute(locations);
  }
}
