package handspun.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlacesTest {
  private final List<String> asked = new ArrayList<>();

  /** Names of places, where only those with this name exist. */
  private List<String> parse(String text, String... existing) {
    return Places.parse(
            text,
            name -> Location.of(name, Map::of),
            place -> {
              asked.add(place.toString());
              return List.of(existing).contains(place.toString());
            })
        .stream()
        .map(Location::toString)
        .toList();
  }

  @Test
  void areWhatIsBetweenTheCommas() {
    assertThat(parse("a/b")).containsExactly("a/b");
    assertThat(asked).isEmpty();
    assertThat(parse("c, a/b ,c")).containsExactly("c", "a/b", "c");
  }

  @ParameterizedTest
  @CsvSource({
    "'x,y', 'x,y', 1",
    "'x,y,z', 'x,y', 2",
    "'z,x,y', 'x,y', 2",
    "'x,y,x,y', 'x,y', 2",
    "'x, y,z', 'x, y', 2"
  })
  void aCommaMayBelongToANameThatExists(String text, String existing, int places) {
    assertThat(parse(text, existing)).contains(existing).hasSize(places);
  }

  @Test
  void aUriBeginsAnotherPlace() {
    assertThat(parse("file:/a, file:/b,c", "file:/b,c")).containsExactly("file:/a", "file:/b,c");
    assertThat(asked).containsExactly("file:/b,c");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a,", ",a", "a,,b", "a, ,b"})
  void areNoneWhereAnythingIsMissing(String text) {
    assertThat(parse(text)).isEmpty();
  }

  @Test
  void areReadAgainFromAnyFolder() {
    List<Location> places = List.of(Location.of(Path.of("a")), Location.of(Path.of("/b")));
    assertThat(Places.absolute(places)).isEqualTo(Path.of("a").toAbsolutePath() + ",/b");
  }
}
