package handspun.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import handspun.HandspunException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JmhRunTest {
  @TempDir private Path folder;

  private List<KernelTime> read(String json) throws Exception {
    return JmhRun.read(Files.writeString(folder.resolve("jmh.json"), json), "256");
  }

  @Test
  void takesTheMedianOfAllIterationsAndTheWorkOfOneCall() throws Exception {
    List<KernelTime> times =
        read(
            """
            [{"benchmark": "handspun.bench.kernels.KernelBenchmarks.affine",
              "params": {"shape": "16x10"},
              "primaryMetric": {"score": 9, "rawData": [[8, 3], [4]]},
              "secondaryMetrics": {
                "flops": {"score": 60, "rawData": [[20, 20], [20]]},
                "bytes": {"score": 24, "rawData": [[8, 8], [8]]},
                "vectorBits": {"score": 1536, "rawData": [[512, 512], [512]]}}}]
            """);
    assertThat(times)
        .containsExactly(new KernelTime("affine", "16x10", "256", new Spread(4, 3, 8), 20, 8, 512));
    assertThat(times.get(0).gigaflops()).isEqualTo(5);
    assertThat(times.get(0).gigabytes()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[{", "[{\"benchmark\": \"a.b\"}]"})
  void saysWhatItCannotUnderstand(String json) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOf(HandspunException.class)
        .hasMessageContaining("What JMH wrote to")
        .hasMessageContaining("jmh.json");
  }

  @Test
  void repeatsJavasLastWords() {
    JmhRun jmh = new JmhRun(new Project(folder), folder, true);
    assertThatThrownBy(() -> jmh.run("KernelBenchmarks", "scalar"))
        .isInstanceOf(HandspunException.class)
        .hasMessageContaining("The benchmarks KernelBenchmarks failed: it ended with exit status 1")
        .hasMessageContaining("org.openjdk.jmh.Main")
        .hasMessageContaining(folder.resolve("jmh-scalar.out").toString());
  }
}
