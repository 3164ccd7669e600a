package handspun.math;

import static handspun.math.Vectors.INDEX;
import static handspun.math.Vectors.N;
import static handspun.math.Vectors.REGISTERS;
import static handspun.math.Vectors.broadcast;
import static handspun.math.Vectors.load;

import java.util.Arrays;
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
 * distances that the compiler knows, which become a part of an instruction. For the weights, a
 * panel as wide as a tile is copied first (Goto and van de Geijn, "Anatomy of High-Performance
 * Matrix Multiplication", ACM TOMS 34, 2008), which also spares cache and TLB the long way from row
 * to row; and so are the inputs of {@link #affine}, but not those of {@link #addOuter}, where one
 * example's are side by side. {@link Vectors#INDEX} serves the same end.
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

  /** Fewer columns would leave most of a tile empty, or are one row of units. */
  static final int FEWEST_COLUMNS = Math.max(WIDTH, 2 * Kernels.ROW);

  /** So many examples are worth the copies of {@link #affine}. */
  static final int MANY = 16;

  /** Inputs (or examples) at a time: a panel of so many rows fits the nearest cache. */
  private static final int DEPTH = 256;

  /** Distance of the copied inputs' rows, so that they do not share a few places of the cache. */
  private static final int X_STRIDE = DEPTH + Kernels.ROW;

  /** Rows of inputs that are copied at a time: they stay in the second cache. */
  private static final int BLOCK = 132;

  /** Columns of weights (or errors) that are copied at a time, to panels of a tile's width. */
  private static final int COLUMNS = 256;

  private static final int PANELS = BLOCK * X_STRIDE;
  private static final int PANEL = DEPTH * WIDTH;
  private static final int EDGE = PANELS + DEPTH * COLUMNS;

  /** Numbers of scratch memory that both methods need. */
  static final int SCRATCH = EDGE + ROWS * WIDTH;

  private VectorTiles() {}

  /** {@link Kernels#affine} of {@link #MANY} examples or more. */
  static void affine(
      float[] p,
      LayerRows layer,
      float[] x,
      int xAt,
      int xStride,
      int examples,
      float[] z,
      int zAt,
      float[] scratch) {
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
        affine(p, layer, i, depth, rows, z, zAt + first * layer.stride(), scratch);
      }
    }
  }

  /** Of the inputs from {@code input} on, and of the examples that are copied. */
  private static void affine(
      float[] p, LayerRows layer, int input, int depth, int rows, float[] z, int zAt, float[] s) {
    int stride = layer.stride();
    for (int c = 0; c < layer.columns(); c += WIDTH) {
      if (c % COLUMNS == 0) {
        copyPanels(p, layer.weights() + input * stride + c, depth, layer, c, s);
      }
      int panel = PANELS + c % COLUMNS * DEPTH;
      int width = Math.min(WIDTH, layer.columns() - c);
      for (int row = 0; row < rows; row += ROWS) {
        // The last tile goes back to whole rows, and leaves out those that are done.
        int top = Math.min(row, rows - ROWS);
        int at = zAt + top * stride + c;
        float[] from = input == 0 ? p : z;
        int fromAt = input == 0 ? layer.biases() + c : at;
        int fromStride = input == 0 ? 0 : stride;
        if (top == row && width == WIDTH) {
          affine(s, top * X_STRIDE, depth, panel, from, fromAt, fromStride, z, at, stride);
        } else {
          copyRows(from, fromAt, fromStride, s, EDGE, WIDTH, ROWS, width);
          affine(s, top * X_STRIDE, depth, panel, s, EDGE, WIDTH, s, EDGE, WIDTH);
          int done = row - top;
          int edge = EDGE + done * WIDTH;
          copyRows(s, edge, WIDTH, z, at + done * stride, stride, ROWS - done, width);
        }
      }
    }
  }

  private static void affine(
      float[] s,
      int x,
      int depth,
      int panel,
      float[] from,
      int fromAt,
      int fromStride,
      float[] z,
      int zAt,
      int zStride) {
    if (REGISTERS < 32) {
      affine6x2(s, x, depth, panel, WIDTH, from, fromAt, fromStride, z, zAt, zStride);
    } else {
      affine5x4(s, x, depth, panel, WIDTH, from, fromAt, fromStride, z, zAt, zStride);
    }
  }

  /** {@link Kernels#addOuter} of {@link #ROWS} inputs and examples or more. */
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
      LayerRows layer,
      float[] scratch) {
    int stride = layer.stride();
    for (int e = 0; e < examples; e += DEPTH) {
      int depth = Math.min(DEPTH, examples - e);
      for (int c = 0; c < layer.columns(); c += WIDTH) {
        if (c % COLUMNS == 0) {
          copyPanels(deltas, deltaAt + e * stride + c, depth, layer, c, scratch);
        }
        int panel = PANELS + c % COLUMNS * DEPTH;
        int width = Math.min(WIDTH, layer.columns() - c);
        for (int i = from; i < to; i += ROWS) {
          int top = Math.min(i, to - ROWS);
          int in = xAt + e * xStride + top;
          int at = layer.weights() + top * stride + c;
          if (top == i && width == WIDTH) {
            outer(x, in, xStride, depth, scratch, panel, target, at, stride);
          } else {
            copyRows(target, at, stride, scratch, EDGE, WIDTH, ROWS, width);
            outer(x, in, xStride, depth, scratch, panel, scratch, EDGE, WIDTH);
            int done = i - top;
            int edge = EDGE + done * WIDTH;
            copyRows(scratch, edge, WIDTH, target, at + done * stride, stride, ROWS - done, width);
          }
        }
      }
    }
  }

  private static void outer(
      float[] x,
      int xAt,
      int xStride,
      int depth,
      float[] scratch,
      int panel,
      float[] z,
      int zAt,
      int zStride) {
    if (REGISTERS < 32) {
      outer6x2(x, xAt, xStride, depth, scratch, panel, WIDTH, z, zAt, zStride);
    } else {
      outer5x4(x, xAt, xStride, depth, scratch, panel, WIDTH, z, zAt, zStride);
    }
  }

  /**
   * Copies a piece of some rows to panels, row by row, as memory likes to be read, and fills what
   * the last panel is wider with zeros.
   *
   * @param rows weights or errors
   * @param at where the piece begins in the first row
   * @param count how many rows
   * @param column where the piece begins in the layer
   */
  private static void copyPanels(
      float[] rows, int at, int count, LayerRows layer, int column, float[] scratch) {
    int columns = Math.min(COLUMNS, layer.columns() - column);
    int from = at;
    for (int row = 0; row < count; row++) {
      int to = PANELS + row * WIDTH;
      for (int c = 0; c < columns; c += WIDTH) {
        int width = Math.min(WIDTH, columns - c);
        for (int v = 0; v < width; v += N) {
          load(rows, from + c + v).intoArray(scratch, to + v);
        }
        if (width < WIDTH) {
          Arrays.fill(scratch, to + width, to + WIDTH, 0f);
        }
        to += PANEL;
      }
      from += layer.stride();
    }
  }

  private static void copyRows(
      float[] from,
      int fromAt,
      int fromStride,
      float[] to,
      int toAt,
      int toStride,
      int rows,
      int width) {
    for (int row = 0; row < rows; row++) {
      System.arraycopy(from, fromAt + row * fromStride, to, toAt + row * toStride, width);
    }
  }

  private static void affine6x2(
      float[] scratch,
      int x,
      int depth,
      int panel,
      int width,
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
    int w = panel;
    for (int i = x; i < x + depth; i++) {
      int p = w & INDEX;
      FloatVector w0 = load(scratch, p);
      FloatVector w1 = load(scratch, p + N);
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
      w += width;
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
      int panel,
      int width,
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
    int w = panel;
    for (int i = x; i < x + depth; i++) {
      int p = w & INDEX;
      FloatVector w0 = load(scratch, p);
      FloatVector w1 = load(scratch, p + N);
      FloatVector w2 = load(scratch, p + 2 * N);
      FloatVector w3 = load(scratch, p + 3 * N);
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
      w += width;
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
      int panel,
      int width,
      float[] z,
      int zAt,
      int zStride) {
    int row = zAt;
    FloatVector a0 = load(z, row);
    FloatVector a1 = load(z, row + N);
    row += zStride;
    FloatVector b0 = load(z, row);
    FloatVector b1 = load(z, row + N);
    row += zStride;
    FloatVector c0 = load(z, row);
    FloatVector c1 = load(z, row + N);
    row += zStride;
    FloatVector d0 = load(z, row);
    FloatVector d1 = load(z, row + N);
    row += zStride;
    FloatVector e0 = load(z, row);
    FloatVector e1 = load(z, row + N);
    row += zStride;
    FloatVector f0 = load(z, row);
    FloatVector f1 = load(z, row + N);
    int w = panel;
    int in = xAt;
    for (int e = 0; e < depth; e++) {
      int i = in & INDEX;
      int p = w & INDEX;
      FloatVector w0 = load(scratch, p);
      FloatVector w1 = load(scratch, p + N);
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
      w += width;
      in += xStride;
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

  private static void outer5x4(
      float[] x,
      int xAt,
      int xStride,
      int depth,
      float[] scratch,
      int panel,
      int width,
      float[] z,
      int zAt,
      int zStride) {
    int row = zAt;
    FloatVector a0 = load(z, row);
    FloatVector a1 = load(z, row + N);
    FloatVector a2 = load(z, row + 2 * N);
    FloatVector a3 = load(z, row + 3 * N);
    row += zStride;
    FloatVector b0 = load(z, row);
    FloatVector b1 = load(z, row + N);
    FloatVector b2 = load(z, row + 2 * N);
    FloatVector b3 = load(z, row + 3 * N);
    row += zStride;
    FloatVector c0 = load(z, row);
    FloatVector c1 = load(z, row + N);
    FloatVector c2 = load(z, row + 2 * N);
    FloatVector c3 = load(z, row + 3 * N);
    row += zStride;
    FloatVector d0 = load(z, row);
    FloatVector d1 = load(z, row + N);
    FloatVector d2 = load(z, row + 2 * N);
    FloatVector d3 = load(z, row + 3 * N);
    row += zStride;
    FloatVector e0 = load(z, row);
    FloatVector e1 = load(z, row + N);
    FloatVector e2 = load(z, row + 2 * N);
    FloatVector e3 = load(z, row + 3 * N);
    int w = panel;
    int in = xAt;
    for (int e = 0; e < depth; e++) {
      int i = in & INDEX;
      int p = w & INDEX;
      FloatVector w0 = load(scratch, p);
      FloatVector w1 = load(scratch, p + N);
      FloatVector w2 = load(scratch, p + 2 * N);
      FloatVector w3 = load(scratch, p + 3 * N);
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
      w += width;
      in += xStride;
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
}
