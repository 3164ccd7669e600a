package handspun.serve;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DescriptorsTest {
  @ParameterizedTest
  @CsvSource({"1000000, 100, 8192", "1024, 60, 932", "256, 60, 164", "64, 60, 16", "-1, -1, 8192"})
  void leavesDescriptorsForFiles(long most, long open, int connections) {
    assertThat(Descriptors.connections(8192, most, open)).isEqualTo(connections);
  }

  @Test
  void hasFewerThreadsThanConnectionsSoThatSomebodyMakesRoom() {
    assertThat(Capacity.DEFAULT.within(8192)).isEqualTo(Capacity.DEFAULT);
    assertThat(Capacity.DEFAULT.within(132))
        .isEqualTo(new Capacity(99, 24, Capacity.DEFAULT.bodyBytes()));
  }
}
