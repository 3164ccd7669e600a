package handspun.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PlainPngTest {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final int WIDTH = 37;
  private static final int HEIGHT = 23;
  private static final int FILTERS = 5;

  /** Random rows, of which each has a filter of its own. */
  private static byte[] randomFile(int colourType, int bits, int samples, int seed) {
    byte[] rows = new byte[HEIGHT * (1 + rowBytes(bits, samples))];
    new Random(seed).nextBytes(rows);
    for (int y = 0; y < HEIGHT; y++) {
      rows[y * (1 + rowBytes(bits, samples))] = (byte) (y % FILTERS);
    }
    return file(colourType, bits, rows);
  }

  private static int rowBytes(int bits, int samples) {
    return (WIDTH * samples * bits + 7) / 8;
  }

  private static byte[] file(int colourType, int bits, byte[] rows) {
    return file(colourType, bits, 0, rows);
  }

  private static byte[] file(int colourType, int bits, int interlace, byte[] rows) {
    byte[] header =
        ByteBuffer.allocate(13)
            .putInt(WIDTH)
            .putInt(HEIGHT)
            .put((byte) bits)
            .put((byte) colourType)
            .putShort((short) 0)
            .put((byte) interlace)
            .array();
    byte[] colours = new byte[3 << bits];
    new Random(7).nextBytes(colours);
    return concatenated(
        SIGNATURE,
        PngBytes.chunk("IHDR", header),
        colourType == 3 ? PngBytes.chunk("PLTE", colours) : new byte[0],
        PngBytes.chunk("IDAT", deflated(rows)),
        PngBytes.chunk("IEND", new byte[0]));
  }

  private static byte[] deflated(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflater = new DeflaterOutputStream(out)) {
      deflater.write(bytes);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return out.toByteArray();
  }

  private static byte[] concatenated(byte[]... parts) {
    ByteBuffer all = ByteBuffer.allocate(Stream.of(parts).mapToInt(part -> part.length).sum());
    Stream.of(parts).forEach(all::put);
    return all.array();
  }

  private static Picture byJavasReader(byte[] file) throws IOException {
    return PictureBuilder.build(ImageIO.read(new ByteArrayInputStream(file)), Orientation.UPRIGHT);
  }

  private static void assertReadAsByJavasReader(byte[] file) throws IOException {
    Picture expected = byJavasReader(file);
    assertThat(PlainPng.decode(PngFile.chunks(file)))
        .hasValueSatisfying(
            picture -> {
              assertThat(picture.width()).isEqualTo(expected.width());
              assertThat(picture.height()).isEqualTo(expected.height());
              assertThat(picture.grey()).isEqualTo(expected.grey());
              assertThat(picture.alpha()).isEqualTo(expected.alpha());
            });
  }

  @ParameterizedTest(name = "colour type {0}, {1} bits")
  @CsvSource({
    "0, 8, 1", "2, 8, 3", "3, 1, 1", "3, 2, 1", "3, 4, 1", "3, 8, 1", "4, 8, 2", "6, 8, 4"
  })
  void readsWhatJavasReaderReads(int colourType, int bits, int samples) throws IOException {
    for (int seed = 0; seed < 20; seed++) {
      assertReadAsByJavasReader(randomFile(colourType, bits, samples, seed));
    }
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "7", "16"})
  void readsATransparencyOfTheFirstColours(int colours) throws IOException {
    byte[] alphas = new byte[colours];
    new Random(3).nextBytes(alphas);
    byte[] file = randomFile(3, 4, 1, 1);
    int data = 8 + 25 + 12 + 3 * 16;
    assertReadAsByJavasReader(JpegBytes.insert(file, data, PngBytes.chunk("tRNS", alphas)));
  }

  @Test
  void readsDataInSeveralChunksWithOthersBeforeAndBehindThem() throws IOException {
    byte[] rows = new byte[HEIGHT * (1 + WIDTH)];
    new Random(5).nextBytes(rows);
    for (int y = 0; y < HEIGHT; y++) {
      rows[y * (1 + WIDTH)] = 0;
    }
    byte[] file = file(0, 8, rows);
    byte[] head = Arrays.copyOf(file, 33);
    byte[] data = deflated(rows);
    byte[] parts =
        concatenated(
            head,
            PngBytes.chunk("gAMA", new byte[] {0, 0, (byte) 0xb1, (byte) 0x8f}),
            PngBytes.chunk("pHYs", new byte[9]),
            PngBytes.chunk("IDAT", Arrays.copyOf(data, 100)),
            PngBytes.chunk("IDAT", new byte[0]),
            PngBytes.chunk("IDAT", Arrays.copyOfRange(data, 100, data.length)),
            PngBytes.chunk("tEXt", new byte[] {'a', 0, 'b'}),
            PngBytes.chunk("IEND", new byte[0]));
    assertReadAsByJavasReader(parts);
    for (int last = 1; last < 12; last++) {
      int split = data.length - last;
      assertReadAsByJavasReader(
          concatenated(
              head,
              PngBytes.chunk("IDAT", Arrays.copyOf(data, split)),
              PngBytes.chunk("IDAT", Arrays.copyOfRange(data, split, data.length)),
              PngBytes.chunk("IEND", new byte[0])));
    }
  }

  private static Stream<Arguments> others() {
    byte[] rows = new byte[HEIGHT * (1 + WIDTH)];
    byte[] short1 = Arrays.copyOf(rows, rows.length - 1);
    byte[] long1 = Arrays.copyOf(rows, rows.length + 1);
    byte[] unknownFilter = rows.clone();
    unknownFilter[0] = 5;
    byte[] whole = file(0, 8, rows);
    byte[] damaged = whole.clone();
    damaged[45] ^= 0x55;
    byte[] beyondPalette = new byte[HEIGHT * (1 + WIDTH)];
    Arrays.fill(beyondPalette, (byte) 200);
    for (int y = 0; y < HEIGHT; y++) {
      beyondPalette[y * (1 + WIDTH)] = 0;
    }
    byte[] smallPalette =
        JpegBytes.insert(
            file(0, 8, beyondPalette), 33, PngBytes.chunk("PLTE", new byte[] {1, 2, 3}));
    smallPalette[25] = 3;
    return Stream.of(
        Arguments.of("grey of 16 bits", randomFile(0, 16, 2, 1)),
        Arguments.of("interlaced", file(0, 8, 1, rows)),
        Arguments.of("a byte too few", file(0, 8, short1)),
        Arguments.of("a byte too many", file(0, 8, long1)),
        Arguments.of("an unknown filter", file(0, 8, unknownFilter)),
        Arguments.of("no end", PngBytes.withoutEnd(whole)),
        Arguments.of("damaged data", damaged),
        Arguments.of("a colour beyond the palette", smallPalette),
        Arguments.of("an unknown colour type", file(5, 8, rows)),
        Arguments.of(
            "a colour that is transparent",
            PngBytes.afterHeader(whole, PngBytes.chunk("tRNS", new byte[2]))),
        Arguments.of("the beginning only", Arrays.copyOf(whole, 30)),
        Arguments.of("the signature only", SIGNATURE));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("others")
  void leavesAllElseToJavasReader(String name, byte[] file) {
    assertThat(PlainPng.decode(PngFile.chunks(file))).as(name).isEmpty();
  }
}
