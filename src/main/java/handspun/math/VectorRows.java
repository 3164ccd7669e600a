package handspun.math;

import static handspun.math.Kernels.ROW;
import static handspun.math.Vectors.N;
import static handspun.math.Vectors.broadcast;
import static handspun.math.Vectors.load;

import jdk.incubator.vector.FloatVector;

/**
 * Products of matrices that are too small for {@link VectorTiles}: layers of one row of units, and
 * few examples. Nothing is copied.
 */
final class VectorRows {
  /** So few go through four vectors of a layer at a time, each example by itself. */
  private static final int FEW = 4;

  private VectorRows() {}

  /** {@link Kernels#affine}. */
  static void affine(
      float[] p,
      LayerRows layer,
      float[] x,
      int xAt,
      int xStride,
      int examples,
      float[] z,
      int zAt) {
    int inputs = layer.inputs();
    int stride = layer.stride();
    int c = 0;
    if (examples < FEW) {
      for (; c <= layer.columns() - 4 * N; c += 4 * N) {
        int weights = layer.weights() + c;
        int biases = layer.biases() + c;
        for (int e = 0; e < examples; e++) {
          int at = zAt + e * stride + c;
          affine1x4(p, weights, biases, inputs, stride, x, xAt + e * xStride, z, at);
        }
      }
    }
    for (; c < layer.columns(); c += N) {
      int weights = layer.weights() + c;
      int biases = layer.biases() + c;
      int e = 0;
      // Fives as long as fours would leave something over: ten examples are two fives.
      for (; e <= examples - 5 && (examples - e) % 4 != 0; e += 5) {
        int in = xAt + e * xStride;
        affine5x1(p, weights, biases, inputs, stride, x, in, xStride, z, zAt + e * stride + c);
      }
      for (; e <= examples - 4; e += 4) {
        int in = xAt + e * xStride;
        affine4x1(p, weights, biases, inputs, stride, x, in, xStride, z, zAt + e * stride + c);
      }
      for (; e < examples; e++) {
        int in = xAt + e * xStride;
        affine1x1(p, weights, biases, inputs, stride, x, in, z, zAt + e * stride + c);
      }
    }
  }

  private static void affine1x4(
      float[] p,
      int weights,
      int biases,
      int inputs,
      int stride,
      float[] x,
      int xAt,
      float[] z,
      int zAt) {
    FloatVector z0 = load(p, biases);
    FloatVector z1 = load(p, biases + N);
    FloatVector z2 = load(p, biases + 2 * N);
    FloatVector z3 = load(p, biases + 3 * N);
    int row = weights;
    for (int i = 0; i < inputs; i++) {
      FloatVector v = broadcast(x[xAt + i]);
      z0 = v.fma(load(p, row), z0);
      z1 = v.fma(load(p, row + N), z1);
      z2 = v.fma(load(p, row + 2 * N), z2);
      z3 = v.fma(load(p, row + 3 * N), z3);
      row += stride;
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
      int stride,
      float[] x,
      int xAt,
      int xStride,
      float[] z,
      int zAt) {
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
      row += stride;
    }
    a.intoArray(z, zAt);
    b.intoArray(z, zAt + stride);
    c.intoArray(z, zAt + 2 * stride);
    d.intoArray(z, zAt + 3 * stride);
    f.intoArray(z, zAt + 4 * stride);
  }

  private static void affine4x1(
      float[] p,
      int weights,
      int biases,
      int inputs,
      int stride,
      float[] x,
      int xAt,
      int xStride,
      float[] z,
      int zAt) {
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
      row += stride;
    }
    a.intoArray(z, zAt);
    b.intoArray(z, zAt + stride);
    c.intoArray(z, zAt + 2 * stride);
    d.intoArray(z, zAt + 3 * stride);
  }

  private static void affine1x1(
      float[] p,
      int weights,
      int biases,
      int inputs,
      int stride,
      float[] x,
      int xAt,
      float[] z,
      int zAt) {
    FloatVector sum = load(p, biases);
    int row = weights;
    for (int i = 0; i < inputs; i++) {
      sum = broadcast(x[xAt + i]).fma(load(p, row), sum);
      row += stride;
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
      LayerRows layer) {
    int stride = layer.stride();
    int c = 0;
    if (layer.columns() > ROW) {
      for (; c <= layer.columns() - 4 * N; c += 4 * N) {
        for (int i = from; i < to; i++) {
          int row = layer.weights() + i * stride + c;
          addOuter1x4(x, xAt + i, xStride, examples, deltas, deltaAt + c, stride, target, row);
        }
      }
    }
    for (; c < layer.columns(); c += N) {
      int i = from;
      for (; i <= to - 4; i += 4) {
        int row = layer.weights() + i * stride + c;
        addOuter4x1(x, xAt + i, xStride, examples, deltas, deltaAt + c, stride, target, row);
      }
      for (; i < to; i++) {
        int row = layer.weights() + i * stride + c;
        addOuter1x1(x, xAt + i, xStride, examples, deltas, deltaAt + c, stride, target, row);
      }
    }
  }

  private static void addOuter1x4(
      float[] x,
      int xAt,
      int xStride,
      int examples,
      float[] deltas,
      int deltaAt,
      int stride,
      float[] target,
      int row) {
    FloatVector w0 = load(target, row);
    FloatVector w1 = load(target, row + N);
    FloatVector w2 = load(target, row + 2 * N);
    FloatVector w3 = load(target, row + 3 * N);
    int in = xAt;
    int d = deltaAt;
    for (int e = 0; e < examples; e++) {
      FloatVector v = broadcast(x[in]);
      w0 = v.fma(load(deltas, d), w0);
      w1 = v.fma(load(deltas, d + N), w1);
      w2 = v.fma(load(deltas, d + 2 * N), w2);
      w3 = v.fma(load(deltas, d + 3 * N), w3);
      in += xStride;
      d += stride;
    }
    w0.intoArray(target, row);
    w1.intoArray(target, row + N);
    w2.intoArray(target, row + 2 * N);
    w3.intoArray(target, row + 3 * N);
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
    int rb = row + stride;
    int rc = rb + stride;
    int rd = rc + stride;
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
