package handspun.image;

import java.util.Arrays;

/**
 * A drawing on the page's paper, and the picture of it that is read: as the page draws it ({@code
 * exact/raster.js}), to the last bit. Only {@code + - * /} and square roots are used, which are the
 * same everywhere.
 *
 * @param strokes x and y of each point in turn, in parts of the paper's width; not copied, not to
 *     be changed
 * @param pen width of the pen, where 1 is as wide as usual
 */
public record PaperDrawing(double[][] strokes, double pen) {
  /** Width and height in pixels of the picture. */
  public static final int SIZE = 280;

  /** Width of the paper's pen as a part of the paper's width. */
  private static final double PAPER_PEN = 0.095;

  /** The longer side of the ink, as a part of the picture's: ten pixels for each of MNIST's 20. */
  private static final double INK = 200.0 / SIZE;

  /** Width of its pen as a part of that side: digits come out as bold as MNIST's. */
  private static final double INK_PEN = 0.09;

  /** A drawing no larger than this part of the paper is a dot: a hand trembles. */
  private static final double DOT = 0.02;

  private static final int LEVELS = 15;

  /**
   * {@return the drawing in the middle, its pen in proportion to it, black on transparent paper}
   */
  public Picture picture() {
    Extent x = extent(0);
    Extent y = extent(1);
    double longer = Math.max(x.length(), y.length());
    if (!(longer >= 0)) {
      return new InkRaster(0).picture();
    }
    if (longer <= DOT) {
      InkRaster dot = new InkRaster(PAPER_PEN * pen * SIZE / 2);
      dot.draw(new double[] {0.5 * SIZE, 0.5 * SIZE});
      return dot.picture();
    }
    double penWidth = INK_PEN * INK * pen;
    double scale = (INK - penWidth) / longer;
    InkRaster raster = new InkRaster(penWidth * SIZE / 2);
    for (double[] stroke : strokes) {
      double[] fitted = new double[stroke.length];
      for (int i = 0; i < stroke.length; i += 2) {
        fitted[i] = (0.5 + scale * (stroke[i] - x.middle())) * SIZE;
        fitted[i + 1] = (0.5 + scale * (stroke[i + 1] - y.middle())) * SIZE;
      }
      raster.draw(fitted);
    }
    return raster.picture();
  }

  /** From the first to the last place along an axis; of no points, endless. */
  private record Extent(double first, double last) {
    double middle() {
      return (first + last) / 2;
    }

    double length() {
      return last - first;
    }
  }

  private Extent extent(int axis) {
    double first = Double.POSITIVE_INFINITY;
    double last = Double.NEGATIVE_INFINITY;
    for (double[] stroke : strokes) {
      for (int i = axis; i < stroke.length; i += 2) {
        first = Math.min(first, stroke[i]);
        last = Math.max(last, stroke[i]);
      }
    }
    return new Extent(first, last);
  }

  /** Ink of a round pen, which fades from half a pixel inside its edge to half a pixel outside. */
  private static final class InkRaster {
    private final double radius;

    /** The square of how near each pixel is to a line. */
    private final float[] nearest = new float[SIZE * SIZE];

    InkRaster(double radius) {
      this.radius = radius;
      Arrays.fill(nearest, Float.POSITIVE_INFINITY);
    }

    /** Curves through the middles of the segments: no corners between a mouse's few points. */
    void draw(double[] points) {
      if (points.length == 0) {
        return;
      }
      double fromX = points[0];
      double fromY = points[1];
      for (int i = 2; i < points.length - 2; i += 2) {
        double toX = between(points[i], points[i + 2], 0.5);
        double toY = between(points[i + 1], points[i + 3], 0.5);
        drawQuadratic(fromX, fromY, points[i], points[i + 1], toX, toY);
        fromX = toX;
        fromY = toY;
      }
      drawLine(fromX, fromY, points[points.length - 2], points[points.length - 1]);
    }

    /** A parabola, as n lines within |from - 2 corner + to| / (4 n^2) of it: a 16th of a pixel. */
    private void drawQuadratic(
        double fromX, double fromY, double cornerX, double cornerY, double toX, double toY) {
      double bend =
          Math.sqrt(square(fromX - 2 * cornerX + toX) + square(fromY - 2 * cornerY + toY));
      double lines = Math.max(1, Math.ceil(Math.sqrt(4 * bend)));
      double startX = fromX;
      double startY = fromY;
      for (int i = 1; i <= lines; i++) {
        double part = i / lines;
        double endX = between(between(fromX, cornerX, part), between(cornerX, toX, part), part);
        double endY = between(between(fromY, cornerY, part), between(cornerY, toY, part), part);
        drawLine(startX, startY, endX, endY);
        startX = endX;
        startY = endY;
      }
    }

    private void drawLine(double fromX, double fromY, double toX, double toY) {
      double right = toX - fromX;
      double down = toY - fromY;
      double reach = radius + 0.5;
      int first = (int) Math.max(0, Math.floor(Math.min(fromY, toY) - reach));
      int last = (int) Math.min(SIZE - 1, Math.ceil(Math.max(fromY, toY) + reach));
      for (int row = first; row <= last; row++) {
        double y = row + 0.5 - fromY;
        // The part of the line that can reach this row.
        double s = down == 0 ? 0 : within((y - reach) / down);
        double t = down == 0 ? 1 : within((y + reach) / down);
        int start = (int) Math.max(0, Math.floor(fromX + Math.min(s * right, t * right) - reach));
        int end =
            (int) Math.min(SIZE - 1, Math.ceil(fromX + Math.max(s * right, t * right) + reach));
        drawRow(row * SIZE, start, end, fromX, y, right, down);
      }
    }

    /** Notes how near the line is, if nothing drawn so far is nearer. */
    private void drawRow(
        int row, int start, int end, double fromX, double y, double right, double down) {
      double length = square(right) + square(down);
      double inside = square(Math.max(0, radius - 0.5));
      for (int column = start; column <= end; column++) {
        if (nearest[row + column] > inside) {
          double x = column + 0.5 - fromX;
          double part = length == 0 ? 0 : within((x * right + y * down) / length);
          double distance = square(x - part * right) + square(y - part * down);
          if (distance < nearest[row + column]) {
            nearest[row + column] = (float) distance;
          }
        }
      }
    }

    Picture picture() {
      byte[] ink = new byte[nearest.length];
      double none = square(radius + 0.5);
      for (int p = 0; p < ink.length; p++) {
        if (nearest[p] < none) {
          double part = Math.min(1, radius + 0.5 - Math.sqrt(nearest[p]));
          ink[p] = (byte) (255 / LEVELS * (int) Math.floor(LEVELS * part + 0.5));
        }
      }
      return new Picture(SIZE, SIZE, new byte[ink.length], ink);
    }

    private static double within(double part) {
      return Math.min(1, Math.max(0, part));
    }

    private static double between(double from, double to, double part) {
      return from + part * (to - from);
    }

    private static double square(double x) {
      return x * x;
    }
  }
}
