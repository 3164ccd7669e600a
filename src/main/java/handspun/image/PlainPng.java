package handspun.image;

import java.nio.ByteBuffer;
import java.util.Arrays;
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
  private static final int END = 0x49454e44;

  private static final int SIGNATURE_BYTES = 8;
  private static final int HEADER_BYTES = 13;

  /** Length and type before the content of a chunk, checksum behind it. */
  private static final int FRAME_BYTES = 12;

  private static final int COLOURS = 256;
  private static final int ALPHA_OF_COLOUR = 24;

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

  /** {@return the picture in a file that begins as PNG does; empty if it is none of the plain} */
  static Optional<Picture> decode(byte[] file) {
    ByteBuffer chunks = ByteBuffer.wrap(file).position(SIGNATURE_BYTES);
    if (chunks.remaining() < HEADER_BYTES + FRAME_BYTES
        || chunks.getInt() != HEADER_BYTES
        || chunks.getInt() != HEADER) {
      return Optional.empty();
    }
    int width = chunks.getInt();
    int height = chunks.getInt();
    int bits = chunks.get();
    Kind kind = Kind.of(chunks.get());
    // Of compressions and filter methods there is one each.
    int methods = chunks.getShort();
    boolean isInterlaced = chunks.get() != 0;
    if (methods != 0
        || isInterlaced
        || width < 1
        || height < 1
        || (long) width * height > MOST_PIXELS
        || kind == null
        || !kind.isPlain(bits)) {
      return Optional.empty();
    }
    return new PlainPng(width, height, bits, kind)
        .decodeRest(chunks.position(chunks.position() + 4));
  }

  private int rowBytes() {
    return (width * kind.samples * bits + 7) / 8;
  }

  private Optional<Picture> decodeRest(ByteBuffer chunks) {
    // One byte more shows that there is no more.
    byte[] rows = new byte[height * (1 + rowBytes()) + 1];
    int[] palette = {};
    int size = 0;
    Inflater inflater = new Inflater();
    try {
      while (chunks.remaining() >= FRAME_BYTES) {
        int length = chunks.getInt();
        int type = chunks.getInt();
        if (length < 0 || length > chunks.remaining() - 4) {
          return Optional.empty();
        }
        ByteBuffer content = chunks.slice(chunks.position(), length);
        switch (type) {
          case PALETTE -> {
            if (size > 0) {
              return Optional.empty();
            }
            palette = palette(content);
          }
          case TRANSPARENCY -> {
            if (kind != Kind.INDEXED || length > palette.length || size > 0) {
              return Optional.empty();
            }
            makeTransparent(palette, content);
          }
          case DATA -> {
            inflater.setInput(content);
            for (int n;
                size < rows.length
                    && (n = inflater.inflate(rows, size, rows.length - size)) > 0; ) {
              size += n;
            }
          }
          case END -> {
            boolean isWhole = inflater.finished() && size == rows.length - 1;
            return isWhole && unfilter(rows) ? picture(rows, palette) : Optional.empty();
          }
          default -> {}
        }
        chunks.position(chunks.position() + length + 4);
      }
      return Optional.empty();
    } catch (DataFormatException e) {
      return Optional.empty();
    } finally {
      inflater.end();
    }
  }

  private static int[] palette(ByteBuffer content) {
    int[] colours = new int[Math.min(COLOURS, content.remaining() / 3)];
    for (int c = 0; c < colours.length; c++) {
      colours[c] =
          PixelFormat.ofColour(
              0xff << ALPHA_OF_COLOUR
                  | (content.get() & 0xff) << 16
                  | (content.get() & 0xff) << 8
                  | (content.get() & 0xff));
    }
    return colours;
  }

  private static void makeTransparent(int[] palette, ByteBuffer content) {
    for (int c = 0; content.hasRemaining(); c++) {
      palette[c] = (palette[c] & 0xff) | (content.get() & 0xff) << 8;
    }
  }

  /** Undoes in place what makes rows smaller when compressed; false if there is no such filter. */
  private boolean unfilter(byte[] rows) {
    int bytes = rowBytes();
    int back = Math.max(1, kind.samples * bits / 8);
    byte[] above = new byte[bytes];
    for (int y = 0; y < height; y++) {
      int from = y * (1 + bytes) + 1;
      int filter = rows[from - 1];
      if (filter < 0 || filter > 4) {
        return false;
      }
      if (filter != 0) {
        unfilter(filter, rows, from, above, back);
      }
      System.arraycopy(rows, from, above, 0, bytes);
    }
    return true;
  }

  private static void unfilter(int filter, byte[] rows, int from, byte[] above, int back) {
    switch (filter) {
      case 1 -> {
        for (int i = back; i < above.length; i++) {
          rows[from + i] += rows[from + i - back];
        }
      }
      case 2 -> {
        for (int i = 0; i < above.length; i++) {
          rows[from + i] += above[i];
        }
      }
      case 3 -> {
        for (int i = 0; i < above.length; i++) {
          int left = i < back ? 0 : rows[from + i - back] & 0xff;
          rows[from + i] += (byte) ((left + (above[i] & 0xff)) / 2);
        }
      }
      default -> {
        for (int i = 0; i < back; i++) {
          rows[from + i] += above[i];
        }
        for (int i = back; i < above.length; i++) {
          int left = rows[from + i - back] & 0xff;
          rows[from + i] += (byte) paeth(left, above[i] & 0xff, above[i - back] & 0xff);
        }
      }
    }
  }

  /** Paeth, "Image File Compression Made Easy", Graphics Gems II, 1991. */
  private static int paeth(int left, int up, int upLeft) {
    int toLeft = Math.abs(up - upLeft);
    int toUp = Math.abs(left - upLeft);
    int toUpLeft = Math.abs(left + up - 2 * upLeft);
    if (toLeft <= toUp && toLeft <= toUpLeft) {
      return left;
    }
    return toUp <= toUpLeft ? up : upLeft;
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
