package handspun.image;

import java.util.*;

final class Sketch {
  private float[] x = new float[64];
  private float[] y = new float[64];
  private int count;
  private int[] ends = new int[4];
  private int strokes;

  void point(double px, double py) {
    if (count == x.length) {
      x = Arrays.copyOf(x, 2 * count);
      y = Arrays.copyOf(y, 2 * count);
    }
    x[count] = (float) px;
    y[count++] = (float) py;
  }

  int begun() {
    return strokes == 0 ? 0 : ends[strokes - 1];
  }

  void end() {
    if (count == begun()) return;
    if (strokes == ends.length) ends = Arrays.copyOf(ends, 2 * strokes);
    ends[strokes++] = count;
  }

  void line(double x0, double y0, double x1, double y1) {
    double l = Math.sqrt((x1 - x0) * (x1 - x0) + (y1 - y0) * (y1 - y0));
    int n = Math.max(1, (int) Math.round(l));
    boolean first = count == begun();
    for (int i = first ? 0 : 1; i <= n; i++) point(x0 + (x1 - x0) * i / n, y0 + (y1 - y0) * i / n);
  }

  /** Catmull-Rom. */
  void curve(List<float[]> p) {
    boolean first = count == begun();
    int n = p.size();
    if (n == 1) {
      point(p.get(0)[0], p.get(0)[1]);
      return;
    }
    for (int i = 0; i + 1 < n; i++) {
      float[] a = p.get(Math.max(0, i - 1)),
          b = p.get(i),
          c = p.get(i + 1),
          d = p.get(Math.min(n - 1, i + 2));
      double l = Math.sqrt((c[0] - b[0]) * (c[0] - b[0]) + (c[1] - b[1]) * (c[1] - b[1]));
      int m = Math.max(1, (int) Math.round(l));
      for (int k = first && i == 0 ? 0 : 1; k <= m; k++) {
        double t = (double) k / m;
        point(cr(a[0], b[0], c[0], d[0], t), cr(a[1], b[1], c[1], d[1], t));
      }
    }
  }

  private static double cr(double a, double b, double c, double d, double t) {
    return 0.5
        * ((2 * b)
            + (-a + c) * t
            + (2 * a - 5 * b + 4 * c - d) * t * t
            + (-a + 3 * b - 3 * c + d) * t * t * t);
  }

  void add(Strokes s, double xx, double xy, double yx, double yy, double dx, double dy) {
    int p = 0;
    for (int k = 0; k < s.count(); k++) {
      for (; p < s.ends()[k]; p++)
        point(xx * s.x()[p] + xy * s.y()[p] + dx, yx * s.x()[p] + yy * s.y()[p] + dy);
      end();
    }
  }

  int count() {
    return count;
  }

  Strokes strokes() {
    return new Strokes(
        Arrays.copyOf(x, count), Arrays.copyOf(y, count), Arrays.copyOf(ends, strokes));
  }
}
