package handspun.image;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The frame header of a JPEG file (ITU-T T.81, B.2.2): size and components of the picture, bits of
 * a sample, and a marker from 0xc0 to 0xcf, which says how the pixels are coded.
 */
record JpegFrame(int marker, int bits, int width, int height, List<Component> components) {
  private static final int PROGRESSIVE = 0xc2;

  /** The id by which scans name a component, and its sampling factors, 1 to 4. */
  record Component(int id, int across, int down) {}

  /** {@return the frame that a segment holds, unless it is broken} */
  static Optional<JpegFrame> of(int marker, ByteBuffer content) {
    ByteBuffer data = content.slice();
    if (data.limit() < 6 || data.limit() < 6 + 3 * data.get(5)) {
      return Optional.empty();
    }
    List<Component> components = new ArrayList<>();
    for (int c = 0; c < data.get(5); c++) {
      int factors = data.get(7 + 3 * c);
      components.add(
          new Component(data.get(6 + 3 * c) & 0xff, (factors >> 4) & 0x0f, factors & 0x0f));
    }
    return Optional.of(
        new JpegFrame(marker, data.get(0) & 0xff, data.getChar(3), data.getChar(1), components));
  }

  /** {@return what makes it one of those that hardly any program reads, for a sentence} */
  Optional<String> unsupported() {
    if (bits != 8) {
      return Optional.of("%d bits a sample, where 8 are read".formatted(bits));
    }
    return switch (marker) {
      case 0xc0, 0xc1, PROGRESSIVE -> Optional.empty();
      case 0xc9, 0xca -> Optional.of("arithmetic coding, which is not read");
      default -> Optional.of("a lossless or hierarchical coding, which is not read");
    };
  }

  boolean isProgressive() {
    return marker == PROGRESSIVE;
  }

  /** {@return how many samples a component has} */
  long samples(Component component) {
    int mostAcross = components.stream().mapToInt(Component::across).max().orElse(1);
    int mostDown = components.stream().mapToInt(Component::down).max().orElse(1);
    return ((long) width * component.across() / Math.max(1, mostAcross) + 1)
        * ((long) height * component.down() / Math.max(1, mostDown) + 1);
  }
}
