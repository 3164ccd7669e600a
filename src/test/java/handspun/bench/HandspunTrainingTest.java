package handspun.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import handspun.bench.Measurement.Step;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a shell script that plays bin/handspun. */
class HandspunTrainingTest {
  private static final String HEADER = "epoch,cost,validation_accuracy,seconds";
  private static final String JSON =
      "{\"epochSeconds\":[0.4,0.0162],\"kernels\":\"scalar\",\"parametersSha256\":\"ab\","
          + "\"partitions\":2}";

  @TempDir private Path folder;

  private static Measurement parse(String json, String... metrics) {
    return HandspunTraining.parse(
        new Child.Ended(List.of("something else", json), 2048), List.of(metrics));
  }

  @Test
  void secondsAreThoseOfTheJsonAndAccuraciesThoseOfTheMetrics() {
    Measurement measurement = parse(JSON, HEADER, "1,0.5,0.88,0.400", "2,0.4,,0.016");
    assertThat(measurement.steps())
        .containsExactly(
            new Step(1, 0.4, Double.NaN, 0.88), new Step(2, 0.0162, Double.NaN, Double.NaN));
    assertThat(measurement.version()).isEqualTo("scalar");
    assertThat(measurement.parametersSha256()).isEqualTo("ab");
    assertThat(measurement.partitions()).isEqualTo(2);
    assertThat(measurement.peakMegabytes()).isEqualTo(2);
  }

  @Test
  void saysWhatIsMissing() {
    assertThatThrownBy(() -> parse(JSON, HEADER, "1,0.5,0.88,0.400"))
        .hasMessageContaining("the seconds of 2 epochs", "metrics.csv has 2 lines");
    assertThatThrownBy(() -> parse("{}", HEADER)).hasMessageContaining("the seconds of 0 epochs");
    assertThatThrownBy(() -> parse("Done.", HEADER)).hasMessageContaining("no JSON object: Done.");
    assertThatThrownBy(() -> parse("{\"epochSeconds\":[1]}", HEADER, "1,0.5,0.88,0.4"))
        .hasMessageContaining("without the number partitions");
    assertThatThrownBy(() -> HandspunTraining.parse(new Child.Ended(List.of(), 0), List.of(HEADER)))
        .hasMessageContaining("no JSON object");
  }

  @Test
  void trainsAsAUserDoesAndLeavesNoRunBehind() throws Exception {
    Path launcher =
        Files.writeString(
            folder.resolve("handspun"),
            """
            #!/bin/sh
            echo "$HANDSPUN_BUILD $*" >&2
            while [ "$1" != --run ]; do shift; done
            mkdir "$2"
            printf 'epoch,validation_accuracy\\n1,0.9\\n' >"$2/metrics.csv"
            echo '{"epochSeconds":[0.5],"partitions":1}'
            """);
    Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
    HandspunTraining training =
        HandspunTraining.local(launcher, Path.of("data"), 2, "jobs", OptionalInt.of(1));
    Measurement measurement = training.measure(Fake.workload(), folder, "a");
    assertThat(measurement.allSeconds()).isEqualTo(0.5);
    assertThat(folder.resolve("a-run")).doesNotExist();
    assertThat(Files.readString(folder.resolve("a.err")))
        .startsWith("no train --json --layers 784,16,10 ")
        .contains(" --epochs 3 ", " --batch 10 ", " --rate 3.0 ", " --seed 7 ", " --lanes 1 ")
        .endsWith(
            " --data data --aggregate jobs --master local[2] --partitions 1 --run %s\n"
                .formatted(folder.resolve("a-run")));
    assertThat(training.label()).isEqualTo("handspun-jobs-2-1");
  }
}
