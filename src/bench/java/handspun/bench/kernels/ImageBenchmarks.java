package handspun.bench.kernels;

import handspun.image.Augmentation;
import handspun.image.ExampleAugmenter;
import handspun.image.Preprocessing;
import handspun.image.StrokeTracer;
import handspun.image.Strokes;
import handspun.image.TracedImages;
import handspun.math.Kernels;
import handspun.math.RandomStream;
import java.util.Arrays;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What is done to one image before the network sees it: another one every time. Not in the table of
 * {@code bench kernels}, since most of it is no arithmetic on floats.
 */
@State(Scope.Thread)
public class ImageBenchmarks {
  private static final int IMAGES = 64;
  private static final int SIDE = 28;

  @Param({
    "none",
    "thickness=0.5",
    "shift=1,rotate=10,scale=0.1,shear=0.1,elastic=34,thickness=0.5",
    "redraw=1",
    "redraw=1,negatives=0.4"
  })
  public String augment;

  private final byte[][] images = new byte[IMAGES][];
  private final byte[] target = new byte[TestImages.PIXELS];
  private final RandomStream random = new RandomStream();
  private final Preprocessing.Step straightening = Preprocessing.STRAIGHTEN.step(SIDE, SIDE);
  private final StrokeTracer tracer = new StrokeTracer(SIDE, SIDE);
  private ExampleAugmenter augmenter;
  private int next;

  @Setup
  public void setUp() {
    byte[] pixels = TestImages.pixels(IMAGES);
    for (int i = 0; i < IMAGES; i++) {
      int from = i * TestImages.PIXELS;
      images[i] = Arrays.copyOfRange(pixels, from, from + TestImages.PIXELS);
    }
    augmenter =
        new ExampleAugmenter(
            Augmentation.parse(augment), SIDE, SIDE, Kernels.fastest(), new TracedImages());
  }

  private byte[] image() {
    next = (next + 1) % IMAGES;
    return images[next];
  }

  @Benchmark
  public byte[] augment() {
    byte[] image = image();
    augmenter.augment(image, 3, next, random, target, 0);
    return target;
  }

  /** What is done to an image before it is drawn anew for the first time. */
  @Benchmark
  public Strokes trace() {
    return tracer.trace(image());
  }

  @Benchmark
  public byte[] straighten() {
    straightening.apply(image(), target, 0);
    return target;
  }
}
