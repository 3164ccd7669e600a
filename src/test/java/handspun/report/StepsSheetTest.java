package handspun.report;

import static org.assertj.core.api.Assertions.assertThat;

import handspun.files.Location;
import handspun.image.Picture;
import handspun.image.PictureDecoder;
import handspun.image.PictureSteps;
import handspun.image.Pictures;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StepsSheetTest {
  /** As the sheet draws frames that were dropped. */
  private static final int RED = 0xffd62728;

  private static final int BLUE = 0xff1f77b4;

  @TempDir private Path folder;

  private BufferedImage draw(Picture picture) throws IOException {
    Path file = folder.resolve("steps.png");
    assertThat(new StepsSheet("a title", PictureSteps.of(picture)).write(Location.of(file)))
        .isEmpty();
    return ImageIO.read(file.toFile());
  }

  private static long count(BufferedImage sheet, int colour) {
    int[] pixels =
        sheet.getRGB(0, 0, sheet.getWidth(), sheet.getHeight(), null, 0, sheet.getWidth());
    return Arrays.stream(pixels).filter(pixel -> pixel == colour).count();
  }

  private static Picture framedSeven() {
    Picture seven = new PictureDecoder(1 << 20).decode(Pictures.sevenPng());
    byte[] grey = seven.grey().clone();
    for (int p = 0; p < grey.length; p++) {
      int x = p % 280;
      int y = p / 280;
      if (Math.min(x, y) < 4 || Math.max(x, y) >= 276) {
        grey[p] = 0;
      }
    }
    return Pictures.opaque(280, 280, grey);
  }

  @Test
  void drawsWhatWasDroppedInColourAndABoxAroundTheInk() throws IOException {
    BufferedImage sheet = draw(framedSeven());
    assertThat(sheet.getWidth()).isGreaterThan(4 * 280);
    assertThat(count(sheet, RED)).isGreaterThan(4 * 4 * 276);
    assertThat(count(sheet, BLUE)).isBetween(400L, 1000L);
  }

  @Test
  void drawsABlankPictureWithoutABox() throws IOException {
    BufferedImage sheet = draw(new PictureDecoder(1 << 20).decode(Pictures.blankPng()));
    assertThat(count(sheet, BLUE)).isZero();
  }
}
