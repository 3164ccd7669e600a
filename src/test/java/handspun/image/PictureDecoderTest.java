package handspun.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import handspun.HandspunException;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PictureDecoderTest {
  private static final PictureDecoder DECODER = new PictureDecoder(1 << 20);

  private static byte[] seven(String format) {
    return Pictures.file(
        format, Pictures.seven(BufferedImage.TYPE_INT_RGB, 200, 150, Color.WHITE, Color.BLACK));
  }

  @Test
  void readsEveryGreyAsItIs() {
    BufferedImage image = new BufferedImage(256, 1, BufferedImage.TYPE_BYTE_GRAY);
    for (int x = 0; x < 256; x++) {
      image.getRaster().setSample(x, 0, 0, x);
    }
    Picture picture = DECODER.decode(Pictures.file("png", image));
    for (int x = 0; x < 256; x++) {
      assertThat(picture.greyAt(x)).isEqualTo(x);
      assertThat(picture.alphaAt(x)).isEqualTo(255);
    }
  }

  @Test
  void readsColoursAsLuminanceAndTransparencyAsItIs() {
    BufferedImage image = new BufferedImage(5, 1, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, 0xffff0000);
    image.setRGB(1, 0, 0xff00ff00);
    image.setRGB(2, 0, 0xff0000ff);
    image.setRGB(3, 0, 0x80ffffff);
    Picture picture = DECODER.decode(Pictures.file("png", image));
    assertThat(picture.grey()).startsWith(76, 150, 29, 255);
    assertThat(picture.alpha()).containsExactly(255, 255, 255, 128, 0);
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        BufferedImage.TYPE_INT_RGB,
        BufferedImage.TYPE_INT_ARGB,
        BufferedImage.TYPE_BYTE_GRAY,
        BufferedImage.TYPE_USHORT_GRAY,
        BufferedImage.TYPE_BYTE_BINARY,
        BufferedImage.TYPE_BYTE_INDEXED
      })
  void readsEveryKindOfPng(int type) {
    byte[] file = Pictures.file("png", Pictures.seven(type, 60, 40, Color.WHITE, Color.BLACK));
    Picture picture = DECODER.decode(file);
    assertThat(picture.width()).isEqualTo(60);
    assertThat(picture.height()).isEqualTo(40);
    // The indexed one rounds white to a colour of its palette.
    assertThat(picture.greyAt(0)).isGreaterThan(250);
    assertThat(picture.greyAt(8 * 60 + 30)).isLessThan(5);
  }

  @Test
  void readsColourAndGreyJpeg() {
    for (int type : new int[] {BufferedImage.TYPE_INT_RGB, BufferedImage.TYPE_BYTE_GRAY}) {
      byte[] file = Pictures.file("jpeg", Pictures.seven(type, 60, 40, Color.WHITE, Color.BLACK));
      Picture picture = DECODER.decode(file);
      assertThat(picture.greyAt(0)).isGreaterThan(250);
      assertThat(picture.greyAt(8 * 60 + 30)).isLessThan(10);
    }
  }

  @Test
  void refusesAnEmptyFile() {
    assertThatThrownBy(() -> DECODER.decode(new byte[0]))
        .isInstanceOf(HandspunException.class)
        .hasMessageContaining("empty");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GIF89a......", "BM", "hello", "<svg/>", "\u0089PNG"})
  void refusesWhatIsNeitherPngNorJpeg(String text) {
    assertThatThrownBy(() -> DECODER.decode(text.getBytes(StandardCharsets.ISO_8859_1)))
        .isInstanceOf(HandspunException.class)
        .hasMessageContaining("neither a PNG nor a JPEG");
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpeg"})
  void refusesAFileThatIsBrokenOffAnywhere(String format) {
    byte[] file = seven(format);
    for (int length = 8; length < file.length - 12; length += 1 + length / 10) {
      byte[] part = Arrays.copyOf(file, length);
      assertThatThrownBy(() -> DECODER.decode(part))
          .as("%d of %d bytes", length, file.length)
          .isInstanceOf(HandspunException.class)
          .hasMessageContaining(format.toUpperCase(Locale.ROOT))
          .hasMessageContaining("damaged")
          .hasMessageContaining("save the picture again");
    }
  }

  @Test
  void endsInAPictureOrOneErrorWhateverByteIsChanged() {
    for (String format : new String[] {"png", "jpeg"}) {
      byte[] file = seven(format);
      int refused = 0;
      for (int at = 0; at < file.length; at++) {
        byte[] changed = file.clone();
        changed[at] ^= (byte) 0xff;
        try {
          assertThat(DECODER.decode(changed).width()).isPositive();
        } catch (HandspunException e) {
          refused++;
        }
      }
      assertThat(refused).isPositive();
    }
  }

  @Test
  void refusesAPictureThatIsTooLargeBeforeItTakesMemory() {
    assertThatThrownBy(() -> DECODER.decode(Pictures.pngThatClaims(2_000_000_000, 2_000_000_000)))
        .isInstanceOf(PictureTooLargeException.class)
        .hasMessageContaining("2000000000 x 2000000000")
        .hasMessageContaining("at most 1048576 pixels");
    assertThatThrownBy(() -> DECODER.decode(Pictures.pngThatClaims(1025, 1024)))
        .isInstanceOf(PictureTooLargeException.class);
    assertThatThrownBy(() -> DECODER.decode(Pictures.pngThatClaims(1024, 1024)))
        .hasMessageContaining("damaged");
  }
}
