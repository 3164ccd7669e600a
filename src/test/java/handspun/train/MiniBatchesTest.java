package handspun.train;

import static org.assertj.core.api.Assertions.assertThat;

import handspun.math.Share;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MiniBatchesTest {

  @ParameterizedTest
  @CsvSource({"100,10,1", "103,10,1", "103,10,4", "200,64,8", "201,67,8", "9,9,9", "10,9,9"})
  void anEpochVisitsEveryExampleOnceAndEveryLaneItsOwn(int examples, int size, int lanes) {
    MiniBatches miniBatches = new MiniBatches(examples, size, lanes);
    int[] order = miniBatches.order(5, 3);
    assertThat(IntStream.of(order).sorted().toArray())
        .isEqualTo(IntStream.range(0, examples).toArray());
    assertThat(miniBatches.start(miniBatches.count())).isEqualTo(examples);
    int visited = 0;
    for (int t = 0; t < miniBatches.count(); t++) {
      assertThat(miniBatches.start(t)).isEqualTo(visited);
      for (int l = 0; l < lanes; l++) {
        Share share = new Share(l, lanes);
        for (int j = share.from(miniBatches.size(t)); j < share.to(miniBatches.size(t)); j++) {
          assertThat(order[t * size + j])
              .isBetween(miniBatches.laneStart(l), miniBatches.laneStart(l + 1) - 1);
          visited++;
        }
      }
    }
    assertThat(visited).isEqualTo(examples);
  }

  @ParameterizedTest
  @CsvSource({"1", "4"})
  void theOrderFollowsFromSeedAndEpochAlone(int lanes) {
    MiniBatches miniBatches = new MiniBatches(500, 20, lanes);
    int[] order = miniBatches.order(1, 1);
    assertThat(new MiniBatches(500, 20, lanes).order(1, 1)).isEqualTo(order);
    assertThat(miniBatches.order(1, 2)).isNotEqualTo(order);
    assertThat(miniBatches.order(2, 1)).isNotEqualTo(order);
    assertThat(Arrays.equals(order, IntStream.range(0, 500).toArray())).isFalse();
  }
}
