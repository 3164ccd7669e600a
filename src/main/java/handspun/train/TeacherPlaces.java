package handspun.train;

import handspun.HandspunException;
import handspun.UsageException;
import handspun.files.Location;
import handspun.files.Places;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;

/**
 * Where the models of a teacher are.
 *
 * @param locations files; none without a teacher
 */
public record TeacherPlaces(List<Location> locations) {
  /** Makes the list unchangeable. */
  public TeacherPlaces {
    locations = List.copyOf(locations);
  }

  /**
   * @param text a value of {@link Hyperparameters#TEACHER}; what exists under a name with commas is
   *     one model
   * @param resolve finds the place of a name
   * @return the places, in this order
   * @throws UsageException if nothing is before or after a comma
   */
  public static TeacherPlaces parse(String text, Function<String, Location> resolve) {
    if (text.equals(Hyperparameters.NO_TEACHER)) {
      return new TeacherPlaces(List.of());
    }
    List<Location> locations = Places.parse(text, resolve, TeacherPlaces::exists);
    if (locations.isEmpty()) {
      throw new UsageException(
          "teacher is \"%s\", but must be a model file, or several with commas between them."
              .formatted(text));
    }
    return new TeacherPlaces(locations);
  }

  private static boolean exists(Location location) {
    try {
      return location.exists();
    } catch (IOException e) {
      throw HandspunException.couldNot("look at " + location, e);
    }
  }

  /** The text of which they are read, independent of the current folder. */
  @Override
  public String toString() {
    return locations.isEmpty() ? Hyperparameters.NO_TEACHER : Places.absolute(locations);
  }
}
