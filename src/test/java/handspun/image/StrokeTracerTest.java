package handspun.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import handspun.data.Examples;
import org.junit.jupiter.api.Test;

class StrokeTracerTest {
  private static final int SIZE = 28;

  private final StrokeTracer tracer = new StrokeTracer(SIZE, SIZE);

  /** An image of what a pen of that width draws; fully inked or not. */
  private static byte[] drawn(double width, String template) {
    Strokes strokes = Templates.parse(template, Templates.TO_PIXELS);
    byte[] image = new byte[SIZE * SIZE];
    for (int p = 0; p < image.length; p++) {
      double x = p % SIZE + 0.5;
      double y = Math.floorDiv(p, SIZE) + 0.5;
      double nearest = Double.MAX_VALUE;
      for (int i = 0; i < strokes.x().length; i++) {
        nearest = Math.min(nearest, Math.hypot(strokes.x()[i] - x, strokes.y()[i] - y));
      }
      image[p] = (byte) (nearest < width / 2 ? 255 : 0);
    }
    return image;
  }

  private static void assertEnds(Strokes strokes, int stroke, double... ends) {
    int first = strokes.start(stroke);
    int last = strokes.ends()[stroke] - 1;
    assertThat(
            new double[] {
              strokes.x()[first], strokes.y()[first], strokes.x()[last], strokes.y()[last]
            })
        .containsExactly(ends, within(1.5));
  }

  @Test
  void findsNothingOnABlankImage() {
    assertThat(tracer.trace(new byte[SIZE * SIZE]).count()).isZero();
  }

  @Test
  void followsALineFromEndToEnd() {
    Strokes strokes = tracer.trace(drawn(3, "40,20 60,120"));
    assertThat(strokes.count()).isEqualTo(1);
    assertEnds(strokes, 0, 8, 4, 12, 24);
  }

  @Test
  void followsARingBackToWhereItBegan() {
    Strokes strokes =
        tracer.trace(drawn(3, "70,20 30,40 20,70 40,110 70,120 100,100 115,70 70,20"));
    assertThat(strokes.count()).isEqualTo(1);
    int last = strokes.x().length - 1;
    assertThat(strokes.x()[last]).isEqualTo(strokes.x()[0]);
    assertThat(strokes.y()[last]).isEqualTo(strokes.y()[0]);
    assertThat(strokes.box().width()).isCloseTo(19, within(1.5f));
    assertThat(strokes.box().height()).isCloseTo(20, within(1.5f));
  }

  @Test
  void goesStraightOnWhereLinesCross() {
    Strokes strokes = tracer.trace(drawn(2.5, "20,20 120,120 ; 120,20 20,120"));
    assertThat(strokes.count()).isEqualTo(2);
    for (int s = 0; s < 2; s++) {
      int first = strokes.start(s);
      int last = strokes.ends()[s] - 1;
      assertThat(Math.abs(strokes.x()[last] - strokes.x()[first])).isGreaterThan(17);
      assertThat(Math.abs(strokes.y()[last] - strokes.y()[first])).isGreaterThan(17);
    }
  }

  @Test
  void hasTwoStrokesWhereOneEndsAtAnother() {
    Strokes strokes = tracer.trace(drawn(2.5, "10,20 130,20 ; 70,20 70,125"));
    assertThat(strokes.count()).isEqualTo(2);
    assertThat(strokes.box().height()).isCloseTo(21, within(1.5f));
  }

  @Test
  void leavesOutBumpsOfThickInk() {
    byte[] image = drawn(5, "70,25 70,115");
    image[10 * SIZE + 16] = (byte) 255;
    assertThat(tracer.trace(image).count()).isEqualTo(1);
  }

  @Test
  void leavesOutSpecksBesideADigit() {
    byte[] image = drawn(3, "40,20 60,120");
    image[9 * SIZE + 25] = (byte) 255;
    assertThat(tracer.trace(image).count()).isEqualTo(1);
  }

  @Test
  void aDotIsAStroke() {
    byte[] image = new byte[SIZE * SIZE];
    image[9 * SIZE + 5] = (byte) 255;
    Strokes strokes = tracer.trace(image);
    assertThat(strokes.count()).isEqualTo(1);
    assertThat(strokes.x()[0]).isCloseTo(5.5f, within(0.6f));
    assertThat(strokes.y()[0]).isCloseTo(9.5f, within(0.6f));
  }

  @Test
  void tracesTheSameWhateverItTracedBefore() {
    byte[] image = drawn(3, "20,20 120,120 ; 120,20 20,120");
    Strokes first = new StrokeTracer(SIZE, SIZE).trace(image);
    tracer.trace(drawn(4, "70,20 30,40 20,70 40,110 70,120 100,100 115,70 70,20"));
    Strokes again = tracer.trace(image);
    assertThat(again.x()).isEqualTo(first.x());
    assertThat(again.y()).isEqualTo(first.y());
    assertThat(again.ends()).isEqualTo(first.ends());
  }

  /** Drawn again with a pen as thick as its ink, an image of MNIST looks as before. */
  @Test
  void losesNextToNothingOfMnist() {
    Examples test = Mnist.data().test();
    Pen pen = new Pen();
    byte[] again = new byte[SIZE * SIZE];
    double correlations = 0;
    int count = 1_000;
    for (int i = 0; i < count; i++) {
      byte[] image = test.inputs().pixels(i);
      Strokes strokes = tracer.trace(image);
      assertThat(strokes.count()).isBetween(1, 12);
      assertThat(strokes.box().left()).isGreaterThanOrEqualTo(0);
      assertThat(strokes.box().bottom()).isLessThanOrEqualTo(SIZE);
      pen.draw(
          strokes.x(),
          strokes.y(),
          strokes.ends(),
          strokes.count(),
          width(image, strokes),
          again,
          0);
      correlations += correlation(image, again);
    }
    System.out.printf("MNIST drawn again: correlation %.3f%n", correlations / count);
    assertThat(correlations / count).isGreaterThan(0.85);
  }

  private static float width(byte[] image, Strokes strokes) {
    double ink = 0;
    for (byte pixel : image) {
      ink += (pixel & 0xff) / 255.0;
    }
    double length = 1;
    for (int s = 0; s < strokes.count(); s++) {
      for (int p = strokes.start(s) + 1; p < strokes.ends()[s]; p++) {
        length +=
            Math.hypot(strokes.x()[p] - strokes.x()[p - 1], strokes.y()[p] - strokes.y()[p - 1]);
      }
    }
    return (float) (ink / length);
  }

  private static double correlation(byte[] one, byte[] other) {
    double products = 0;
    double ones = 0;
    double others = 0;
    for (int p = 0; p < one.length; p++) {
      double a = one[p] & 0xff;
      double b = other[p] & 0xff;
      products += a * b;
      ones += a * a;
      others += b * b;
    }
    return products / Math.sqrt(ones * others);
  }
}
