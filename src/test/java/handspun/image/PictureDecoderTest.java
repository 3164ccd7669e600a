package handspun.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import handspun.HandspunException;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
  void readsGreysOfSixteenBitsAsItReadsThoseOfEight() {
    BufferedImage image = new BufferedImage(256, 1, BufferedImage.TYPE_USHORT_GRAY);
    for (int x = 0; x < 256; x++) {
      image.getRaster().setSample(x, 0, 0, x * 257);
    }
    Picture picture = DECODER.decode(Pictures.file("png", image));
    for (int x = 0; x < 256; x++) {
      assertThat(picture.greyAt(x)).isEqualTo(x);
    }
  }

  /** Where the dark corner at the top left goes, and the grey one at the top right. */
  @ParameterizedTest
  @CsvSource({
    "1, top left, top right", "2, top right, top left",
    "3, bottom right, bottom left", "4, bottom left, bottom right",
    "5, top left, bottom left", "6, top right, bottom right",
    "7, bottom right, top right", "8, bottom left, top left"
  })
  void turnsThePictureAsExifSays(int value, String dark, String grey) {
    BufferedImage image = new BufferedImage(32, 16, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = image.createGraphics();
    pen.setColor(Color.WHITE);
    pen.fillRect(0, 0, 32, 16);
    pen.setColor(Color.BLACK);
    pen.fillRect(0, 0, 8, 8);
    pen.setColor(Color.GRAY);
    pen.fillRect(24, 0, 8, 8);
    pen.dispose();
    byte[] jpeg = Pictures.file("jpeg", image);
    byte[] png = Pictures.file("png", image);
    for (ByteOrder order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
      byte[] exif = ExifData.oriented(order, value);
      byte[] segment = JpegBytes.exifSegment(exif);
      byte[] chunk = PngBytes.chunk("eXIf", exif);
      for (byte[] file :
          new byte[][] {
            JpegBytes.insert(jpeg, 2, segment),
            JpegBytes.insert(jpeg, JpegBytes.find(jpeg, JpegBytes.SCAN), segment),
            PngBytes.afterHeader(png, chunk),
            PngBytes.beforeEnd(png, chunk)
          }) {
        Picture picture = DECODER.decode(file);
        assertThat(picture.width()).isEqualTo(value < 5 ? 32 : 16);
        assertThat(corner(picture, dark)).isLessThan(10);
        assertThat(corner(picture, grey)).isBetween(120, 136);
      }
    }
  }

  private static int corner(Picture picture, String place) {
    int row = place.startsWith("top") ? 2 : picture.height() - 3;
    int column = place.endsWith("left") ? 2 : picture.width() - 3;
    return picture.greyAt(row * picture.width() + column);
  }

  @Test
  void leavesThePictureAsItIsIfItsExifIsBroken() {
    byte[] jpeg = seven("jpeg");
    byte[] exif = ExifData.oriented(ByteOrder.BIG_ENDIAN, 6);
    exif[4] = 127;
    assertThat(DECODER.decode(JpegBytes.insert(jpeg, 2, JpegBytes.exifSegment(exif))))
        .usingRecursiveComparison()
        .isEqualTo(DECODER.decode(jpeg));
  }

  @Test
  void passesOverWhatIsWrongAroundThePixelsOfAPng() {
    byte[] file = seven("png");
    byte[] wrongChecksum = PngBytes.chunk("tEXt", "a\0b".getBytes(StandardCharsets.US_ASCII));
    wrongChecksum[wrongChecksum.length - 1]++;
    for (byte[] changed :
        new byte[][] {
          JpegBytes.insert(file, file.length, new byte[100]),
          PngBytes.withoutEnd(file),
          PngBytes.afterHeader(file, wrongChecksum),
          PngBytes.afterHeader(
              file, PngBytes.chunk("iCCP", "x\0\0y".getBytes(StandardCharsets.US_ASCII))),
          PngBytes.afterHeader(
              file, PngBytes.chunk("gAMA", new byte[] {0, 1, (byte) 0x86, (byte) 0xa0})),
          PngBytes.afterHeader(file, PngBytes.chunk("tRNS", new byte[1]))
        }) {
      assertThat(DECODER.decode(changed).grey()).isEqualTo(DECODER.decode(file).grey());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''               | empty (0 bytes)
          GIF89a           | a GIF file
          hello            | a text file
          <!DOCTYPE html>  | a web page (a failed download)
          \\0\\1\\2\\3      | of no kind that Handspun knows
          """)
  void namesWhatIsNeitherPngNorJpeg(String beginning, String what) {
    byte[] file = beginning.translateEscapes().getBytes(StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> DECODER.decode(file))
        .hasMessage("The picture is " + what + ": save it as PNG or JPEG and try again.");
  }

  /** A PNG of 16 bits is none of the plain ones. */
  private static byte[] sevenForJavasReader(String format) {
    if (format.equals("jpeg")) {
      return seven(format);
    }
    Picture seven = DECODER.decode(seven(format));
    BufferedImage image =
        new BufferedImage(seven.width(), seven.height(), BufferedImage.TYPE_USHORT_GRAY);
    for (int p = 0; p < seven.grey().length; p++) {
      image.getRaster().setSample(p % seven.width(), p / seven.width(), 0, 257 * seven.greyAt(p));
    }
    return Pictures.file("png", image);
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpeg"})
  void stopsWhereverItIsInterrupted(String format) {
    byte[] file = sevenForJavasReader(format);
    int stopped = 0;
    while (stops(file, stopped)) {
      stopped++;
    }
    // For bytes and for pixels.
    assertThat(stopped).isGreaterThan(20);
  }

  /** Whether a stop that is wanted at the question of that number, from 0, is noticed. */
  private static boolean stops(byte[] file, int question) {
    AtomicInteger questions = new AtomicInteger();
    PictureDecoder decoder =
        new PictureDecoder(1 << 20, () -> questions.getAndIncrement() == question);
    try {
      decoder.decode(file);
      return false;
    } catch (HandspunException e) {
      assertThat(e).hasMessageStartingWith("The picture was not decoded to its end");
      return true;
    }
  }

  @Test
  void leavesItsThreadInterrupted() {
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> DECODER.decode(seven("png")))
          .hasMessageStartingWith("The picture was not decoded to its end");
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpeg"})
  void doesNotCallItDamageIfMemoryIsShort(String format) {
    OutOfMemoryError error = new OutOfMemoryError("as if");
    PictureDecoder open =
        new PictureDecoder(
            1 << 20,
            () -> {
              throw error;
            });
    assertThatThrownBy(() -> open.decode(sevenForJavasReader(format))).isSameAs(error);
    PictureDecoder hidden =
        new PictureDecoder(
            1 << 20,
            () -> {
              throw new IllegalStateException(new IllegalStateException(error));
            });
    assertThatThrownBy(() -> hidden.decode(sevenForJavasReader(format))).isSameAs(error);
    PictureDecoder outsideJava =
        new PictureDecoder(
            1 << 20,
            () -> {
              throw new IllegalStateException("Insufficient memory (case 4)");
            });
    assertThatThrownBy(() -> outsideJava.decode(sevenForJavasReader(format)))
        .isInstanceOf(OutOfMemoryError.class);
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
