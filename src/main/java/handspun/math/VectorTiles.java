package handspun.math;

import static handspun.math.Kernels.ROW;
import static handspun.math.Vectors.INDEX;
import static handspun.math.Vectors.N;
import static handspun.math.Vectors.REGISTERS;
import static handspun.math.Vectors.broadcast;
import static handspun.math.Vectors.load;
import static handspun.math.Vectors.vectorAt;

import jdk.incubator.vector.FloatVector;

/**
 * Products of matrices for layers of many units and many examples.
 *
 * <p><b>Tiles.</b> A fused multiply-add takes four cycles and two can begin in every cycle, so at
 * least eight sums must be under way at once; and a processor loads no more numbers in a cycle than
 * it multiplies, so each that is loaded should serve several sums. Hence a tile of the result, some
 * rows by some vectors, is kept in registers while a kernel goes through the inputs (or the
 * examples): 6 x 2 where there are 16 registers, with two for weights and one for an input; 5 x 4
 * where there are 32. The order of the additions into one number is the same in every tile.
 *
 * <p><b>Instructions.</b> What is then in the way are the instructions around the arithmetic: four
 * to six begin in every cycle, and two threads of a core share them. So what a tile reads has
 * distances that the compiler knows, which become a part of an instruction, and lies as it is read:
 * weights in {@link LayerPanels}, which are always so; the inputs of {@link #affine} and the errors
 * of {@link #addOuter} are copied first (Goto and van de Geijn, "Anatomy of High-Performance Matrix
 * Multiplication", ACM TOMS 34, 2008). {@link Vectors#INDEX} serves the same end.
 *
 * <p><b>The branch that is never taken</b> in the middle of the loops keeps the compiler from
 * beginning each step with all of its loads: there are too few registers to hold them, and sums
 * would go to memory and back. It looks at the panel's place, of which the compiler does not know
 * that it is never negative. (Java 17, two steps of 6 x 2: 56 instructions, 24 of them
 * multiply-adds; without the branch 67, 14 of which move sums.)
 *
 * <p>A method for each shape, since vectors that are passed on, or kept in an array, are objects.
 * Of more than about 70 vectors in one method Java's compiler gives up.
 */
final class VectorTiles {
  /** Rows of a tile; fewer examples are not worth the copies of {@link #addOuter}. */
  static final int ROWS = REGISTERS < 32 ? 6 : 5;

  /** Columns of a tile. */
  private static final int WIDTH = (REGISTERS < 32 ? 2 : 4) * N;

  /** Panels that a tile goes over; two narrow tiles may share one. */
  private static final int PANELS = Math.max(1, WIDTH / ROW);

  /** Fewer columns are less than a tile, or one row of units. */
  static final int FEWEST_COLUMNS = Math.max(WIDTH, 2 * ROW);

  /** So many examples are worth the copies of {@link #affine}. */
  static final int MANY = 16;

  /** Inputs (or examples) at a time: a panel of so many rows fits the nearest cache. */
  private static final int DEPTH = 256;

  /** Distance of the copied inputs' rows, so that they do not share a few places of the cache. */
  private static final int X_STRIDE = DEPTH + ROW;

  /** Rows of inputs that are copied at a time: they stay in the second cache. */
  private static final int BLOCK = 132;

  private static final int ERRORS = BLOCK * X_STRIDE;
  private static final int EDGE = ERRORS + DEPTH * WIDTH;
  private static final int EDGE_PANEL = ROWS * ROW;

  /** Numbers of scratch memory that both methods need. */
  static final int SCRATCH = EDGE + PANELS * EDGE_PANEL;

  private VectorTiles() {}

  /** {@link Kernels#affine} of {@link #MANY} examples or more. */
  static void affine(
      float[] p,
      LayerPanels layer,
      float[] x,
      int xAt,
      int xStride,
      int examples,
      float[] z,
      int zAt,
      float[] scratch) {
    int columns = layer.columns() / WIDTH * WIDTH;
    int blocks = (examples + BLOCK - 1) / BLOCK;
    for (int block = 0; block < blocks; block++) {
      Share share = new Share(block, blocks);
      int first = share.from(examples);
      int rows = share.size(examples);
      for (int i = 0; i < layer.inputs(); i += DEPTH) {
        int depth = Math.min(DEPTH, layer.inputs() - i);
        for (int e = 0; e < rows; e++) {
          System.arraycopy(x, xAt + (first + e) * xStride + i, scratch, e * X_STRIDE, depth);
        }
        affine(p, layer, columns, i, depth, rows, z, zAt + first * layer.stride(), scratch);
      }
    }
    if (columns < layer.columns()) {
      VectorRows.affine(p, layer, columns, x, xAt, xStride, examples, z, zAt);
    }
  }

  /** Of the inputs from {@code input} on, and of the examples that are copied. */
  private static void affine(
      float[] p,
      LayerPanels layer,
      int columns,
      int input,
      int depth,
      int rows,
      float[] z,
      int zAt,
      float[] s) {
    int stride = layer.stride();
    for (int c = 0; c < columns; c += WIDTH) {
      int w = layer.weight(input, c);
      for (int row = 0; row < rows; row += ROWS) {
        // The last tile goes back to whole rows, and leaves out those that are done.
        int top = Math.min(row, rows - ROWS);
        int at = zAt + top * stride + c;
        float[] from = input == 0 ? p : z;
        int fromAt = input == 0 ? layer.biases() + c : at;
        int fromStride = input == 0 ? 0 : stride;
        int panel = layer.panel();
        if (top == row) {
          affine(s, top * X_STRIDE, depth, p, w, panel, from, fromAt, fromStride, z, at, stride);
        } else {
          copyRows(from, fromAt, fromStride, s, EDGE, WIDTH, ROWS);
          affine(s, top * X_STRIDE, depth, p, w, panel, s, EDGE, WIDTH, s, EDGE, WIDTH);
          int done = row - top;
          copyRows(s, EDGE + done * WIDTH, WIDTH, z, at + done * stride, stride, ROWS - done);
        }
      }
    }
  }

  private static void affine(
      float[] s,
      int x,
      int depth,
      float[] p,
      int w,
      int panel,
      float[] from,
      int fromAt,
      int fromStride,
      float[] z,
      int zAt,
      int zStride) {
    if (REGISTERS < 32) {
      affine6x2(s, x, depth, p, w, panel, ROW, from, fromAt, fromStride, z, zAt, zStride);
    } else {
      affine5x4(s, x, depth, p, w, panel, ROW, from, fromAt, fromStride, z, zAt, zStride);
    }
  }

  private static void copyRows(
      float[] from, int fromAt, int fromStride, float[] to, int toAt, int toStride, int rows) {
    for (int row = 0; row < rows; row++) {
      System.arraycopy(from, fromAt + row * fromStride, to, toAt + row * toStride, WIDTH);
    }
  }

  /** {@link Kernels#addOuter} of {@link #ROWS} examples or more. */
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
      LayerPanels layer,
      float[] scratch) {
    int inputs = layer.inputs();
    for (int row = from; row < to; ) {
      int first = row % inputs;
      int column = row / inputs * ROW;
      boolean wide = first == 0 && row + PANELS * inputs <= to;
      int rows = wide ? PANELS * inputs : Math.min(inputs - first, to - row);
      int end = wide ? inputs : first + rows;
      if ((wide || PANELS == 1) && end - first >= ROWS) {
        for (int c = column; c < column + PANELS * ROW; c += WIDTH) {
          addOuter(
              x, xAt, xStride, first, end, examples, deltas, deltaAt, target, layer, c, scratch);
        }
      } else {
        VectorRows.addOuter(
            x, xAt, xStride, row, row + rows, examples, deltas, deltaAt, target, layer);
      }
      row += rows;
    }
  }

  /** Of the inputs from {@code first} to {@code end}, and of a tile's columns. */
  private static void addOuter(
      float[] x,
      int xAt,
      int xStride,
      int first,
      int end,
      int examples,
      float[] deltas,
      int deltaAt,
      float[] target,
      LayerPanels layer,
      int column,
      float[] s) {
    for (int e = 0; e < examples; e += DEPTH) {
      int depth = Math.min(DEPTH, examples - e);
      copyRows(
          deltas, deltaAt + e * layer.stride() + column, layer.stride(), s, ERRORS, WIDTH, depth);
      for (int i = first; i < end; i += ROWS) {
        int top = Math.min(i, end - ROWS);
        int in = xAt + e * xStride + top;
        int at = layer.weight(top, column);
        if (top == i) {
          outer(x, in, xStride, depth, s, target, at, layer.panel());
        } else {
          int done = i - top;
          copyTile(target, at, layer.panel(), s, EDGE, EDGE_PANEL, 0);
          outer(x, in, xStride, depth, s, s, EDGE, EDGE_PANEL);
          copyTile(s, EDGE, EDGE_PANEL, target, at, layer.panel(), done);
        }
      }
    }
  }

  /** Copies the rows of a tile of weights from one on. */
  private static void copyTile(
      float[] from, int fromAt, int fromPanel, float[] to, int toAt, int toPanel, int first) {
    for (int row = first; row < ROWS; row++) {
      for (int v = 0; v < WIDTH / N; v++) {
        load(from, fromAt + row * ROW + vectorAt(v, fromPanel))
            .intoArray(to, toAt + row * ROW + vectorAt(v, toPanel));
      }
    }
  }

  private static void outer(
      float[] x, int xAt, int xStride, int depth, float[] s, float[] target, int at, int panel) {
    if (REGISTERS < 32) {
      outer6x2(x, xAt, xStride, depth, s, ERRORS, WIDTH, target, at, panel);
    } else {
      outer5x4(x, xAt, xStride, depth, s, ERRORS, WIDTH, target, at, panel);
    }
  }

  private static void affine6x2(
      float[] scratch,
      int x,
      int depth,
      float[] p,
      int weights,
      int panel,
      int step,
      float[] from,
      int fromAt,
      int fromStride,
      float[] z,
      int zAt,
      int zStride) {
    int row = fromAt;
    FloatVector a0 = load(from, row);
    FloatVector a1 = load(from, row + N);
    row += fromStride;
    FloatVector b0 = load(from, row);
    FloatVector b1 = load(from, row + N);
    row += fromStride;
    FloatVector c0 = load(from, row);
    FloatVector c1 = load(from, row + N);
    row += fromStride;
    FloatVector d0 = load(from, row);
    FloatVector d1 = load(from, row + N);
    row += fromStride;
    FloatVector e0 = load(from, row);
    FloatVector e1 = load(from, row + N);
    row += fromStride;
    FloatVector f0 = load(from, row);
    FloatVector f1 = load(from, row + N);
    int w = weights;
    for (int i = x; i < x + depth; i++) {
      int q0 = w & INDEX;
      int q1 = N < ROW ? q0 + N : (w + vectorAt(1, panel)) & INDEX;
      FloatVector w0 = load(p, q0);
      FloatVector w1 = load(p, q1);
      FloatVector v = broadcast(scratch[i]);
      a0 = w0.fma(v, a0);
      a1 = w1.fma(v, a1);
      if (w < 0) {
        break;
      }
      v = broadcast(scratch[i + X_STRIDE]);
      b0 = w0.fma(v, b0);
      b1 = w1.fma(v, b1);
      v = broadcast(scratch[i + 2 * X_STRIDE]);
      c0 = w0.fma(v, c0);
      c1 = w1.fma(v, c1);
      v = broadcast(scratch[i + 3 * X_STRIDE]);
      d0 = w0.fma(v, d0);
      d1 = w1.fma(v, d1);
      v = broadcast(scratch[i + 4 * X_STRIDE]);
      e0 = w0.fma(v, e0);
      e1 = w1.fma(v, e1);
      v = broadcast(scratch[i + 5 * X_STRIDE]);
      f0 = w0.fma(v, f0);
      f1 = w1.fma(v, f1);
      w += step;
    }
    row = zAt;
    a0.intoArray(z, row);
    a1.intoArray(z, row + N);
    row += zStride;
    b0.intoArray(z, row);
    b1.intoArray(z, row + N);
    row += zStride;
    c0.intoArray(z, row);
    c1.intoArray(z, row + N);
    row += zStride;
    d0.intoArray(z, row);
    d1.intoArray(z, row + N);
    row += zStride;
    e0.intoArray(z, row);
    e1.intoArray(z, row + N);
    row += zStride;
    f0.intoArray(z, row);
    f1.intoArray(z, row + N);
  }

  private static void affine5x4(
      float[] scratch,
      int x,
      int depth,
      float[] p,
      int weights,
      int panel,
      int step,
      float[] from,
      int fromAt,
      int fromStride,
      float[] z,
      int zAt,
      int zStride) {
    int row = fromAt;
    FloatVector a0 = load(from, row);
    FloatVector a1 = load(from, row + N);
    FloatVector a2 = load(from, row + 2 * N);
    FloatVector a3 = load(from, row + 3 * N);
    row += fromStride;
    FloatVector b0 = load(from, row);
    FloatVector b1 = load(from, row + N);
    FloatVector b2 = load(from, row + 2 * N);
    FloatVector b3 = load(from, row + 3 * N);
    row += fromStride;
    FloatVector c0 = load(from, row);
    FloatVector c1 = load(from, row + N);
    FloatVector c2 = load(from, row + 2 * N);
    FloatVector c3 = load(from, row + 3 * N);
    row += fromStride;
    FloatVector d0 = load(from, row);
    FloatVector d1 = load(from, row + N);
    FloatVector d2 = load(from, row + 2 * N);
    FloatVector d3 = load(from, row + 3 * N);
    row += fromStride;
    FloatVector e0 = load(from, row);
    FloatVector e1 = load(from, row + N);
    FloatVector e2 = load(from, row + 2 * N);
    FloatVector e3 = load(from, row + 3 * N);
    int w = weights;
    for (int i = x; i < x + depth; i++) {
      int q0 = w & INDEX;
      int q1 = N < ROW ? q0 + N : (w + vectorAt(1, panel)) & INDEX;
      int q2 = 2 * N < ROW ? q0 + 2 * N : (w + vectorAt(2, panel)) & INDEX;
      int q3 = 3 * N < ROW ? q0 + 3 * N : (w + vectorAt(3, panel)) & INDEX;
      FloatVector w0 = load(p, q0);
      FloatVector w1 = load(p, q1);
      FloatVector w2 = load(p, q2);
      FloatVector w3 = load(p, q3);
      FloatVector v = broadcast(scratch[i]);
      a0 = w0.fma(v, a0);
      a1 = w1.fma(v, a1);
      a2 = w2.fma(v, a2);
      a3 = w3.fma(v, a3);
      if (w < 0) {
        break;
      }
      v = broadcast(scratch[i + X_STRIDE]);
      b0 = w0.fma(v, b0);
      b1 = w1.fma(v, b1);
      b2 = w2.fma(v, b2);
      b3 = w3.fma(v, b3);
      v = broadcast(scratch[i + 2 * X_STRIDE]);
      c0 = w0.fma(v, c0);
      c1 = w1.fma(v, c1);
      c2 = w2.fma(v, c2);
      c3 = w3.fma(v, c3);
      v = broadcast(scratch[i + 3 * X_STRIDE]);
      d0 = w0.fma(v, d0);
      d1 = w1.fma(v, d1);
      d2 = w2.fma(v, d2);
      d3 = w3.fma(v, d3);
      v = broadcast(scratch[i + 4 * X_STRIDE]);
      e0 = w0.fma(v, e0);
      e1 = w1.fma(v, e1);
      e2 = w2.fma(v, e2);
      e3 = w3.fma(v, e3);
      w += step;
    }
    row = zAt;
    a0.intoArray(z, row);
    a1.intoArray(z, row + N);
    a2.intoArray(z, row + 2 * N);
    a3.intoArray(z, row + 3 * N);
    row += zStride;
    b0.intoArray(z, row);
    b1.intoArray(z, row + N);
    b2.intoArray(z, row + 2 * N);
    b3.intoArray(z, row + 3 * N);
    row += zStride;
    c0.intoArray(z, row);
    c1.intoArray(z, row + N);
    c2.intoArray(z, row + 2 * N);
    c3.intoArray(z, row + 3 * N);
    row += zStride;
    d0.intoArray(z, row);
    d1.intoArray(z, row + N);
    d2.intoArray(z, row + 2 * N);
    d3.intoArray(z, row + 3 * N);
    row += zStride;
    e0.intoArray(z, row);
    e1.intoArray(z, row + N);
    e2.intoArray(z, row + 2 * N);
    e3.intoArray(z, row + 3 * N);
  }

  private static void outer6x2(
      float[] x,
      int xAt,
      int xStride,
      int depth,
      float[] scratch,
      int deltas,
      int step,
      float[] target,
      int at,
      int panel) {
    int v1 = vectorAt(1, panel);
    int row = at;
    FloatVector a0 = load(target, row);
    FloatVector a1 = load(target, row + v1);
    row += ROW;
    FloatVector b0 = load(target, row);
    FloatVector b1 = load(target, row + v1);
    row += ROW;
    FloatVector c0 = load(target, row);
    FloatVector c1 = load(target, row + v1);
    row += ROW;
    FloatVector d0 = load(target, row);
    FloatVector d1 = load(target, row + v1);
    row += ROW;
    FloatVector e0 = load(target, row);
    FloatVector e1 = load(target, row + v1);
    row += ROW;
    FloatVector f0 = load(target, row);
    FloatVector f1 = load(target, row + v1);
    int w = deltas;
    int in = xAt;
    for (int e = 0; e < depth; e++) {
      int i = in & INDEX;
      int q = w & INDEX;
      FloatVector w0 = load(scratch, q);
      FloatVector w1 = load(scratch, q + N);
      FloatVector v = broadcast(x[i]);
      a0 = w0.fma(v, a0);
      a1 = w1.fma(v, a1);
      if (w < 0) {
        break;
      }
      v = broadcast(x[i + 1]);
      b0 = w0.fma(v, b0);
      b1 = w1.fma(v, b1);
      v = broadcast(x[i + 2]);
      c0 = w0.fma(v, c0);
      c1 = w1.fma(v, c1);
      v = broadcast(x[i + 3]);
      d0 = w0.fma(v, d0);
      d1 = w1.fma(v, d1);
      v = broadcast(x[i + 4]);
      e0 = w0.fma(v, e0);
      e1 = w1.fma(v, e1);
      v = broadcast(x[i + 5]);
      f0 = w0.fma(v, f0);
      f1 = w1.fma(v, f1);
      w += step;
      in += xStride;
    }
    row = at;
    a0.intoArray(target, row);
    a1.intoArray(target, row + v1);
    row += ROW;
    b0.intoArray(target, row);
    b1.intoArray(target, row + v1);
    row += ROW;
    c0.intoArray(target, row);
    c1.intoArray(target, row + v1);
    row += ROW;
    d0.intoArray(target, row);
    d1.intoArray(target, row + v1);
    row += ROW;
    e0.intoArray(target, row);
    e1.intoArray(target, row + v1);
    row += ROW;
    f0.intoArray(target, row);
    f1.intoArray(target, row + v1);
  }

  private static void outer5x4(
      float[] x,
      int xAt,
      int xStride,
      int depth,
      float[] scratch,
      int deltas,
      int step,
      float[] target,
      int at,
      int panel) {
    int v1 = vectorAt(1, panel);
    int v2 = vectorAt(2, panel);
    int v3 = vectorAt(3, panel);
    int row = at;
    FloatVector a0 = load(target, row);
    FloatVector a1 = load(target, row + v1);
    FloatVector a2 = load(target, row + v2);
    FloatVector a3 = load(target, row + v3);
    row += ROW;
    FloatVector b0 = load(target, row);
    FloatVector b1 = load(target, row + v1);
    FloatVector b2 = load(target, row + v2);
    FloatVector b3 = load(target, row + v3);
    row += ROW;
    FloatVector c0 = load(target, row);
    FloatVector c1 = load(target, row + v1);
    FloatVector c2 = load(target, row + v2);
    FloatVector c3 = load(target, row + v3);
    row += ROW;
    FloatVector d0 = load(target, row);
    FloatVector d1 = load(target, row + v1);
    FloatVector d2 = load(target, row + v2);
    FloatVector d3 = load(target, row + v3);
    row += ROW;
    FloatVector e0 = load(target, row);
    FloatVector e1 = load(target, row + v1);
    FloatVector e2 = load(target, row + v2);
    FloatVector e3 = load(target, row + v3);
    int w = deltas;
    int in = xAt;
    for (int e = 0; e < depth; e++) {
      int i = in & INDEX;
      int q = w & INDEX;
      FloatVector w0 = load(scratch, q);
      FloatVector w1 = load(scratch, q + N);
      FloatVector w2 = load(scratch, q + 2 * N);
      FloatVector w3 = load(scratch, q + 3 * N);
      FloatVector v = broadcast(x[i]);
      a0 = w0.fma(v, a0);
      a1 = w1.fma(v, a1);
      a2 = w2.fma(v, a2);
      a3 = w3.fma(v, a3);
      if (w < 0) {
        break;
      }
      v = broadcast(x[i + 1]);
      b0 = w0.fma(v, b0);
      b1 = w1.fma(v, b1);
      b2 = w2.fma(v, b2);
      b3 = w3.fma(v, b3);
      v = broadcast(x[i + 2]);
      c0 = w0.fma(v, c0);
      c1 = w1.fma(v, c1);
      c2 = w2.fma(v, c2);
      c3 = w3.fma(v, c3);
      v = broadcast(x[i + 3]);
      d0 = w0.fma(v, d0);
      d1 = w1.fma(v, d1);
      d2 = w2.fma(v, d2);
      d3 = w3.fma(v, d3);
      v = broadcast(x[i + 4]);
      e0 = w0.fma(v, e0);
      e1 = w1.fma(v, e1);
      e2 = w2.fma(v, e2);
      e3 = w3.fma(v, e3);
      w += step;
      in += xStride;
    }
    row = at;
    a0.intoArray(target, row);
    a1.intoArray(target, row + v1);
    a2.intoArray(target, row + v2);
    a3.intoArray(target, row + v3);
    row += ROW;
    b0.intoArray(target, row);
    b1.intoArray(target, row + v1);
    b2.intoArray(target, row + v2);
    b3.intoArray(target, row + v3);
    row += ROW;
    c0.intoArray(target, row);
    c1.intoArray(target, row + v1);
    c2.intoArray(target, row + v2);
    c3.intoArray(target, row + v3);
    row += ROW;
    d0.intoArray(target, row);
    d1.intoArray(target, row + v1);
    d2.intoArray(target, row + v2);
    d3.intoArray(target, row + v3);
    row += ROW;
    e0.intoArray(target, row);
    e1.intoArray(target, row + v1);
    e2.intoArray(target, row + v2);
    e3.intoArray(target, row + v3);
  }
}
