package handspun.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PictureFileTest {
  private static BufferedImage seven(int type, int side) {
    return Pictures.seven(type, side, side, Color.WHITE, Color.BLACK);
  }

  private static BufferedImage grey(int side) {
    return seven(BufferedImage.TYPE_BYTE_GRAY, side);
  }

  @Test
  void drawingsAreCheapAndLargePicturesAreNot() {
    for (String format : new String[] {"png", "jpeg"}) {
      assertThat(PictureFile.isCostly(Pictures.file(format, grey(1024)))).as(format).isFalse();
      assertThat(PictureFile.isCostly(Pictures.file(format, grey(1025)))).as(format).isTrue();
    }
  }

  @Test
  void picturesOfSeveralScansAreCostlyHoweverSmall() {
    assertThat(PictureFile.isCostly(JpegBytes.progressive(grey(64)))).isTrue();
    byte[] colours = Pictures.file("jpeg", seven(BufferedImage.TYPE_INT_RGB, 64));
    assertThat(PictureFile.isCostly(colours)).isFalse();
    // One of three components, and no others beside it: there must be more scans to come.
    int scan = JpegBytes.find(colours, JpegBytes.SCAN);
    byte[] one =
        JpegBytes.insert(
            JpegBytes.without(colours, scan, scan + 14),
            scan,
            JpegBytes.segment(JpegBytes.SCAN, new byte[] {1, 1, 0, 0, 63, 0}));
    assertThat(PictureFile.isCostly(one)).isTrue();
  }

  @Test
  void strayBytesHideNoSize() {
    byte[] large = Pictures.file("jpeg", grey(1025));
    byte[] small = Pictures.file("jpeg", grey(64));
    byte[] stray = "stray\0bytes".getBytes(StandardCharsets.US_ASCII);
    for (int marker : new int[] {JpegBytes.QUANTIZATION, 0xc0, JpegBytes.SCAN}) {
      assertThat(
              PictureFile.isCostly(JpegBytes.insert(large, JpegBytes.find(large, marker), stray)))
          .isTrue();
      assertThat(
              PictureFile.isCostly(JpegBytes.insert(small, JpegBytes.find(small, marker), stray)))
          .isFalse();
    }
  }

  @Test
  void aPictureBehindThousandsOfSegmentsIsCostly() {
    byte[] small = Pictures.file("jpeg", grey(64));
    byte[] none = JpegBytes.segment(0xfe, new byte[0]);
    byte[] few = small;
    for (int i = 0; i < 100; i++) {
      few = JpegBytes.insert(few, 2, none);
    }
    assertThat(PictureFile.isCostly(few)).isFalse();
    byte[] many = few;
    for (int i = 0; i < 1000; i++) {
      many = JpegBytes.insert(many, 2, none);
    }
    assertThat(PictureFile.isCostly(many)).isTrue();
  }

  @Test
  void picturesThatEndBeforeTheirSizeDoNoHarm() {
    for (byte[] whole :
        new byte[][] {
          Pictures.sevenPng(), Pictures.file("jpeg", grey(40)), JpegBytes.progressive(grey(40))
        }) {
      for (int length = 0; length < 700 && length < whole.length; length++) {
        byte[] part = Arrays.copyOf(whole, length);
        assertThat(PictureFile.isRead(part)).isEqualTo(length >= (whole[1] == 'P' ? 8 : 3));
        PictureFile.isCostly(part);
      }
    }
  }

  @Test
  void noiseInAHeaderDoesNoHarm() {
    Random random = new Random(1);
    byte[] whole = JpegBytes.progressive(grey(40));
    for (int round = 0; round < 2_000; round++) {
      byte[] file = whole.clone();
      byte[] noise = new byte[1 + random.nextInt(40)];
      random.nextBytes(noise);
      System.arraycopy(noise, 0, file, 3 + random.nextInt(file.length - 50), noise.length);
      assertThat(PictureFile.isRead(file)).isTrue();
      PictureFile.isCostly(file);
    }
  }
}
