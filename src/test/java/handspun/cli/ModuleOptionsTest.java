package handspun.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import org.apache.spark.launcher.JavaModuleOptions;
import org.junit.jupiter.api.Test;

/** The build's property spark.module.options against Spark's own list. */
class ModuleOptionsTest {
  @Test
  void testsRunWithTheOptionsThatSparkGivesToItsProcesses() {
    assertThat(ManagementFactory.getRuntimeMXBean().getInputArguments())
        .contains(JavaModuleOptions.defaultModuleOptionArray());
  }
}
