package handspun.image;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Decodes the PNG files that browsers and drawing programs write of small pictures (W3C, "Portable
 * Network Graphics", sections 7 to 10): some times as fast as Java's reader, which is made for all
 * that a file may have. What is not plain here, or not as it should be, is left to that.
 */
final class PlainPng {
  /** Of larger ones, nearly all time goes to pixels, and they must be stopped while they decode. */
  private static final int MOST_PIXELS = 1 << 20;

  private static final int HEADER = 0x49484452;
  private static final int PALETTE = 0x504c5445;
  private static final int TRANSPARENCY = 0x74524e53;
  private static final int DATA = 0x49444154;

  private static final int HEADER_BYTES = 13;
  private static final int COLOURS = 256;

  private final int width;
  private final int height;
  private final int bits;
  private final Kind kind;

  /** How the samples of a pixel are stored. */
  private enum Kind {
    GREY(1),
    RGB(3),
    INDEXED(1),
    GREY_ALPHA(2),
    RGB_ALPHA(4);

    private final int samples;

    Kind(int samples) {
      this.samples = samples;
    }

    /** {@return the kind of a colour type; null if there is none} */
    static Kind of(int colourType) {
      return switch (colourType) {
        case 0 -> GREY;
        case 2 -> RGB;
        case 3 -> INDEXED;
        case 4 -> GREY_ALPHA;
        case 6 -> RGB_ALPHA;
        default -> null;
      };
    }

    boolean isPlain(int bits) {
      return bits == 8 || (this == INDEXED && (bits == 1 || bits == 2 || bits == 4));
    }
  }

  private PlainPng(int width, int height, int bits, Kind kind) {
    this.width = width;
    this.height = height;
    this.bits = bits;
    this.kind = kind;
  }

  /** {@return the picture in the chunks of a file; empty if it is none of the plain} */
  static Optional<Picture> decode(List<PngFile.Chunk> chunks) {
    if (chunks.isEmpty()
        || chunks.get(0).type() != HEADER
        || chunks.get(0).content().remaining() != HEADER_BYTES) {
      return Optional.empty();
    }
    ByteBuffer header = chunks.get(0).content().duplicate();
    int width = header.getInt();
    int height = header.getInt();
    int bits = header.get();
    Kind kind = Kind.of(header.get());
    // Of compressions and filter methods there is one each.
    int methods = header.getShort();
    boolean isInterlaced = header.get() != 0;
    if (methods != 0
        || isInterlaced
        || width < 1
        || height < 1
        || (long) width * height > MOST_PIXELS
        || kind == null
        || !kind.isPlain(bits)) {
      return Optional.empty();
    }
    PlainPng png = new PlainPng(width, height, bits, kind);
    return png.palette(chunks).flatMap(palette -> png.picture(chunks, palette));
  }

  private int rowBytes() {
    return (width * kind.samples * bits + 7) / 8;
  }

  /** {@return luminance plus 256 times opacity of each colour; empty if it is not that simple} */
  private Optional<int[]> palette(List<PngFile.Chunk> chunks) {
    int[] palette = {};
    for (PngFile.Chunk chunk : chunks) {
      ByteBuffer content = chunk.content().duplicate();
      if (chunk.type() == DATA) {
        break;
      }
      if (chunk.type() == PALETTE) {
        palette = colours(content);
      } else if (chunk.type() == TRANSPARENCY) {
        if (kind != Kind.INDEXED || content.remaining() > palette.length) {
          return Optional.empty();
        }
        for (int c = 0; content.hasRemaining(); c++) {
          palette[c] = (palette[c] & 0xff) | (content.get() & 0xff) << 8;
        }
      }
    }
    return Optional.of(palette);
  }

  private static int[] colours(ByteBuffer content) {
    int[] colours = new int[Math.min(COLOURS, content.remaining() / 3)];
    for (int c = 0; c < colours.length; c++) {
      colours[c] =
          PixelFormat.OPAQUE
              | PixelFormat.luminance(
                  content.get() & 0xff, content.get() & 0xff, content.get() & 0xff);
    }
    return colours;
  }

  private Optional<Picture> picture(List<PngFile.Chunk> chunks, int[] palette) {
    int bytes = rowBytes();
    // With one byte more, which stays free: only so the end of the data is found.
    byte[] rows = new byte[height * (1 + bytes) + 1];
    boolean isWhole = chunks.get(chunks.size() - 1).type() == PngFile.END;
    return isWhole
            && inflate(chunks, rows)
            && PngRows.unfilter(rows, 1 + bytes, Math.max(1, kind.samples * bits / 8))
        ? picture(rows, palette)
        : Optional.empty();
  }

  /** {@return whether the data fill all but the last byte} */
  private static boolean inflate(List<PngFile.Chunk> chunks, byte[] rows) {
    Inflater inflater = new Inflater();
    try {
      int size = 0;
      for (PngFile.Chunk chunk : chunks) {
        if (chunk.type() == DATA) {
          inflater.setInput(chunk.content().duplicate());
          for (int n; (n = inflater.inflate(rows, size, rows.length - size)) > 0; ) {
            size += n;
          }
        }
      }
      return size == rows.length - 1 && inflater.finished();
    } catch (DataFormatException e) {
      return false;
    } finally {
      inflater.end();
    }
  }

  private Optional<Picture> picture(byte[] rows, int[] palette) {
    byte[] grey = new byte[width * height];
    byte[] alpha = new byte[width * height];
    Arrays.fill(alpha, (byte) 255);
    for (int y = 0; y < height; y++) {
      int from = y * (1 + rowBytes()) + 1;
      int to = y * width;
      if (kind == Kind.INDEXED) {
        if (!lookUp(rows, from, palette, grey, alpha, to)) {
          return Optional.empty();
        }
      } else {
        copy(rows, from, grey, alpha, to);
      }
    }
    return Optional.of(new Picture(width, height, grey, alpha));
  }

  /** {@return whether all pixels are in the palette} */
  private boolean lookUp(byte[] rows, int from, int[] palette, byte[] grey, byte[] alpha, int to) {
    int perByte = 8 / bits;
    int mask = (1 << bits) - 1;
    for (int x = 0; x < width; x++) {
      int shift = 8 - bits - x % perByte * bits;
      int index = rows[from + x / perByte] >> shift & mask;
      if (index >= palette.length) {
        return false;
      }
      grey[to + x] = (byte) palette[index];
      alpha[to + x] = (byte) (palette[index] >> 8);
    }
    return true;
  }

  private void copy(byte[] rows, int from, byte[] grey, byte[] alpha, int to) {
    if (kind == Kind.GREY) {
      System.arraycopy(rows, from, grey, to, width);
      return;
    }
    int samples = kind.samples;
    boolean isGrey = kind == Kind.GREY_ALPHA;
    for (int x = 0; x < width; x++) {
      int at = from + x * samples;
      grey[to + x] =
          isGrey
              ? rows[at]
              : (byte)
                  PixelFormat.luminance(rows[at] & 0xff, rows[at + 1] & 0xff, rows[at + 2] & 0xff);
      if (kind != Kind.RGB) {
        alpha[to + x] = rows[at + samples - 1];
      }
    }
  }
}
