package handspun.parallel;

import static org.assertj.core.api.Assertions.assertThat;

import handspun.train.MiniBatches;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartitioningTest {

  @ParameterizedTest
  @CsvSource({"103,10,1,3", "103,10,1,10", "103,12,4,3", "103,12,4,4", "200,64,8,5"})
  void partitionsOwnEveryExampleOnceAndWholeLanes(
      int examples, int size, int lanes, int partitions) {
    MiniBatches miniBatches = new MiniBatches(examples, size, lanes);
    Partitioning partitioning = new Partitioning(miniBatches, partitions);
    assertThat(partitioning.firstExample(0)).isZero();
    assertThat(partitioning.firstExample(partitions)).isEqualTo(examples);
    assertThat(partitioning.firstLane(partitions)).isEqualTo(lanes);
    for (int e = 0; e < examples; e++) {
      int owner = partitioning.owner(e);
      assertThat(e)
          .isBetween(partitioning.firstExample(owner), partitioning.firstExample(owner + 1) - 1);
    }
    if (lanes > 1) {
      for (int p = 0; p < partitions; p++) {
        assertThat(partitioning.firstExample(p))
            .isEqualTo(miniBatches.laneStart(partitioning.firstLane(p)));
      }
    }
  }
}
