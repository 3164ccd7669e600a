package handspun.spark;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalClusterMasterTest {
  @Test
  void saysHowManyTasksRunAtOnce() {
    LocalClusterMaster master = LocalClusterMaster.of("local-cluster[3, 5, 1024]").orElseThrow();
    assertThat(master).isEqualTo(new LocalClusterMaster(3, 5));
    assertThat(master.slots(1)).isEqualTo(15);
    assertThat(master.slots(2)).isEqualTo(6);
    assertThat(master.slots(6)).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"local[2]", "local-cluster[0,1,1024]", "local-cluster[99999,1,1024]", "yarn", ""})
  void isNoOtherMaster(String master) {
    assertThat(LocalClusterMaster.of(master)).isEmpty();
  }
}
