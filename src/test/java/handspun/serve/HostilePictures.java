package handspun.serve;

import static handspun.serve.HostileRequest.body;

import handspun.image.JpegBytes;
import handspun.image.Pictures;
import handspun.image.PngBytes;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.Deflater;

/** Pictures that are broken, claim to be huge, or grow when unpacked. */
final class HostilePictures {
  private static final byte[] SIGNATURE = latin("\u0089PNG\r\n\u001a\n");
  private static final byte[] END = PngBytes.chunk("IEND", new byte[0]);
  private static final byte[] SEVEN = Pictures.sevenPng();
  private static final Map<String, String> OTHERS =
      Map.of(
          "GIF",
          "GIF89a",
          "BMP",
          "BM\66\1\0\0\0\0\0\0",
          "TIFF",
          "II*\0",
          "PDF",
          "%PDF-1.7",
          "SVG",
          "<svg/>",
          "WebP",
          "RIFF\0\0\0\0WEBP",
          "HEIC",
          "\0\0\0\30ftypheic",
          "ZIP",
          "PK\3\4");
  private static final int GREY = 0;
  private static final int PALETTE = 3;

  private HostilePictures() {}

  static List<HostileRequest> png() {
    byte[] rows = packed(28 * 29);
    byte[] damaged = SEVEN.clone();
    damaged[damaged.length / 2] ^= 1;
    byte[] wrongSum = SEVEN.clone();
    wrongSum[30] ^= 1;
    byte[] palette = PngBytes.chunk("PLTE", new byte[3]);
    byte[] comment = PngBytes.chunk("tEXt", latin("a\0b"));
    ByteArrayOutputStream comments = new ByteArrayOutputStream();
    for (int i = 0; i < 100_000; i++) {
      comments.writeBytes(comment);
    }
    return List.of(
        picture("413", "100,000 x 100,000", png(header(100_000, 100_000, 8, GREY, 0), rows)),
        picture(
            "413",
            "2^31 - 1 squared",
            Pictures.pngThatClaims(Integer.MAX_VALUE, Integer.MAX_VALUE)),
        picture("400", "negative width", Pictures.pngThatClaims(-1, 28)),
        picture("400", "no width", Pictures.pngThatClaims(0, 28)),
        picture(
            "400",
            "a row of 16 million pixels, without pixels",
            Pictures.pngThatClaims(16_000_000, 1)),
        picture(
            "400",
            "a column of 16 million pixels, without pixels",
            Pictures.pngThatClaims(1, 16_000_000)),
        picture(
            "400",
            "4096 x 4096 of 16 bits, with a row",
            png(header(4096, 4096, 16, 6, 0), packed(32_769))),
        picture(
            "422",
            "4096 x 4096 of nothing",
            png(header(4096, 4096, 8, GREY, 0), packed(4096 * 4097))),
        picture(
            "422",
            "more pixels than it has room for",
            png(header(28, 28, 8, GREY, 0), packed(100_000_000))),
        picture("400", "fewer pixels than it claims", png(header(28, 28, 8, GREY, 0), packed(100))),
        picture("400", "an end in the middle", Arrays.copyOf(SEVEN, SEVEN.length / 2)),
        picture("400", "an end in its header", Arrays.copyOf(SEVEN, 20)),
        picture("400", "a signature alone", SIGNATURE),
        picture("400", "a flipped bit", damaged),
        picture("200", "a wrong sum of its header", wrongSum),
        picture("400", "no header", join(SIGNATURE, PngBytes.chunk("IDAT", rows), END)),
        picture(
            "422",
            "two headers",
            join(
                SIGNATURE,
                header(28, 28, 8, GREY, 0),
                header(9, 9, 8, GREY, 0),
                PngBytes.chunk("IDAT", rows),
                END)),
        picture("400", "no pixels", join(SIGNATURE, header(28, 28, 8, GREY, 0), END)),
        picture(
            "400", "pixels that are not packed", png(header(28, 28, 8, GREY, 0), new byte[900])),
        picture("422", "interlaced", png(header(28, 28, 8, GREY, 1), packed(28 * 29 + 60))),
        picture("400", "interlaced in another way", png(header(28, 28, 8, GREY, 7), rows)),
        picture("422", "16 bits", png(header(28, 28, 16, GREY, 0), packed(28 * 57))),
        picture("400", "7 bits", png(header(28, 28, 7, GREY, 0), rows)),
        picture("400", "colours of an unknown type", png(header(28, 28, 8, 5, 0), rows)),
        picture(
            "400",
            "a filter that there is not",
            png(header(1, 1, 8, GREY, 0), pack(new byte[] {9, 0}))),
        picture("400", "a palette that is missing", png(header(28, 28, 8, PALETTE, 0), rows)),
        picture(
            "422",
            "a palette of one colour",
            join(
                SIGNATURE,
                header(28, 28, 8, PALETTE, 0),
                palette,
                PngBytes.chunk("IDAT", rows),
                END)),
        picture(
            "422",
            "a colour beyond the palette",
            join(
                SIGNATURE,
                header(1, 1, 8, PALETTE, 0),
                palette,
                PngBytes.chunk("IDAT", pack(new byte[] {0, -1})),
                END)),
        picture(
            "422",
            "a palette of 257 colours",
            join(
                SIGNATURE,
                header(28, 28, 8, PALETTE, 0),
                PngBytes.chunk("PLTE", new byte[771]),
                PngBytes.chunk("IDAT", rows),
                END)),
        picture(
            "400",
            "a chunk of 4 GB",
            join(
                SIGNATURE,
                header(28, 28, 8, GREY, 0),
                latin("\u00ff\u00ff\u00ff\u00ffIDAT"),
                rows)),
        picture(
            "400",
            "a chunk of 2 GB",
            join(
                SIGNATURE,
                header(28, 28, 8, GREY, 0),
                latin("\u007f\u00ff\u00ff\u00fftEXt"),
                rows)),
        picture(
            "200",
            "a text of 50 MB, packed",
            PngBytes.afterHeader(
                SEVEN, PngBytes.chunk("zTXt", join(latin("a\0\0"), packed(50_000_000))))),
        picture(
            "200",
            "a colour profile of 50 MB, packed",
            PngBytes.afterHeader(
                SEVEN, PngBytes.chunk("iCCP", join(latin("a\0\0"), packed(50_000_000))))),
        picture("200", "100,000 comments", PngBytes.afterHeader(SEVEN, comments.toByteArray())),
        picture("200", "a ZIP file behind it", join(SEVEN, latin("PK\5\6"), new byte[18])),
        picture("400", "nothing", new byte[0]));
  }

  static List<HostileRequest> others() {
    byte[] jpeg =
        Pictures.file(
            "jpeg", Pictures.seven(BufferedImage.TYPE_INT_RGB, 80, 80, Color.WHITE, Color.BLACK));
    byte[] huge = jpeg.clone();
    int frame = JpegBytes.find(jpeg, 0xc0);
    Arrays.fill(huge, frame + 5, frame + 9, (byte) 0xff);
    byte[] flat = jpeg.clone();
    Arrays.fill(flat, frame + 5, frame + 9, (byte) 0);
    byte[] manyColours = jpeg.clone();
    manyColours[frame + 9] = (byte) 255;
    byte[] comments = JpegBytes.segment(0xfe, new byte[60_000]);
    List<HostileRequest> all =
        new ArrayList<>(
            List.of(
                picture("400", "JPEG of three bytes", latin("\u00ff\u00d8\u00ff")),
                picture("400", "JPEG that ends early", Arrays.copyOf(jpeg, frame + 4)),
                picture("413", "JPEG of 65,535 x 65,535", huge),
                picture("400", "JPEG without a width", flat),
                picture("400", "JPEG of 255 colours", manyColours),
                picture(
                    "200",
                    "JPEG with a segment of no length",
                    JpegBytes.insert(jpeg, 2, latin("\u00ff\u00e0\0\0"))),
                picture(
                    "200",
                    "JPEG with 60,000 bytes of comment",
                    JpegBytes.insert(jpeg, 2, comments)),
                picture(
                    "200",
                    "JPEG turned by nonsense",
                    JpegBytes.insert(
                        jpeg,
                        2,
                        JpegBytes.segment(0xe1, latin("Exif\0\0MM\0*\u00ff\u00ff\u00ff\u00ff")))),
                picture("400", "JPEG without a frame", latin("\u00ff\u00d8\u00ff\u00d9"))));
    OTHERS.forEach((name, begin) -> all.add(picture("415", name, latin(begin))));
    return all;
  }

  /** {@return all of them} */
  static Stream<HostileRequest> all() {
    return Stream.of(png(), others()).flatMap(List::stream);
  }

  private static HostileRequest picture(String answer, String name, byte[] file) {
    return body(answer, "picture: " + name, "/api/predict", "image/png", file);
  }

  private static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] header(int width, int height, int bits, int colours, int interlaced) {
    byte[] content =
        ByteBuffer.allocate(13)
            .putInt(width)
            .putInt(height)
            .put(new byte[] {(byte) bits, (byte) colours, 0, 0, (byte) interlaced})
            .array();
    return PngBytes.chunk("IHDR", content);
  }

  private static byte[] png(byte[] header, byte[] pixels) {
    return join(SIGNATURE, header, PngBytes.chunk("IDAT", pixels), END);
  }

  /** {@return so many zeros, packed} */
  private static byte[] packed(int zeros) {
    return pack(new byte[zeros]);
  }

  private static byte[] pack(byte[] bytes) {
    Deflater deflater = new Deflater();
    deflater.setInput(bytes);
    deflater.finish();
    byte[] packed = new byte[bytes.length / 500 + 100];
    int size = deflater.deflate(packed);
    deflater.end();
    return Arrays.copyOf(packed, size);
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
