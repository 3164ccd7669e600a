package handspun.math;

import static handspun.math.Kernels.ROW;
import static handspun.math.Vectors.N;
import static handspun.math.Vectors.broadcast;
import static handspun.math.Vectors.load;
import static handspun.math.Vectors.vectorAt;

import jdk.incubator.vector.FloatVector;

/**
 * Products of matrices that are too small for {@link VectorTiles}: layers of one row of units, and
 * few examples. Nothing is copied.
 */
final class VectorRows {
  /** So few go through four vectors of a layer at a time, each example by itself. */
  private static final int FEW = 4;

  private VectorRows() {}

  /** {@link Kernels#affine}, from a column on. */
  static void affine(
      float[] p,
      LayerPanels layer,
      int column,
      float[] x,
      int xAt,
      int xStride,
      int examples,
      float[] z,
      int zAt) {
    int inputs = layer.inputs();
    int stride = layer.stride();
    int c = column;
    if (examples < FEW) {
      for (; c <= layer.columns() - 4 * N; c += 4 * N) {
        int w = layer.weight(0, c);
        for (int e = 0; e < examples; e++) {
          int in = xAt + e * xStride;
          int at = zAt + e * stride + c;
          affine1x4(p, w, layer.panel(), layer.biases() + c, inputs, x, in, z, at);
        }
      }
    }
    for (; c < layer.columns(); c += N) {
      int w = layer.weight(0, c);
      int biases = layer.biases() + c;
      int e = 0;
      // Fives as long as fours would leave something over: ten examples are two fives.
      for (; e <= examples - 5 && (examples - e) % 4 != 0; e += 5) {
        int in = xAt + e * xStride;
        affine5x1(p, w, biases, inputs, x, in, xStride, z, zAt + e * stride + c, stride);
      }
      for (; e <= examples - 4; e += 4) {
        int in = xAt + e * xStride;
        affine4x1(p, w, biases, inputs, x, in, xStride, z, zAt + e * stride + c, stride);
      }
      for (; e < examples; e++) {
        affine1x1(p, w, biases, inputs, x, xAt + e * xStride, z, zAt + e * stride + c);
      }
    }
  }

  private static void affine1x4(
      float[] p,
      int weights,
      int panel,
      int biases,
      int inputs,
      float[] x,
      int xAt,
      float[] z,
      int zAt) {
    FloatVector z0 = load(p, biases);
    FloatVector z1 = load(p, biases + N);
    FloatVector z2 = load(p, biases + 2 * N);
    FloatVector z3 = load(p, biases + 3 * N);
    int w1 = vectorAt(1, panel);
    int w2 = vectorAt(2, panel);
    int w3 = vectorAt(3, panel);
    int w = weights;
    for (int i = 0; i < inputs; i++) {
      FloatVector v = broadcast(x[xAt + i]);
      z0 = v.fma(load(p, w), z0);
      z1 = v.fma(load(p, w + w1), z1);
      z2 = v.fma(load(p, w + w2), z2);
      z3 = v.fma(load(p, w + w3), z3);
      w += ROW;
    }
    z0.intoArray(z, zAt);
    z1.intoArray(z, zAt + N);
    z2.intoArray(z, zAt + 2 * N);
    z3.intoArray(z, zAt + 3 * N);
  }

  private static void affine5x1(
      float[] p,
      int weights,
      int biases,
      int inputs,
      float[] x,
      int xAt,
      int xStride,
      float[] z,
      int zAt,
      int zStride) {
    FloatVector a = load(p, biases);
    FloatVector b = a;
    FloatVector c = a;
    FloatVector d = a;
    FloatVector f = a;
    int xb = xAt + xStride;
    int xc = xb + xStride;
    int xd = xc + xStride;
    int xf = xd + xStride;
    int row = weights;
    for (int i = 0; i < inputs; i++) {
      FloatVector w = load(p, row);
      a = w.fma(broadcast(x[xAt + i]), a);
      b = w.fma(broadcast(x[xb + i]), b);
      c = w.fma(broadcast(x[xc + i]), c);
      d = w.fma(broadcast(x[xd + i]), d);
      f = w.fma(broadcast(x[xf + i]), f);
      row += ROW;
    }
    a.intoArray(z, zAt);
    b.intoArray(z, zAt + zStride);
    c.intoArray(z, zAt + 2 * zStride);
    d.intoArray(z, zAt + 3 * zStride);
    f.intoArray(z, zAt + 4 * zStride);
  }

  private static void affine4x1(
      float[] p,
      int weights,
      int biases,
      int inputs,
      float[] x,
      int xAt,
      int xStride,
      float[] z,
      int zAt,
      int zStride) {
    FloatVector a = load(p, biases);
    FloatVector b = a;
    FloatVector c = a;
    FloatVector d = a;
    int xb = xAt + xStride;
    int xc = xb + xStride;
    int xd = xc + xStride;
    int row = weights;
    for (int i = 0; i < inputs; i++) {
      FloatVector w = load(p, row);
      a = w.fma(broadcast(x[xAt + i]), a);
      b = w.fma(broadcast(x[xb + i]), b);
      c = w.fma(broadcast(x[xc + i]), c);
      d = w.fma(broadcast(x[xd + i]), d);
      row += ROW;
    }
    a.intoArray(z, zAt);
    b.intoArray(z, zAt + zStride);
    c.intoArray(z, zAt + 2 * zStride);
    d.intoArray(z, zAt + 3 * zStride);
  }

  private static void affine1x1(
      float[] p, int weights, int biases, int inputs, float[] x, int xAt, float[] z, int zAt) {
    FloatVector sum = load(p, biases);
    int row = weights;
    for (int i = 0; i < inputs; i++) {
      sum = broadcast(x[xAt + i]).fma(load(p, row), sum);
      row += ROW;
    }
    sum.intoArray(z, zAt);
  }

  /** {@link Kernels#addOuter}. */
  static void addOuter(
      float[] x,
      int xAt,
      int xStride,
      int from,
      int to,
      int examples,
      float[] deltas,
      int deltaAt,
      float[] target,
      LayerPanels layer) {
    int stride = layer.stride();
    for (int row = from; row < to; ) {
      int first = row % layer.inputs();
      int end = Math.min(layer.inputs(), first + to - row);
      int panel = row / layer.inputs() * ROW;
      for (int c = panel; c < panel + ROW; c += N) {
        int d = deltaAt + c;
        int i = first;
        for (; i <= end - 4; i += 4) {
          int w = layer.weight(i, c);
          addOuter4x1(x, xAt + i, xStride, examples, deltas, d, stride, target, w);
        }
        for (; i < end; i++) {
          int w = layer.weight(i, c);
          addOuter1x1(x, xAt + i, xStride, examples, deltas, d, stride, target, w);
        }
      }
      row += end - first;
    }
  }

  private static void addOuter4x1(
      float[] x,
      int xAt,
      int xStride,
      int examples,
      float[] deltas,
      int deltaAt,
      int stride,
      float[] target,
      int row) {
    int rb = row + ROW;
    int rc = rb + ROW;
    int rd = rc + ROW;
    FloatVector a = load(target, row);
    FloatVector b = load(target, rb);
    FloatVector c = load(target, rc);
    FloatVector d = load(target, rd);
    int in = xAt;
    int at = deltaAt;
    for (int e = 0; e < examples; e++) {
      FloatVector delta = load(deltas, at);
      a = delta.fma(broadcast(x[in]), a);
      b = delta.fma(broadcast(x[in + 1]), b);
      c = delta.fma(broadcast(x[in + 2]), c);
      d = delta.fma(broadcast(x[in + 3]), d);
      in += xStride;
      at += stride;
    }
    a.intoArray(target, row);
    b.intoArray(target, rb);
    c.intoArray(target, rc);
    d.intoArray(target, rd);
  }

  private static void addOuter1x1(
      float[] x,
      int xAt,
      int xStride,
      int examples,
      float[] deltas,
      int deltaAt,
      int stride,
      float[] target,
      int row) {
    FloatVector w = load(target, row);
    int in = xAt;
    int at = deltaAt;
    for (int e = 0; e < examples; e++) {
      w = broadcast(x[in]).fma(load(deltas, at), w);
      in += xStride;
      at += stride;
    }
    w.intoArray(target, row);
  }
}
