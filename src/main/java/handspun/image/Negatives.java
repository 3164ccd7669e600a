package handspun.image;

import handspun.math.RandomStream;
import java.util.*;

final class Negatives {
  private static final String MIRRORED = "34679", TURNED = "12345679", UPSIDE_DOWN = "347";

  static int FIG = 0;

  Strokes of(Strokes s, int label, RandomStream r) {
    float[] box = box(s);
    double w = box[1] - box[0],
        h = box[3] - box[2],
        cx = (box[0] + box[1]) / 2,
        cy = (box[2] + box[3]) / 2,
        longer = Math.max(1, Math.max(w, h));
    for (int tries = 0; tries < 8; tries++) {
      Sketch m = new Sketch();
      switch (r.nextInt(10 + FIG)) {
        case 0:
          {
            Strokes piece = piece(s, r);
            if (piece != null) return piece;
            break;
          }
        case 1:
          { // beside
            Strokes o = other(s, r);
            float[] b = box(o);
            double oh = b[3] - b[2];
            double scale =
                Math.min(3, Math.max(h, 1) / Math.max(oh, 1)) * (0.8 + 0.4 * r.nextDouble());
            m.add(s, 1, 0, 0, 1, 0, 0);
            double gap = (0.05 + 0.4 * r.nextDouble()) * longer;
            m.add(
                o,
                scale,
                0,
                0,
                scale,
                box[1] + gap - scale * b[0],
                cy - scale * (b[2] + b[3]) / 2 + (r.nextDouble() - .5) * 0.3 * h);
            return m.strokes();
          }
        case 2:
          { // overlapped
            Strokes o = other(s, r);
            float[] b = box(o);
            double scale = Math.max(h, 1) / Math.max(1, b[3] - b[2]) * (0.7 + 0.6 * r.nextDouble());
            double an = (r.nextDouble() - .5) * 2;
            double c = scale * StrictMath.cos(an), q = scale * StrictMath.sin(an);
            double ox = (b[0] + b[1]) / 2, oy = (b[2] + b[3]) / 2;
            m.add(s, 1, 0, 0, 1, 0, 0);
            m.add(
                o,
                c,
                -q,
                q,
                c,
                cx - (c * ox - q * oy) + (r.nextDouble() - .5) * longer,
                cy - (q * ox + c * oy) + (r.nextDouble() - .5) * longer * 0.6);
            return m.strokes();
          }
        case 3:
          if (MIRRORED.indexOf('0' + label) >= 0) {
            m.add(s, -1, 0, 0, 1, 0, 0);
            return m.strokes();
          }
          break;
        case 4:
          if (TURNED.indexOf('0' + label) >= 0) {
            double sg = r.nextInt(2) * 2 - 1;
            m.add(s, 0, sg, -sg, 0, 0, 0);
            return m.strokes();
          }
          break;
        case 5:
          if (UPSIDE_DOWN.indexOf('0' + label) >= 0) {
            m.add(s, -1, 0, 0, -1, 0, 0);
            return m.strokes();
          }
          break;
        case 6:
          return scribble(r);
        case 7:
          return shape(r);
        case 8:
        case 9:
          return glyph(r);
        default:
          return Allographs.FIGURES.get(r.nextInt(Allographs.FIGURES.size()));
      }
    }
    return glyph(r);
  }

  private static Strokes other(Strokes s, RandomStream r) {
    return r.nextInt(4) == 0 ? s : Allographs.of(r.nextInt(10), r, s);
  }

  static float[] box(Strokes s) {
    float l = s.x()[0], rr = l, t = s.y()[0], b = t;
    for (int p = 1; p < s.x().length; p++) {
      l = Math.min(l, s.x()[p]);
      rr = Math.max(rr, s.x()[p]);
      t = Math.min(t, s.y()[p]);
      b = Math.max(b, s.y()[p]);
    }
    return new float[] {l, rr, t, b};
  }

  private static Strokes piece(Strokes s, RandomStream r) {
    int n = s.x().length;
    if (n < 16) return null;
    int keep = (int) (n * (0.25 + 0.3 * r.nextDouble()));
    int from = r.nextInt(n - keep + 1);
    Sketch m = new Sketch();
    int p = 0;
    for (int k = 0; k < s.count(); k++) {
      for (; p < s.ends()[k]; p++) if (p >= from && p < from + keep) m.point(s.x()[p], s.y()[p]);
      m.end();
    }
    Strokes t = m.strokes();
    float[] b = box(t);
    // What is nearly straight and upright is a 1.
    double len = 0;
    for (int i = 1; i < t.x().length; i++)
      len += Math.hypot(t.x()[i] - t.x()[i - 1], t.y()[i] - t.y()[i - 1]);
    int e = t.x().length - 1;
    double chord = Math.hypot(t.x()[e] - t.x()[0], t.y()[e] - t.y()[0]);
    return chord > 0.8 * len && (b[3] - b[2]) > (b[1] - b[0]) ? null : t;
  }

  /** Long and winding. */
  private static Strokes scribble(RandomStream r) {
    Sketch m = new Sketch();
    int strokes = 1 + r.nextInt(2);
    for (int k = 0; k < strokes; k++) {
      int n = 6 + r.nextInt(14);
      List<float[]> p = new ArrayList<>();
      int kind = r.nextInt(4);
      double turn = r.nextDouble() * 6.28;
      for (int i = 0; i < n; i++) {
        switch (kind) {
          case 0:
            p.add(new float[] {(float) (20 * r.nextDouble()), (float) (20 * r.nextDouble())});
            break;
          case 1:
            p.add(
                new float[] {
                  (float) (20.0 * i / n + 2 * r.nextDouble()),
                  (float) (i % 2 == 0 ? 4 * r.nextDouble() : 20 - 6 * r.nextDouble())
                });
            break; // zigzag
          case 2:
            {
              double a = turn + i * 0.9, d = 1 + 9.0 * i / n;
              p.add(
                  new float[] {
                    (float) (10 + d * StrictMath.cos(a)), (float) (10 + d * StrictMath.sin(a))
                  });
              break;
            } // spiral
          default:
            {
              double a = turn + i * 1.1;
              p.add(
                  new float[] {
                    (float) (14.0 * i / n + 5 * StrictMath.cos(a) + r.nextDouble()),
                    (float) (6 * StrictMath.sin(a) + r.nextDouble())
                  });
            } // loops
        }
      }
      if (r.nextInt(3) == 0 && kind < 2) {
        for (int i = 0; i + 1 < n; i++)
          m.line(p.get(i)[0], p.get(i)[1], p.get(i + 1)[0], p.get(i + 1)[1]);
      } else m.curve(p);
      m.end();
    }
    return turn(m.strokes(), r.nextInt(2) == 0 ? 0 : r.nextDouble() * 6.28);
  }

  static Strokes turn(Strokes s, double a) {
    Sketch m = new Sketch();
    double c = StrictMath.cos(a), q = StrictMath.sin(a);
    m.add(s, c, -q, q, c, 0, 0);
    return m.strokes();
  }

  /** Closed figures, crosses, parallel lines. */
  private static Strokes shape(RandomStream r) {
    Sketch m = new Sketch();
    switch (r.nextInt(6)) {
      case 0:
      case 1:
        {
          int n = 3 + r.nextInt(4);
          double from = r.nextDouble() * 6.28;
          double[] xs = new double[n], ys = new double[n];
          for (int i = 0; i < n; i++) {
            double a = from + 6.283 * (i + 0.5 * (r.nextDouble() - .5)) / n;
            double d = 6 + 4 * r.nextDouble();
            xs[i] = 10 + d * StrictMath.cos(a);
            ys[i] = 10 + d * StrictMath.sin(a);
          }
          for (int i = 0; i < n; i++) m.line(xs[i], ys[i], xs[(i + 1) % n], ys[(i + 1) % n]);
          m.end();
          if (r.nextInt(3) == 0) {
            m.line(xs[0], ys[0], xs[n / 2], ys[n / 2]);
            m.end();
          }
          break;
        }
      case 2:
        {
          int n = 5 + r.nextInt(3);
          double from = r.nextDouble() * 6.28;
          double px = 0, py = 0; // star
          for (int i = 0; i <= 2 * n; i++) {
            double a = from + 3.1416 * i / n, d = i % 2 == 0 ? 10 : 4;
            double qx = 10 + d * StrictMath.cos(a), qy = 10 + d * StrictMath.sin(a);
            if (i > 0) m.line(px, py, qx, qy);
            px = qx;
            py = qy;
          }
          m.end();
          break;
        }
      case 3:
        {
          int n = 2 + r.nextInt(3);
          for (int i = 0; i < n; i++) {
            m.line(
                10 + 8 * (r.nextDouble() - .5) * 2,
                10 + 10 * (r.nextDouble() - .5) * 2,
                10 - 8 * (r.nextDouble() - .5) * 2,
                10 - 10 * (r.nextDouble() - .5) * 2);
            m.end();
          }
          break;
        }
      case 4:
        {
          int n = 2 + r.nextInt(3);
          double len = 8 + 12 * r.nextDouble();
          boolean across = r.nextInt(2) == 0;
          for (int i = 0; i < n; i++) {
            double o = i * (3 + 4 * r.nextDouble());
            if (across) m.line(0, o, len, o);
            else m.line(o, 0, o, len);
            m.end();
          }
          if (r.nextInt(2) == 0) {
            if (!across) m.line(-2, len / 2, 4 * n, len / 2);
            else m.line(len / 2, -2, len / 2, 4 * n);
            m.end();
          }
          break;
        }
      default:
        {
          int n = 6 + r.nextInt(6);
          List<float[]> p = new ArrayList<>();
          double from = r.nextDouble() * 6.28; // closed curve with bumps
          for (int i = 0; i < n; i++) {
            double a = from + 6.283 * i / n;
            double d = 3 + 7 * r.nextDouble();
            p.add(
                new float[] {
                  (float) (10 + d * StrictMath.cos(a)), (float) (10 + d * StrictMath.sin(a))
                });
          }
          p.add(p.get(0));
          m.curve(p);
          m.end();
        }
    }
    return m.strokes();
  }

  /** A few lines and arcs whose ends meet, as in the letters of many scripts. */
  private static Strokes glyph(RandomStream r) {
    Sketch m = new Sketch();
    int n = 2 + r.nextInt(3);
    List<float[]> nodes = new ArrayList<>();
    for (int i = 0; i < 9; i++)
      nodes.add(
          new float[] {
            (i % 3) * 7 + (float) (2 * (r.nextDouble() - .5)),
            (i / 3) * 10 + (float) (2 * (r.nextDouble() - .5))
          });
    int at = r.nextInt(9);
    for (int k = 0; k < n; k++) {
      int to = r.nextInt(9);
      if (to == at) to = (to + 1 + r.nextInt(8)) % 9;
      float[] a = nodes.get(at), b = nodes.get(to);
      double bulge = r.nextInt(2) == 0 ? 0 : (r.nextDouble() - .5) * 1.6;
      if (bulge == 0) m.line(a[0], a[1], b[0], b[1]);
      else {
        float mx = (float) ((a[0] + b[0]) / 2 - (b[1] - a[1]) * bulge / 2 * 1.2),
            my = (float) ((a[1] + b[1]) / 2 + (b[0] - a[0]) * bulge / 2 * 1.2);
        m.curve(List.of(a, new float[] {mx, my}, b));
      }
      if (r.nextInt(2) == 0) {
        m.end();
        at = r.nextInt(9);
      } else at = to;
    }
    m.end();
    if (m.count() < 8) return glyph(r);
    return m.strokes();
  }
}
