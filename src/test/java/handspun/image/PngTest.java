package handspun.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class PngTest {
  @Test
  void keepsEachLevelOfGrey() throws Exception {
    byte[] grey = new byte[256];
    for (int p = 0; p < grey.length; p++) {
      grey[p] = (byte) p;
    }
    Picture read = new PictureDecoder(256).decode(Png.grey(32, grey));
    assertThat(read.width()).isEqualTo(32);
    assertThat(read.height()).isEqualTo(8);
    assertThat(read.grey()).isEqualTo(grey);
    assertThat(read.isOpaque()).isTrue();
  }

  @Test
  void writesAMaskAsBlackThatIsAsOpaqueAsThereIsSomething() throws Exception {
    byte[] amounts = {0, 1, 127, (byte) 128, (byte) 254, (byte) 255};
    BufferedImage mask = ImageIO.read(new ByteArrayInputStream(Png.mask(2, amounts)));
    assertThat(mask.getWidth()).isEqualTo(2);
    assertThat(mask.getHeight()).isEqualTo(3);
    for (int p = 0; p < amounts.length; p++) {
      assertThat(mask.getRGB(p % 2, p / 2)).isEqualTo((amounts[p] & 0xff) << 24);
    }
  }
}
