package handspun.report;

import static org.assertj.core.api.Assertions.assertThat;

import handspun.StartedProcesses;
import handspun.data.Examples;
import handspun.files.Location;
import handspun.math.Kernels;
import handspun.network.QuadraticCost;
import handspun.train.Calibration;
import handspun.train.EpochSummary;
import handspun.train.Evaluation;
import handspun.train.OneLitPixel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** All pictures in a Java of its own, for which fontconfig is set up to know no fonts. */
class FontlessMachineTest {
  @TempDir Path folder;

  @Test
  @EnabledOnOs(OS.LINUX)
  void getsAWarningForEveryPictureAndNoFailure() throws IOException, InterruptedException {
    Path fonts = folder.resolve("fonts.conf");
    Files.writeString(fonts, "<?xml version=\"1.0\"?><fontconfig></fontconfig>");
    ProcessBuilder java =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            // Java remembers the fonts that it found below the user's home.
            "-Duser.home=" + folder,
            "-cp",
            System.getProperty("java.class.path"),
            DrawsAll.class.getName(),
            folder.toString());
    java.environment().put("FONTCONFIG_FILE", fonts.toString());
    StartedProcesses.mark(java.environment());
    java.redirectErrorStream(true);
    Process process = java.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    for (String file : List.of("curve.svg", "confusion.svg", "mistakes.png", "reliability.svg")) {
      assertThat(said).contains(file + " was not drawn, as Java cannot use fonts");
      assertThat(folder.resolve(file)).doesNotExist();
    }
    assertThat(said).contains("install fontconfig").endsWith("went on\n");
  }

  /** The program that the test runs. */
  static final class DrawsAll {
    private DrawsAll() {}

    public static void main(String[] args) {
      Path folder = Path.of(args[0]);
      Examples examples = OneLitPixel.examples(2, new int[][] {{0, 0}, {0, 1}});
      Evaluation evaluation =
          Evaluation.of(OneLitPixel.network(2), new QuadraticCost(), examples, Kernels.fastest());
      List<EpochSummary> epochs = List.of(new EpochSummary(1, 0.1, 1, 2, 1, List.of(2)));
      Curve.write(Location.of(folder.resolve("curve.svg")), epochs).ifPresent(System.out::println);
      ConfusionChart.write(Location.of(folder.resolve("confusion.svg")), evaluation)
          .ifPresent(System.out::println);
      MistakeSheet.write(Location.of(folder.resolve("mistakes.png")), evaluation, examples)
          .ifPresent(System.out::println);
      ReliabilityChart.write(
              Location.of(folder.resolve("reliability.svg")), Calibration.of(evaluation))
          .ifPresent(System.out::println);
      System.out.print("went on\n");
    }
  }
}
