package handspun.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShowCommandTest {
  @TempDir private Path folder;

  private final StringWriter text = new StringWriter();

  private int show(String... more) {
    List<String> arguments = new ArrayList<>(List.of("show", "--out", sheet().toString()));
    arguments.addAll(List.of(more));
    PrintWriter writer = new PrintWriter(text, true);
    return Main.run(List.of(), writer, writer, arguments.toArray(String[]::new));
  }

  private Path sheet() {
    return folder.resolve("sheet.png");
  }

  @Test
  void drawsARowForEachExample() throws IOException {
    assertThat(show("--examples", "3", "--epochs", "2", "--preprocess", "straighten")).isZero();
    assertThat(text.toString()).isEqualTo("Drawn in %s%n".formatted(sheet()));
    BufferedImage small = ImageIO.read(sheet().toFile());
    assertThat(show("--examples", "4", "--epochs", "12", "--seed", "2")).isZero();
    BufferedImage large = ImageIO.read(sheet().toFile());
    assertThat(large.getHeight() - small.getHeight()).isEqualTo(84 + 16);
    assertThat(large.getWidth()).isGreaterThan(small.getWidth());
  }

  @Test
  void showsTheSameForTheSameSeedOnly() throws IOException {
    show("--examples", "2", "--epochs", "1");
    int[] first = pixels();
    show("--examples", "2", "--epochs", "1");
    assertThat(pixels()).isEqualTo(first);
    show("--examples", "2", "--epochs", "1", "--seed", "2");
    assertThat(pixels()).isNotEqualTo(first);
  }

  private int[] pixels() throws IOException {
    BufferedImage image = ImageIO.read(sheet().toFile());
    // Below the title, which tells the seed.
    return image.getRGB(0, 45, image.getWidth(), image.getHeight() - 45, null, 0, image.getWidth());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "--augment; blur=1; augment has \"blur\"",
        "--preprocess; bend; preprocess is bend, but must be none or straighten",
        "--epochs; 0; --epochs is 0, but must be 1 to 100",
        "--examples; 101; --examples is 101, but must be 1 to 100"
      })
  void whatIsImpossibleIsRefused(String option, String value, String sentence) {
    assertThat(show(option, value)).isEqualTo(Main.WRONG_USE);
    assertThat(text.toString()).contains(sentence);
    assertThat(sheet()).doesNotExist();
  }
}
