package handspun.report;

import static org.assertj.core.api.Assertions.assertThat;

import handspun.data.Examples;
import handspun.files.Location;
import handspun.math.Kernels;
import handspun.network.Inputs;
import handspun.network.Network;
import handspun.network.QuadraticCost;
import handspun.network.Topology;
import handspun.train.Evaluation;
import handspun.train.OneLitPixel;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MistakeSheetTest {
  private static final int WHITE = 0xffffffff;
  private static final int BLACK = 0xff000000;

  @TempDir Path folder;

  private static Evaluation evaluate(int classes, Examples examples) {
    return Evaluation.of(
        OneLitPixel.network(classes), new QuadraticCost(), examples, Kernels.fastest());
  }

  private BufferedImage sheet(Evaluation evaluation, Examples examples) throws IOException {
    Path file = folder.resolve("mistakes.png");
    assertThat(MistakeSheet.write(Location.of(file), evaluation, examples)).isEmpty();
    return ImageIO.read(file.toFile());
  }

  @Test
  void theSurestMistakesComeFirst() {
    // The later an example the darker it is, and the less sure the network.
    int[][] outcomes = {{0, 0}, {0, 1}, {1, 1}, {2, 0}, {1, 2}};
    Examples examples = OneLitPixel.examples(3, outcomes);
    assertThat(MistakeSheet.worst(evaluate(3, examples), examples)).containsExactly(1, 3, 4);
  }

  @Test
  void showsNoMoreThanItsMost() {
    int[][] outcomes = new int[100][];
    for (int i = 0; i < 100; i++) {
      outcomes[i] = new int[] {0, 1};
    }
    Examples examples = OneLitPixel.examples(2, outcomes);
    assertThat(MistakeSheet.worst(evaluate(2, examples), examples))
        .containsExactlyElementsOf(IntStream.range(0, MistakeSheet.MOST).boxed().toList());
  }

  @ParameterizedTest
  @CsvSource({"1,1", "8,1", "9,2", "64,8", "90,8"})
  void hasEightImagesARow(int mistakes, int rows) throws IOException {
    int[][] outcomes = new int[mistakes][];
    for (int i = 0; i < mistakes; i++) {
      outcomes[i] = new int[] {0, 1};
    }
    Examples examples = OneLitPixel.examples(2, outcomes);
    BufferedImage sheet = sheet(evaluate(2, examples), examples);
    // Two pixels a row, 112 wide, hence 56 high: each row of tiles has one band with frames.
    assertThat(framedBands(sheet)).isEqualTo(rows);
  }

  /** Bands of lines that have ink at the left edge of the first column of images. */
  private static int framedBands(BufferedImage sheet) {
    int bands = 0;
    boolean inside = false;
    for (int y = 60; y < sheet.getHeight(); y++) {
      boolean frame = false;
      for (int x = 0; x < 60; x++) {
        frame |= sheet.getRGB(x, y) == 0xffd0d0d0;
      }
      if (frame && !inside) {
        bands++;
      }
      inside = frame;
    }
    return bands;
  }

  @Test
  void showsTheImageEnlargedAndDarkOnLight() throws IOException {
    // A network that always answers 1, and one image of class 0: two rows, ink at the lower left.
    Topology topology = new Topology(4, 2);
    Network stubborn = new Network(topology, new float[] {0, 0, 0, 0, 0, 0, 0, 0, -1, 1});
    Examples examples =
        new Examples(2, 2, Inputs.ofPixels(4, new byte[] {0, 0, -1, 0}), new byte[] {0});
    Evaluation evaluation =
        Evaluation.of(stubborn, new QuadraticCost(), examples, Kernels.fastest());
    BufferedImage sheet = sheet(evaluation, examples);
    int left = 0;
    int top = 0;
    for (int y = 0; y < sheet.getHeight() && top == 0; y++) {
      for (int x = 0; x < sheet.getWidth() && top == 0; x++) {
        if (sheet.getRGB(x, y) == 0xffd0d0d0) {
          left = x + 1;
          top = y + 1;
        }
      }
    }
    assertThat(sheet.getRGB(left + 28, top + 28)).isEqualTo(WHITE);
    assertThat(sheet.getRGB(left + 84, top + 84)).isEqualTo(WHITE);
    assertThat(sheet.getRGB(left + 1, top + 111)).isEqualTo(BLACK);
    assertThat(sheet.getRGB(left + 55, top + 57)).isEqualTo(BLACK);
  }

  @Test
  void isASentenceWhereNothingIsWrong() throws IOException {
    Examples examples = OneLitPixel.examples(2, new int[][] {{0, 0}, {1, 1}});
    Evaluation evaluation = evaluate(2, examples);
    assertThat(MistakeSheet.worst(evaluation, examples)).isEmpty();
    BufferedImage sheet = sheet(evaluation, examples);
    assertThat(sheet.getWidth()).isGreaterThan(sheet.getHeight());
    assertThat(framedBands(sheet)).isZero();
  }

  @Test
  void takesImagesLargerThanATile() throws IOException {
    byte[] pixels = new byte[200 * 200];
    pixels[0] = -1;
    Network stubborn = new Network(new Topology(40_000, 2), stubbornly());
    Examples examples = new Examples(200, 200, Inputs.ofPixels(40_000, pixels), new byte[] {0});
    BufferedImage sheet =
        sheet(Evaluation.of(stubborn, new QuadraticCost(), examples, Kernels.fastest()), examples);
    assertThat(sheet.getHeight()).isBetween(250, 320);
  }

  private static float[] stubbornly() {
    float[] parameters = new float[80_002];
    parameters[80_001] = 1;
    return parameters;
  }
}
