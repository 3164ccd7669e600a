package handspun.serve;

import static org.assertj.core.api.Assertions.assertThat;

import handspun.image.Pictures;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;

class PictureHeaderTest {
  private static BufferedImage grey(int side) {
    return Pictures.seven(BufferedImage.TYPE_BYTE_GRAY, side, side, Color.WHITE, Color.BLACK);
  }

  private static byte[] progressive(BufferedImage image) throws Exception {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ImageWriteParam param = writer.getDefaultWriteParam();
    param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), param);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  @Test
  void drawingsAreCheapAndLargePicturesAreNot() {
    for (String format : new String[] {"png", "jpeg"}) {
      assertThat(PictureHeader.isCostly(Pictures.file(format, grey(1024)))).as(format).isFalse();
      assertThat(PictureHeader.isCostly(Pictures.file(format, grey(1025)))).as(format).isTrue();
    }
  }

  @Test
  void picturesOfManyScansAreCostlyHoweverSmall() throws Exception {
    assertThat(PictureHeader.isCostly(progressive(grey(64)))).isTrue();
  }

  @Test
  void picturesThatEndBeforeTheirSizeDoNoHarm() throws Exception {
    for (byte[] whole :
        new byte[][] {
          Pictures.sevenPng(), Pictures.file("jpeg", grey(40)), progressive(grey(40))
        }) {
      for (int length = 0; length < 700 && length < whole.length; length++) {
        byte[] part = Arrays.copyOf(whole, length);
        assertThat(PictureHeader.isPngOrJpeg(part)).isEqualTo(length >= (whole[1] == 'P' ? 8 : 3));
        PictureHeader.isCostly(part);
      }
    }
  }
}
