package handspun.image;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The strokes of images that are drawn again and again, each traced once as long as there are not
 * too many. For several threads: two that ask at once for the same may both trace it, to the same
 * strokes.
 */
public final class TracedImages {
  /** Each takes some 400 bytes. */
  private static final int MOST = 1 << 18;

  /** Images of a block, which is made when it is needed. */
  private static final int BLOCK = 1 << 9;

  private final AtomicReferenceArray<AtomicReferenceArray<Strokes>> blocks =
      new AtomicReferenceArray<>(MOST / BLOCK);

  /**
   * @param number of the image
   * @param image its pixels, always the same for that number
   * @param tracer of the thread
   */
  Strokes of(int number, byte[] image, StrokeTracer tracer) {
    if (number >= MOST) {
      return tracer.trace(image);
    }
    AtomicReferenceArray<Strokes> block = block(number / BLOCK);
    Strokes strokes = block.get(number % BLOCK);
    if (strokes == null) {
      strokes = tracer.trace(image);
      block.set(number % BLOCK, strokes);
    }
    return strokes;
  }

  private AtomicReferenceArray<Strokes> block(int number) {
    AtomicReferenceArray<Strokes> block = blocks.get(number);
    if (block == null) {
      blocks.compareAndSet(number, null, new AtomicReferenceArray<>(BLOCK));
      block = blocks.get(number);
    }
    return block;
  }
}
