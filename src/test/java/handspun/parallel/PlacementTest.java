package handspun.parallel;

import static org.assertj.core.api.Assertions.assertThat;

import handspun.math.Share;
import handspun.parallel.Placement.Place;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlacementTest {

  @Test
  void givesAnExecutorNeighbouringPartitionsHoweverSparkHasDealtOutTheTasks() {
    List<String> addresses = List.of("b:1", "a:1", "b:1", "a:2", "a:1");
    List<Place> places =
        IntStream.range(0, 5).mapToObj(task -> Placement.of(addresses, task)).toList();
    assertThat(places).extracting(Place::partition).containsExactly(0, 2, 1, 4, 3);
    assertThat(places).extracting(p -> p.placement().executor()).containsExactly(0, 1, 0, 2, 1);
    for (Place place : places) {
      assertThat(place.placement().executors()).isEqualTo(3);
      assertThat(IntStream.rangeClosed(0, 3).map(place.placement()::firstPartition))
          .containsExactly(0, 2, 4, 5);
    }
    assertThat(places.get(4).placement().firstPartition()).isEqualTo(2);
    assertThat(places.get(4).placement().partitions()).isEqualTo(2);
  }

  @Test
  void isAloneInOneProcess() {
    Placement alone = Placement.alone(3);
    assertThat(alone.executors()).isEqualTo(1);
    assertThat(alone.executor()).isZero();
    assertThat(alone.firstPartition()).isZero();
    assertThat(alone.partitions()).isEqualTo(3);
  }

  @Test
  void isApartWithAProcessForEachPartitionAndOneThatOnlyMakesTheSteps() {
    Placement second = Placement.apart(3, 1);
    assertThat(second.executors()).isEqualTo(4);
    assertThat(second.firstPartition()).isEqualTo(1);
    assertThat(second.partitions()).isEqualTo(1);
    Placement driver = Placement.apart(3, 3);
    assertThat(driver.firstPartition()).isEqualTo(3);
    assertThat(driver.partitions()).isZero();
    assertThat(driver.threads()).isOne();
    assertThat(driver.share(3)).isEqualTo(Share.WHOLE);
  }
}
