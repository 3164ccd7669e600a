package handspun.read;

import handspun.image.DigitNormalizer;
import handspun.image.Preprocessing;
import handspun.network.Feedforward;
import handspun.network.Outputs;
import java.util.ArrayDeque;
import java.util.concurrent.Semaphore;
import java.util.function.IntFunction;

/**
 * Reads many images in one pass through the kernels, {@value #AT_A_TIME} at a time. As many threads
 * read at once as there are cores, and the others wait: more would only need more memory.
 */
final class BatchReader {
  private static final int AT_A_TIME = 64;

  private final Preprocessing preprocessing;
  private final Outputs outputs;
  private final int classes;
  private final IntFunction<Feedforward> feedforward;
  private final Semaphore turns = new Semaphore(Runtime.getRuntime().availableProcessors(), true);
  private final ArrayDeque<Scratch> idle = new ArrayDeque<>();

  /** What reading needs, by one at a time. */
  private record Scratch(
      Preprocessing.Step step, Feedforward feedforward, byte[] image, byte[] pixels, float[] a) {}

  /** {@code feedforward} gives a pass for so many images at a time. */
  BatchReader(
      Preprocessing preprocessing,
      Outputs outputs,
      int classes,
      IntFunction<Feedforward> feedforward) {
    this.preprocessing = preprocessing;
    this.outputs = outputs;
    this.classes = classes;
    this.feedforward = feedforward;
  }

  Readings read(Images images) {
    turns.acquireUninterruptibly();
    try {
      Scratch own = take();
      try {
        return read(images, own);
      } finally {
        giveBack(own);
      }
    } finally {
      turns.release();
    }
  }

  private Scratch take() {
    synchronized (idle) {
      if (!idle.isEmpty()) {
        return idle.pop();
      }
    }
    return new Scratch(
        preprocessing.step(DigitNormalizer.SIZE, DigitNormalizer.SIZE),
        feedforward.apply(AT_A_TIME),
        new byte[DigitNormalizer.PIXELS],
        new byte[AT_A_TIME * DigitNormalizer.PIXELS],
        new float[classes]);
  }

  private void giveBack(Scratch own) {
    synchronized (idle) {
      idle.push(own);
    }
  }

  private Readings read(Images images, Scratch own) {
    int count = images.count();
    Readings readings =
        new Readings(classes, new float[count * classes], new int[count], new float[count]);
    for (int from = 0; from < count; from += AT_A_TIME) {
      int some = Math.min(AT_A_TIME, count - from);
      for (int i = 0; i < some; i++) {
        prepare(images, from + i, own, i * DigitNormalizer.PIXELS);
      }
      own.feedforward().read(own.pixels(), some);
      for (int i = 0; i < some; i++) {
        own.feedforward().outputs(i, own.a(), 0);
        Reading.requireFinite(own.a());
        System.arraycopy(own.a(), 0, readings.outputs(), (from + i) * classes, classes);
        readings.digits()[from + i] = own.feedforward().prediction(i);
        readings.scores()[from + i] = outputs.evidence(own.a());
      }
    }
    return readings;
  }

  private void prepare(Images images, int image, Scratch own, int to) {
    if (preprocessing == Preprocessing.NONE) {
      images.copyPixels(image, own.pixels(), to);
    } else {
      images.copyPixels(image, own.image(), 0);
      own.step().apply(own.image(), own.pixels(), to);
    }
  }
}
