package handspun.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import handspun.HandspunException;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What all viewers show is read, though Java's own reader refuses it or takes it for another. */
class JpegDecodingTest {
  private static final PictureDecoder DECODER = new PictureDecoder(1 << 20);
  private static final BufferedImage SEVEN =
      Pictures.seven(BufferedImage.TYPE_INT_RGB, 200, 150, Color.YELLOW, Color.BLUE);
  private static final byte[] FILE = Pictures.file("jpeg", SEVEN);
  private static final byte[] STRAY = "stray\0bytes".getBytes(StandardCharsets.US_ASCII);

  private static void assertReadsTheSame(byte[] file) {
    assertThat(DECODER.decode(file).grey()).isEqualTo(DECODER.decode(FILE).grey());
  }

  private static void assertDamaged(byte[] file) {
    assertThatThrownBy(() -> DECODER.decode(file))
        .isInstanceOf(HandspunException.class)
        .hasMessageContaining("JPEG file is damaged, incomplete");
  }

  @ParameterizedTest
  @ValueSource(ints = {JpegBytes.QUANTIZATION, 0xc4, 0xc0, JpegBytes.SCAN, JpegBytes.END})
  void passesOverStrayBytesBeforeASegment(int marker) {
    assertReadsTheSame(JpegBytes.insert(FILE, JpegBytes.find(FILE, marker), STRAY));
  }

  @Test
  void passesOverBytesBehindTheEnd() {
    assertReadsTheSame(JpegBytes.insert(FILE, FILE.length, STRAY));
    assertReadsTheSame(JpegBytes.insert(FILE, FILE.length, FILE));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2, 8, 12, 14})
  void passesOverAJfifSegmentWithAWrongLength(int length) {
    byte[] file = FILE.clone();
    file[5] = (byte) length;
    assertReadsTheSame(file);
  }

  @Test
  void passesOverAColourProfileThatIsNone() {
    byte[] content =
        JpegBytes.insert(
            new byte[5000], 0, "ICC_PROFILE\0\1\1".getBytes(StandardCharsets.US_ASCII));
    assertReadsTheSame(
        JpegBytes.insert(
            FILE, JpegBytes.find(FILE, JpegBytes.QUANTIZATION), JpegBytes.segment(0xe2, content)));
  }

  @Test
  void missesNoEndIfAllPixelsAreThere() {
    assertReadsTheSame(Arrays.copyOf(FILE, FILE.length - 2));
    byte[] progressive = JpegBytes.progressive(SEVEN);
    assertThat(DECODER.decode(Arrays.copyOf(progressive, progressive.length - 2)).grey())
        .isEqualTo(DECODER.decode(progressive).grey());
  }

  @Test
  void tellsPixelsThatAreMissing() {
    int pixels = JpegBytes.find(FILE, JpegBytes.SCAN) + 20;
    assertDamaged(Arrays.copyOf(FILE, FILE.length - 20));
    assertDamaged(JpegBytes.without(FILE, FILE.length - 200, FILE.length - 2));
    assertDamaged(Arrays.copyOf(FILE, pixels));
    byte[] extraneousToo = JpegBytes.insert(FILE, JpegBytes.find(FILE, JpegBytes.SCAN), STRAY);
    assertDamaged(Arrays.copyOf(extraneousToo, extraneousToo.length - 200));
  }

  @Test
  void tellsScansThatAreMissing() {
    byte[] file = JpegBytes.progressive(SEVEN);
    int second = JpegBytes.find(file, JpegBytes.SCAN, JpegBytes.find(file, JpegBytes.SCAN) + 2);
    assertDamaged(Arrays.copyOf(file, second));
  }

  @Test
  void takesThreeComponentsForLuminanceAndColoursUnlessTheFileSaysRgb() {
    BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
    WritableRaster raster = Raster.createInterleavedRaster(0, 16, 16, 3, null);
    for (int p = 0; p < 256; p++) {
      image.setRGB(p % 16, p / 16, 0xff0000);
      raster.setPixel(p % 16, p / 16, new int[] {255, 0, 0});
    }
    byte[] plain = JpegBytes.withoutJfif(Pictures.file("jpeg", image));
    assertThat(DECODER.decode(plain).greyAt(0)).isBetween(74, 78);
    byte[] rgb = JpegBytes.insert(JpegBytes.raw(raster), 2, JpegBytes.adobeSegment(0));
    assertThat(DECODER.decode(rgb).greyAt(0)).isBetween(74, 78);
  }

  @Test
  void readsPicturesForPrinters() {
    // 0 is full ink: half of the black on a third of the cyan; then nothing but paper.
    int[] colour = {170, 255, 255, 128};
    int[] paper = {255, 255, 255, 255};
    byte[] cmyk = fourInks(colour, paper);
    int expected = PixelFormat.luminance(170, 255, 255) * 128 / 255;
    for (byte[] file : new byte[][] {cmyk, JpegBytes.insert(cmyk, 2, JpegBytes.adobeSegment(0))}) {
      assertThat(DECODER.decode(file).greyAt(0)).isBetween(expected - 3, expected + 3);
      assertThat(DECODER.decode(file).greyAt(15)).isBetween(252, 255);
    }
    byte[] ycck = fourInks(new int[] {55, 128, 128, 128}, new int[] {0, 128, 128, 255});
    Picture picture = DECODER.decode(JpegBytes.insert(ycck, 2, JpegBytes.adobeSegment(2)));
    assertThat(picture.greyAt(0)).isBetween(98, 102);
    assertThat(picture.greyAt(15)).isBetween(252, 255);
  }

  private static byte[] fourInks(int[] left, int[] right) {
    WritableRaster raster = Raster.createInterleavedRaster(0, 16, 8, 4, null);
    for (int p = 0; p < 128; p++) {
      raster.setPixel(p % 16, p / 16, p % 16 < 8 ? left : right);
    }
    return JpegBytes.raw(raster);
  }

  @Test
  void namesKindsThatHardlyAnyProgramReads() {
    int frame = JpegBytes.find(FILE, 0xc0);
    byte[] arithmetic = FILE.clone();
    arithmetic[frame + 1] = (byte) 0xc9;
    assertThatThrownBy(() -> DECODER.decode(arithmetic))
        .hasMessage(
            "The JPEG file has arithmetic coding, which is not read: save it as PNG and try again.");
    byte[] twelveBits = FILE.clone();
    twelveBits[frame + 4] = 12;
    assertThatThrownBy(() -> DECODER.decode(twelveBits))
        .hasMessageContaining("12 bits a sample, where 8 are read");
    byte[] lossless = FILE.clone();
    lossless[frame + 1] = (byte) 0xc3;
    assertThatThrownBy(() -> DECODER.decode(lossless)).hasMessageContaining("lossless");
  }

  @Test
  void readsAProgressiveFileOfTheLargestSize() {
    BufferedImage image =
        Pictures.seven(BufferedImage.TYPE_INT_RGB, 1024, 1024, Color.WHITE, Color.BLACK);
    assertThat(DECODER.decode(JpegBytes.progressive(image)).width()).isEqualTo(1024);
  }

  @Test
  void refusesAFileThatComesBackToItsPixelsTooOften() {
    byte[] file = JpegBytes.progressive(SEVEN);
    int last = lastScan(file);
    byte[] scan = Arrays.copyOfRange(file, last, file.length - 2);
    byte[] many = file;
    for (int scans = 0; scans < 256; scans++) {
      many = JpegBytes.insert(many, last, scan);
    }
    byte[] bomb = many;
    assertThatThrownBy(() -> DECODER.decode(bomb))
        .isInstanceOf(PictureTooLargeException.class)
        .hasMessageMatching(
            "The JPEG file has 2\\d\\d scans of 200 x 150 pixels, which takes too long to decode:"
                + " save it as PNG or as a baseline \\(not progressive\\) JPEG.");
  }

  private static int lastScan(byte[] file) {
    int last = JpegBytes.find(file, JpegBytes.SCAN);
    for (int at = last; at < file.length - 1; at++) {
      if (file[at] == (byte) 0xff && file[at + 1] == (byte) JpegBytes.SCAN) {
        last = at;
      }
    }
    return last;
  }

  @Test
  void endsInAPictureOrOneSentenceWhateverTheBytesAre() {
    Random random = new Random(1);
    for (int round = 0; round < 2_000; round++) {
      byte[] file = FILE.clone();
      byte[] noise = new byte[1 + random.nextInt(40)];
      random.nextBytes(noise);
      System.arraycopy(noise, 0, file, 3 + random.nextInt(600), noise.length);
      try {
        assertThat(DECODER.decode(file).width()).isPositive();
      } catch (HandspunException e) {
        assertThat(e).hasMessageStartingWith("The ");
      }
    }
  }
}
