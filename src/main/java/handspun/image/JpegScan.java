package handspun.image;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The header of a scan of a JPEG file (ITU-T T.81, B.2.3). A progressive file gives coefficients, 0
 * to 63, in several scans, the lower bits of each later: {@code missingBits} are left to those.
 */
record JpegScan(
    List<Integer> components, int firstCoefficient, int lastCoefficient, int missingBits) {
  private static final int COEFFICIENTS = 64;

  /** What a scan costs a decoder however small it is, in samples. */
  private static final long LEAST_SAMPLES = 1 << 16;

  /** {@return the scan that a segment holds, unless it is broken} */
  static Optional<JpegScan> of(ByteBuffer content) {
    ByteBuffer data = content.slice();
    int count = data.hasRemaining() ? data.get() : 0;
    if (count < 1 || data.remaining() < 2 * count + 3) {
      return Optional.empty();
    }
    List<Integer> components = new ArrayList<>();
    for (int c = 0; c < count; c++) {
      components.add(data.get() & 0xff);
      data.get();
    }
    return Optional.of(
        new JpegScan(components, data.get() & 0x3f, data.get() & 0x3f, data.get() & 0x0f));
  }

  /** {@return how many samples a decoder passes over for this scan} */
  long samples(JpegFrame frame) {
    long samples =
        frame.components().stream()
            .filter(component -> components.contains(component.id()))
            .mapToLong(frame::samples)
            .sum();
    return Math.max(LEAST_SAMPLES, samples);
  }

  /** {@return whether scans have every bit of every component} */
  static boolean areComplete(List<JpegScan> scans, JpegFrame frame) {
    return frame.components().stream()
        .allMatch(component -> isComplete(scans, component.id(), frame.isProgressive()));
  }

  private static boolean isComplete(List<JpegScan> scans, int component, boolean progressive) {
    boolean[] there = new boolean[COEFFICIENTS];
    int present = 0;
    for (JpegScan scan : scans) {
      if (scan.components.contains(component)) {
        int from = progressive ? scan.firstCoefficient : 0;
        int to = progressive ? scan.lastCoefficient : COEFFICIENTS - 1;
        for (int k = from; k <= to; k++) {
          boolean complete = !progressive || scan.missingBits == 0;
          present += complete && !there[k] ? 1 : 0;
          there[k] |= complete;
        }
      }
    }
    return present == COEFFICIENTS;
  }
}
