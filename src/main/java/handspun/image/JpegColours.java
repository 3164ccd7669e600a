package handspun.image;

import java.util.List;
import java.util.Optional;

/** What the components of a JPEG file mean; told as viewers tell it. */
enum JpegColours {
  /** Luminance alone, or what is taken for it. */
  GREY,
  /** Luminance and two differences of colour. */
  YCC,
  /** Red, green, blue. */
  RGB,
  /** Cyan, magenta, yellow, black, of which 0 is full ink, as Adobe's programs began it. */
  CMYK,
  /** Black likewise, and the others as luminance and two differences of the colour that is left. */
  YCCK;

  private static final byte[] JFIF = {
    (byte) 0xff, (byte) 0xe0, 0, 16, 'J', 'F', 'I', 'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0
  };

  /** Transform 0: the components are not to be changed. */
  private static final byte[] ADOBE = {
    (byte) 0xff, (byte) 0xee, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 0
  };

  static JpegColours of(Optional<JpegFrame> frame, boolean jfif, Optional<Integer> adobe) {
    List<Integer> ids =
        frame.stream().flatMap(f -> f.components().stream()).map(JpegFrame.Component::id).toList();
    return switch (ids.size()) {
      case 3 -> ofThree(ids, jfif, adobe);
      case 4 -> adobe.map(transform -> transform == 0 ? CMYK : YCCK).orElse(CMYK);
      default -> GREY;
    };
  }

  private static JpegColours ofThree(List<Integer> ids, boolean jfif, Optional<Integer> adobe) {
    boolean named = ids.equals(List.of((int) 'R', (int) 'G', (int) 'B'));
    boolean rgb = !jfif && adobe.map(transform -> transform == 0).orElse(named);
    return rgb ? RGB : YCC;
  }

  /** {@return the segment that tells Java's reader} */
  byte[] segment() {
    return this == GREY || this == YCC ? JFIF.clone() : ADOBE.clone();
  }

  /** {@return whether Java's reader makes no colours of it} */
  boolean isCmyk() {
    return this == CMYK || this == YCCK;
  }

  /** {@return luminance, 0..255, of a pixel's four components} */
  int luminance(int c, int m, int y, int k) {
    int withoutBlack = this == YCCK ? 255 - c : PixelFormat.luminance(c, m, y);
    return (withoutBlack * k + 127) / 255;
  }
}
