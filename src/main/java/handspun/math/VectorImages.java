package handspun.math;

import static handspun.math.Kernels.ROW;
import static handspun.math.Vectors.F;
import static handspun.math.Vectors.INDEX;
import static handspun.math.Vectors.N;
import static handspun.math.Vectors.broadcast;
import static handspun.math.Vectors.load;

import jdk.incubator.vector.FloatVector;

/**
 * The first layer, whose inputs are sparse images: every inked pixel has a row of weights, which
 * lies anywhere.
 *
 * <p>A piece of up to eight vectors of the row of sums (or of weights, in the update) is kept in
 * registers while a kernel goes through the entries: eight sums are as many as two multiply-adds a
 * cycle, of four cycles each, have under way. Each multiplies numbers straight from memory, which
 * is one instruction if the numbers from memory are the factor, not the vector that is asked to
 * multiply. So what bounds these kernels is how fast rows come: from the nearest cache, if only as
 * many pixels at a time are looked at as fit it, or as many images.
 */
final class VectorImages {
  private VectorImages() {}

  /** {@link Kernels#affineSparse}. */
  static void affineSparse(
      float[] p,
      LayerRows layer,
      int[] starts,
      int[] cuts,
      int parts,
      int[] rows,
      float[] x,
      int images,
      float[] z,
      int zAt) {
    if (layer.stride() == ROW) {
      fourSums(p, layer.biases(), starts, rows, x, images, z, zAt);
      return;
    }
    for (int part = 0; part < parts; part++) {
      int c = 0;
      for (int width; c < layer.columns(); c += width * N) {
        width = vectors(layer.columns() - c);
        for (int s = 0; s < images; s++) {
          int from = part == 0 ? starts[s] : cuts[(part - 1) * images + s];
          int to = part == parts - 1 ? starts[s + 1] : cuts[part * images + s];
          int at = zAt + s * layer.stride() + c;
          float[] start = part == 0 ? p : z;
          int startAt = part == 0 ? layer.biases() + c : at;
          switch (width) {
            case 8 -> eight(p, c, rows, x, from, to, start, startAt, z, at);
            case 4 -> four(p, c, rows, x, from, to, start, startAt, z, at);
            case 2 -> two(p, c, rows, x, from, to, start, startAt, z, at);
            default -> one(p, c, rows, x, from, to, start, startAt, z, at);
          }
        }
      }
    }
  }

  /** How many vectors of so many columns to take at a time. */
  private static int vectors(int columns) {
    return Math.min(8, Integer.highestOneBit(columns / N));
  }

  private static void eight(
      float[] p,
      int c,
      int[] rows,
      float[] x,
      int from,
      int to,
      float[] start,
      int startAt,
      float[] z,
      int zAt) {
    FloatVector z0 = load(start, startAt);
    FloatVector z1 = load(start, startAt + N);
    FloatVector z2 = load(start, startAt + 2 * N);
    FloatVector z3 = load(start, startAt + 3 * N);
    FloatVector z4 = load(start, startAt + 4 * N);
    FloatVector z5 = load(start, startAt + 5 * N);
    FloatVector z6 = load(start, startAt + 6 * N);
    FloatVector z7 = load(start, startAt + 7 * N);
    for (int k = from; k < to; k++) {
      int r = (rows[k] + c) & INDEX;
      FloatVector v = broadcast(x[k]);
      z0 = v.fma(load(p, r), z0);
      z1 = v.fma(load(p, r + N), z1);
      z2 = v.fma(load(p, r + 2 * N), z2);
      z3 = v.fma(load(p, r + 3 * N), z3);
      z4 = v.fma(load(p, r + 4 * N), z4);
      z5 = v.fma(load(p, r + 5 * N), z5);
      z6 = v.fma(load(p, r + 6 * N), z6);
      z7 = v.fma(load(p, r + 7 * N), z7);
    }
    z0.intoArray(z, zAt);
    z1.intoArray(z, zAt + N);
    z2.intoArray(z, zAt + 2 * N);
    z3.intoArray(z, zAt + 3 * N);
    z4.intoArray(z, zAt + 4 * N);
    z5.intoArray(z, zAt + 5 * N);
    z6.intoArray(z, zAt + 6 * N);
    z7.intoArray(z, zAt + 7 * N);
  }

  private static void four(
      float[] p,
      int c,
      int[] rows,
      float[] x,
      int from,
      int to,
      float[] start,
      int startAt,
      float[] z,
      int zAt) {
    FloatVector z0 = load(start, startAt);
    FloatVector z1 = load(start, startAt + N);
    FloatVector z2 = load(start, startAt + 2 * N);
    FloatVector z3 = load(start, startAt + 3 * N);
    for (int k = from; k < to; k++) {
      int r = (rows[k] + c) & INDEX;
      FloatVector v = broadcast(x[k]);
      z0 = v.fma(load(p, r), z0);
      z1 = v.fma(load(p, r + N), z1);
      z2 = v.fma(load(p, r + 2 * N), z2);
      z3 = v.fma(load(p, r + 3 * N), z3);
    }
    z0.intoArray(z, zAt);
    z1.intoArray(z, zAt + N);
    z2.intoArray(z, zAt + 2 * N);
    z3.intoArray(z, zAt + 3 * N);
  }

  private static void two(
      float[] p,
      int c,
      int[] rows,
      float[] x,
      int from,
      int to,
      float[] start,
      int startAt,
      float[] z,
      int zAt) {
    FloatVector z0 = load(start, startAt);
    FloatVector z1 = load(start, startAt + N);
    for (int k = from; k < to; k++) {
      int r = (rows[k] + c) & INDEX;
      FloatVector v = broadcast(x[k]);
      z0 = v.fma(load(p, r), z0);
      z1 = v.fma(load(p, r + N), z1);
    }
    z0.intoArray(z, zAt);
    z1.intoArray(z, zAt + N);
  }

  private static void one(
      float[] p,
      int c,
      int[] rows,
      float[] x,
      int from,
      int to,
      float[] start,
      int startAt,
      float[] z,
      int zAt) {
    FloatVector z0 = load(start, startAt);
    for (int k = from; k < to; k++) {
      int r = (rows[k] + c) & INDEX;
      FloatVector v = broadcast(x[k]);
      z0 = v.fma(load(p, r), z0);
    }
    z0.intoArray(z, zAt);
  }

  private static void fourSums(
      float[] p, int biases, int[] starts, int[] rows, float[] x, int images, float[] z, int zAt) {
    if (N == ROW) {
      for (int s = 0; s < images; s++) {
        fourSums(p, biases, rows, x, starts[s], starts[s + 1], z, zAt + s * ROW);
      }
      return;
    }
    for (int c = 0; c < ROW; c += 2 * N) {
      for (int s = 0; s < images; s++) {
        fourSumsTwice(p, biases + c, c, rows, x, starts[s], starts[s + 1], z, zAt + s * ROW + c);
      }
    }
  }

  private static void fourSums(
      float[] p, int biases, int[] rows, float[] x, int from, int to, float[] z, int zAt) {
    FloatVector z0 = load(p, biases);
    FloatVector z1 = FloatVector.zero(F);
    FloatVector z2 = z1;
    FloatVector z3 = z1;
    int k = from;
    for (; k <= to - 4; k += 4) {
      z0 = broadcast(x[k]).fma(load(p, rows[k]), z0);
      z1 = broadcast(x[k + 1]).fma(load(p, rows[k + 1]), z1);
      z2 = broadcast(x[k + 2]).fma(load(p, rows[k + 2]), z2);
      z3 = broadcast(x[k + 3]).fma(load(p, rows[k + 3]), z3);
    }
    if (k < to) {
      z0 = broadcast(x[k]).fma(load(p, rows[k]), z0);
    }
    if (k + 1 < to) {
      z1 = broadcast(x[k + 1]).fma(load(p, rows[k + 1]), z1);
    }
    if (k + 2 < to) {
      z2 = broadcast(x[k + 2]).fma(load(p, rows[k + 2]), z2);
    }
    z0.add(z1).add(z2.add(z3)).intoArray(z, zAt);
  }

  /** Two vectors of a row at a time, where a row has several. */
  private static void fourSumsTwice(
      float[] p, int biases, int c, int[] rows, float[] x, int from, int to, float[] z, int zAt) {
    FloatVector a0 = load(p, biases);
    FloatVector a1 = FloatVector.zero(F);
    FloatVector a2 = a1;
    FloatVector a3 = a1;
    FloatVector b0 = load(p, biases + N);
    FloatVector b1 = a1;
    FloatVector b2 = a1;
    FloatVector b3 = a1;
    int k = from;
    for (; k <= to - 4; k += 4) {
      int r = (rows[k] + c) & INDEX;
      FloatVector v = broadcast(x[k]);
      a0 = v.fma(load(p, r), a0);
      b0 = v.fma(load(p, r + N), b0);
      r = (rows[k + 1] + c) & INDEX;
      v = broadcast(x[k + 1]);
      a1 = v.fma(load(p, r), a1);
      b1 = v.fma(load(p, r + N), b1);
      r = (rows[k + 2] + c) & INDEX;
      v = broadcast(x[k + 2]);
      a2 = v.fma(load(p, r), a2);
      b2 = v.fma(load(p, r + N), b2);
      r = (rows[k + 3] + c) & INDEX;
      v = broadcast(x[k + 3]);
      a3 = v.fma(load(p, r), a3);
      b3 = v.fma(load(p, r + N), b3);
    }
    if (k < to) {
      int r = (rows[k] + c) & INDEX;
      FloatVector v = broadcast(x[k]);
      a0 = v.fma(load(p, r), a0);
      b0 = v.fma(load(p, r + N), b0);
    }
    if (k + 1 < to) {
      int r = (rows[k + 1] + c) & INDEX;
      FloatVector v = broadcast(x[k + 1]);
      a1 = v.fma(load(p, r), a1);
      b1 = v.fma(load(p, r + N), b1);
    }
    if (k + 2 < to) {
      int r = (rows[k + 2] + c) & INDEX;
      FloatVector v = broadcast(x[k + 2]);
      a2 = v.fma(load(p, r), a2);
      b2 = v.fma(load(p, r + N), b2);
    }
    a0.add(a1).add(a2.add(a3)).intoArray(z, zAt);
    b0.add(b1).add(b2.add(b3)).intoArray(z, zAt + N);
  }

  /** {@link Kernels#addOuterSparse}. */
  static void addOuterSparse(
      LayerRows layer,
      int[] starts,
      int[] rows,
      float[] x,
      int images,
      float[] deltas,
      int deltaAt,
      float[] target) {
    int c = 0;
    for (int width; c < layer.columns(); c += width * N) {
      width = Math.min(4, vectors(layer.columns() - c));
      for (int s = 0; s < images; s++) {
        int at = deltaAt + s * layer.stride() + c;
        switch (width) {
          case 4 -> fourOuter(rows, x, starts[s], starts[s + 1], deltas, at, target, c);
          case 2 -> twoOuter(rows, x, starts[s], starts[s + 1], deltas, at, target, c);
          default -> oneOuter(rows, x, starts[s], starts[s + 1], deltas, at, target, c);
        }
      }
    }
  }

  private static void fourOuter(
      int[] rows, float[] x, int from, int to, float[] deltas, int at, float[] target, int c) {
    FloatVector d0 = load(deltas, at);
    FloatVector d1 = load(deltas, at + N);
    FloatVector d2 = load(deltas, at + 2 * N);
    FloatVector d3 = load(deltas, at + 3 * N);
    for (int k = from; k < to; k++) {
      int r = (rows[k] + c) & INDEX;
      FloatVector v = broadcast(x[k]);
      v.fma(d0, load(target, r)).intoArray(target, r);
      v.fma(d1, load(target, r + N)).intoArray(target, r + N);
      v.fma(d2, load(target, r + 2 * N)).intoArray(target, r + 2 * N);
      v.fma(d3, load(target, r + 3 * N)).intoArray(target, r + 3 * N);
    }
  }

  private static void twoOuter(
      int[] rows, float[] x, int from, int to, float[] deltas, int at, float[] target, int c) {
    FloatVector d0 = load(deltas, at);
    FloatVector d1 = load(deltas, at + N);
    for (int k = from; k < to; k++) {
      int r = (rows[k] + c) & INDEX;
      FloatVector v = broadcast(x[k]);
      v.fma(d0, load(target, r)).intoArray(target, r);
      v.fma(d1, load(target, r + N)).intoArray(target, r + N);
    }
  }

  private static void oneOuter(
      int[] rows, float[] x, int from, int to, float[] deltas, int at, float[] target, int c) {
    FloatVector d0 = load(deltas, at);
    for (int k = from; k < to; k++) {
      int r = (rows[k] + c) & INDEX;
      FloatVector v = broadcast(x[k]);
      v.fma(d0, load(target, r)).intoArray(target, r);
    }
  }

  /** {@link Kernels#addOuterColumns}. */
  static void addOuterColumns(
      LayerRows layer,
      int[] columnRows,
      int[] columnStarts,
      int columns,
      int[] offsets,
      float[] x,
      float[] deltas,
      int deltaAt,
      float[] target) {
    int c = 0;
    for (int width; c < layer.columns(); c += width * N) {
      width = vectors(layer.columns() - c);
      int at = deltaAt + c;
      for (int column = 0; column < columns; column++) {
        int from = columnStarts[column];
        int to = columnStarts[column + 1];
        int row = columnRows[column] + c;
        switch (width) {
          case 8 -> eightColumn(offsets, x, from, to, deltas, at, target, row);
          case 4 -> fourColumn(offsets, x, from, to, deltas, at, target, row);
          case 2 -> twoColumn(offsets, x, from, to, deltas, at, target, row);
          default -> oneColumn(offsets, x, from, to, deltas, at, target, row);
        }
      }
    }
  }

  private static void eightColumn(
      int[] offsets,
      float[] x,
      int from,
      int to,
      float[] deltas,
      int deltaAt,
      float[] target,
      int row) {
    FloatVector w0 = load(target, row);
    FloatVector w1 = load(target, row + N);
    FloatVector w2 = load(target, row + 2 * N);
    FloatVector w3 = load(target, row + 3 * N);
    FloatVector w4 = load(target, row + 4 * N);
    FloatVector w5 = load(target, row + 5 * N);
    FloatVector w6 = load(target, row + 6 * N);
    FloatVector w7 = load(target, row + 7 * N);
    for (int k = from; k < to; k++) {
      int d = (deltaAt + offsets[k]) & INDEX;
      FloatVector v = broadcast(x[k]);
      w0 = v.fma(load(deltas, d), w0);
      w1 = v.fma(load(deltas, d + N), w1);
      w2 = v.fma(load(deltas, d + 2 * N), w2);
      w3 = v.fma(load(deltas, d + 3 * N), w3);
      w4 = v.fma(load(deltas, d + 4 * N), w4);
      w5 = v.fma(load(deltas, d + 5 * N), w5);
      w6 = v.fma(load(deltas, d + 6 * N), w6);
      w7 = v.fma(load(deltas, d + 7 * N), w7);
    }
    w0.intoArray(target, row);
    w1.intoArray(target, row + N);
    w2.intoArray(target, row + 2 * N);
    w3.intoArray(target, row + 3 * N);
    w4.intoArray(target, row + 4 * N);
    w5.intoArray(target, row + 5 * N);
    w6.intoArray(target, row + 6 * N);
    w7.intoArray(target, row + 7 * N);
  }

  private static void fourColumn(
      int[] offsets,
      float[] x,
      int from,
      int to,
      float[] deltas,
      int deltaAt,
      float[] target,
      int row) {
    FloatVector w0 = load(target, row);
    FloatVector w1 = load(target, row + N);
    FloatVector w2 = load(target, row + 2 * N);
    FloatVector w3 = load(target, row + 3 * N);
    for (int k = from; k < to; k++) {
      int d = (deltaAt + offsets[k]) & INDEX;
      FloatVector v = broadcast(x[k]);
      w0 = v.fma(load(deltas, d), w0);
      w1 = v.fma(load(deltas, d + N), w1);
      w2 = v.fma(load(deltas, d + 2 * N), w2);
      w3 = v.fma(load(deltas, d + 3 * N), w3);
    }
    w0.intoArray(target, row);
    w1.intoArray(target, row + N);
    w2.intoArray(target, row + 2 * N);
    w3.intoArray(target, row + 3 * N);
  }

  private static void twoColumn(
      int[] offsets,
      float[] x,
      int from,
      int to,
      float[] deltas,
      int deltaAt,
      float[] target,
      int row) {
    FloatVector w0 = load(target, row);
    FloatVector w1 = load(target, row + N);
    for (int k = from; k < to; k++) {
      int d = (deltaAt + offsets[k]) & INDEX;
      FloatVector v = broadcast(x[k]);
      w0 = v.fma(load(deltas, d), w0);
      w1 = v.fma(load(deltas, d + N), w1);
    }
    w0.intoArray(target, row);
    w1.intoArray(target, row + N);
  }

  private static void oneColumn(
      int[] offsets,
      float[] x,
      int from,
      int to,
      float[] deltas,
      int deltaAt,
      float[] target,
      int row) {
    FloatVector w0 = load(target, row);
    for (int k = from; k < to; k++) {
      int d = (deltaAt + offsets[k]) & INDEX;
      FloatVector v = broadcast(x[k]);
      w0 = v.fma(load(deltas, d), w0);
    }
    w0.intoArray(target, row);
  }
}
