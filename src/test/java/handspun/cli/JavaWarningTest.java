package handspun.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which Java is warned of. */
class JavaWarningTest {
  private static final List<String> G1 =
      List.of("G1 Young Generation", "G1 Concurrent GC", "G1 Old Generation");

  @ParameterizedTest
  @ValueSource(strings = {"25", "25+36-LTS", "25.0.1+8", "25.0.2", "25.0.3-ea+5"})
  void java25IsWarnedOfBeforeItsThirdUpdate(String version) {
    assertThat(JavaWarning.of(Runtime.Version.parse(version), () -> G1).orElseThrow())
        .contains("Java " + version, "may damage", "JDK-8377811", "SPARK-55852", "25.0.3")
        .hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"17.0.15+6", "21", "24.0.2", "25.0.3+9-LTS", "25.0.4", "26-ea+3"})
  void othersAreNot(String version) {
    assertThat(JavaWarning.of(Runtime.Version.parse(version), () -> G1)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Copy", "PS Scavenge", "ZGC Major Cycles"})
  void otherCollectorsAreNot(String collector) {
    assertThat(JavaWarning.of(Runtime.Version.parse("25.0.1"), () -> List.of(collector))).isEmpty();
  }
}
