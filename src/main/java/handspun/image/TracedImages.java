package handspun.image;

/**
 * The strokes of images that are asked for again and again, each traced once as long as there are
 * not too many. For several threads: two that ask at once for the same may both trace it, to the
 * same strokes.
 */
public final class TracedImages {
  /** Each takes some 400 bytes. */
  private static final int MOST = 1 << 18;

  /** In blocks, so that few images take little memory. */
  private static final int BLOCK = 1 << 10;

  private final java.util.concurrent.atomic.AtomicReferenceArray<
          java.util.concurrent.atomic.AtomicReferenceArray<Strokes>>
      blocks = new java.util.concurrent.atomic.AtomicReferenceArray<>(MOST / BLOCK);

  /**
   * @param number of the image
   * @param image its pixels, always the same for that number
   * @param tracer of the thread
   */
  Strokes of(int number, byte[] image, StrokeTracer tracer) {
    if (number >= MOST) {
      return tracer.trace(image);
    }
    java.util.concurrent.atomic.AtomicReferenceArray<Strokes> block = blocks.get(number / BLOCK);
    if (block == null) {
      blocks.compareAndSet(
          number / BLOCK, null, new java.util.concurrent.atomic.AtomicReferenceArray<>(BLOCK));
      block = blocks.get(number / BLOCK);
    }
    Strokes strokes = block.get(number % BLOCK);
    if (strokes == null) {
      strokes = tracer.trace(image);
      block.set(number % BLOCK, strokes);
    }
    return strokes;
  }
}
