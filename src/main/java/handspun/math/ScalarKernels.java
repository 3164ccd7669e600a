package handspun.math;

/**
 * The kernels without vectors: the definition that {@code VectorKernels} must equal, and what runs
 * where the Vector API is not to be had.
 *
 * <p>The compiler makes nothing of a loop over the {@value Kernels#ROW} numbers of a row, so rows
 * are worked on in pieces of eight local variables, which it keeps in registers while it goes
 * through the inputs, entries or examples.
 */
final class ScalarKernels implements Kernels {
  private static final int PIECE = 8;

  private static final int ROUNDER_BITS = Float.floatToRawIntBits(Exp.ROUNDER);
  private static final float COST_UNITS = (float) (1 / COST_UNIT);

  private final String description;

  /**
   * @param description what {@link #description()} returns
   */
  ScalarKernels(String description) {
    this.description = description;
  }

  @Override
  public String description() {
    return description;
  }

  /** Nothing is copied. */
  @Override
  public int scratch() {
    return 0;
  }

  @Override
  public int decode(
      byte[] data, int from, int to, int first, int stride, int[] rows, float[] x, int at) {
    int run = from + 2;
    int values = run + 2 * ((data[from] & 0xff) | ((data[from + 1] & 0xff) << 8));
    int row = first;
    int k = at;
    for (; run < values; run += 2) {
      row += (data[run] & 0xff) * stride;
      int length = data[run + 1];
      // Whole pieces: what is written too much is overwritten by the next run, and a loop for every
      // length is one that the processor cannot foresee.
      rowsOfPiece(rows, k, row, stride);
      if (length > PIECE) {
        rowsOfPiece(rows, k + PIECE, row + PIECE * stride, stride);
      }
      k += length;
      row += length * stride;
    }
    int shift = at - values;
    for (int v = values; v < to; v++) {
      x[shift + v] = Brightness.of(data[v]);
    }
    return k;
  }

  private static void rowsOfPiece(int[] rows, int at, int row, int stride) {
    rows[at + 0] = row;
    rows[at + 1] = row + stride;
    rows[at + 2] = row + 2 * stride;
    rows[at + 3] = row + 3 * stride;
    rows[at + 4] = row + 4 * stride;
    rows[at + 5] = row + 5 * stride;
    rows[at + 6] = row + 6 * stride;
    rows[at + 7] = row + 7 * stride;
  }

  @Override
  public void affineSparse(
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
    int biases = layer.biases();
    int stride = layer.stride();
    for (int s = 0; s < images; s++) {
      int row = zAt + s * stride;
      if (stride == ROW) {
        for (int c = 0; c < ROW; c += PIECE) {
          twoSums(true, p, biases, c, rows, x, starts[s], starts[s + 1], z, row + c);
          twoSums(false, p, biases, c, rows, x, starts[s] + 2, starts[s + 1], z, row + c);
        }
      } else {
        for (int c = 0; c < layer.columns(); c += PIECE) {
          oneSum(p, biases, c, rows, x, starts[s], starts[s + 1], z, row + c);
        }
      }
    }
  }

  /**
   * Two of the four interleaved sums, for eight columns from {@code c}: every fourth entry and the
   * one behind it. The first two start with the biases, and the other two are added to them.
   */
  private static void twoSums(
      boolean first,
      float[] p,
      int biases,
      int c,
      int[] rows,
      float[] x,
      int from,
      int to,
      float[] z,
      int at) {
    int b = biases + c;
    float a0 = first ? p[b + 0] : 0f;
    float a1 = first ? p[b + 1] : 0f;
    float a2 = first ? p[b + 2] : 0f;
    float a3 = first ? p[b + 3] : 0f;
    float a4 = first ? p[b + 4] : 0f;
    float a5 = first ? p[b + 5] : 0f;
    float a6 = first ? p[b + 6] : 0f;
    float a7 = first ? p[b + 7] : 0f;
    float b0 = 0f;
    float b1 = 0f;
    float b2 = 0f;
    float b3 = 0f;
    float b4 = 0f;
    float b5 = 0f;
    float b6 = 0f;
    float b7 = 0f;
    int k = from;
    for (; k < to - 1; k += 4) {
      int r = rows[k] + c;
      float v = x[k];
      a0 = Math.fma(v, p[r + 0], a0);
      a1 = Math.fma(v, p[r + 1], a1);
      a2 = Math.fma(v, p[r + 2], a2);
      a3 = Math.fma(v, p[r + 3], a3);
      a4 = Math.fma(v, p[r + 4], a4);
      a5 = Math.fma(v, p[r + 5], a5);
      a6 = Math.fma(v, p[r + 6], a6);
      a7 = Math.fma(v, p[r + 7], a7);
      int next = rows[k + 1] + c;
      float u = x[k + 1];
      b0 = Math.fma(u, p[next + 0], b0);
      b1 = Math.fma(u, p[next + 1], b1);
      b2 = Math.fma(u, p[next + 2], b2);
      b3 = Math.fma(u, p[next + 3], b3);
      b4 = Math.fma(u, p[next + 4], b4);
      b5 = Math.fma(u, p[next + 5], b5);
      b6 = Math.fma(u, p[next + 6], b6);
      b7 = Math.fma(u, p[next + 7], b7);
    }
    if (k < to) {
      int r = rows[k] + c;
      float v = x[k];
      a0 = Math.fma(v, p[r + 0], a0);
      a1 = Math.fma(v, p[r + 1], a1);
      a2 = Math.fma(v, p[r + 2], a2);
      a3 = Math.fma(v, p[r + 3], a3);
      a4 = Math.fma(v, p[r + 4], a4);
      a5 = Math.fma(v, p[r + 5], a5);
      a6 = Math.fma(v, p[r + 6], a6);
      a7 = Math.fma(v, p[r + 7], a7);
    }
    z[at + 0] = first ? a0 + b0 : z[at + 0] + (a0 + b0);
    z[at + 1] = first ? a1 + b1 : z[at + 1] + (a1 + b1);
    z[at + 2] = first ? a2 + b2 : z[at + 2] + (a2 + b2);
    z[at + 3] = first ? a3 + b3 : z[at + 3] + (a3 + b3);
    z[at + 4] = first ? a4 + b4 : z[at + 4] + (a4 + b4);
    z[at + 5] = first ? a5 + b5 : z[at + 5] + (a5 + b5);
    z[at + 6] = first ? a6 + b6 : z[at + 6] + (a6 + b6);
    z[at + 7] = first ? a7 + b7 : z[at + 7] + (a7 + b7);
  }

  /** One sum over all entries, for eight columns from {@code c}. */
  private static void oneSum(
      float[] p, int biases, int c, int[] rows, float[] x, int from, int to, float[] z, int at) {
    int b = biases + c;
    float z0 = p[b + 0];
    float z1 = p[b + 1];
    float z2 = p[b + 2];
    float z3 = p[b + 3];
    float z4 = p[b + 4];
    float z5 = p[b + 5];
    float z6 = p[b + 6];
    float z7 = p[b + 7];
    for (int k = from; k < to; k++) {
      int r = rows[k] + c;
      float v = x[k];
      z0 = Math.fma(v, p[r + 0], z0);
      z1 = Math.fma(v, p[r + 1], z1);
      z2 = Math.fma(v, p[r + 2], z2);
      z3 = Math.fma(v, p[r + 3], z3);
      z4 = Math.fma(v, p[r + 4], z4);
      z5 = Math.fma(v, p[r + 5], z5);
      z6 = Math.fma(v, p[r + 6], z6);
      z7 = Math.fma(v, p[r + 7], z7);
    }
    z[at + 0] = z0;
    z[at + 1] = z1;
    z[at + 2] = z2;
    z[at + 3] = z3;
    z[at + 4] = z4;
    z[at + 5] = z5;
    z[at + 6] = z6;
    z[at + 7] = z7;
  }

  @Override
  public void affine(
      float[] p,
      LayerPanels layer,
      float[] x,
      int xAt,
      int xStride,
      int examples,
      float[] z,
      int zAt,
      float[] scratch) {
    int inputs = layer.inputs();
    for (int e = 0; e < examples; e++) {
      int in = xAt + e * xStride;
      for (int c = 0; c < layer.columns(); c += PIECE) {
        int b = layer.biases() + c;
        float z0 = p[b + 0];
        float z1 = p[b + 1];
        float z2 = p[b + 2];
        float z3 = p[b + 3];
        float z4 = p[b + 4];
        float z5 = p[b + 5];
        float z6 = p[b + 6];
        float z7 = p[b + 7];
        int r = layer.weight(0, c);
        for (int i = in; i < in + inputs; i++) {
          float v = x[i];
          z0 = Math.fma(v, p[r + 0], z0);
          z1 = Math.fma(v, p[r + 1], z1);
          z2 = Math.fma(v, p[r + 2], z2);
          z3 = Math.fma(v, p[r + 3], z3);
          z4 = Math.fma(v, p[r + 4], z4);
          z5 = Math.fma(v, p[r + 5], z5);
          z6 = Math.fma(v, p[r + 6], z6);
          z7 = Math.fma(v, p[r + 7], z7);
          r += ROW;
        }
        int to = zAt + e * layer.stride() + c;
        z[to + 0] = z0;
        z[to + 1] = z1;
        z[to + 2] = z2;
        z[to + 3] = z3;
        z[to + 4] = z4;
        z[to + 5] = z5;
        z[to + 6] = z6;
        z[to + 7] = z7;
      }
    }
  }

  @Override
  public void sigmoid(float[] z, int at, int count) {
    for (int t = at; t < at + count; t++) {
      z[t] = 1f / (1f + Exp.exp(-z[t]));
    }
  }

  @Override
  public void tanh(float[] z, int at, int count) {
    for (int t = at; t < at + count; t++) {
      z[t] = Math.fma(2f, 1f / (1f + Exp.exp(-2f * z[t])), -1f);
    }
  }

  @Override
  public void relu(float[] z, int at, int count) {
    for (int t = at; t < at + count; t++) {
      z[t] = Math.max(z[t], 0f);
    }
  }

  @Override
  public long outputErrors(
      float[] a,
      int aAt,
      float[] targets,
      int[] labels,
      int examples,
      int stride,
      float scale,
      float[] deltas) {
    long cost = 0;
    for (int e = 0; e < examples; e++) {
      int row = aAt + e * stride;
      int target = labels[e] * stride;
      for (int o = 0; o < stride; o++) {
        float output = a[row + o];
        float error = output - targets[target + o];
        float rounded = Math.fma(error * error, COST_UNITS, Exp.ROUNDER);
        cost += Float.floatToRawIntBits(rounded) - ROUNDER_BITS;
        deltas[row + o] = notNegligible(error * (output * (1f - output)) * scale);
      }
    }
    return cost;
  }

  @Override
  public void outputDifferences(
      float[] a,
      int aAt,
      float[] targets,
      int[] labels,
      int examples,
      int stride,
      float scale,
      float[] deltas) {
    for (int e = 0; e < examples; e++) {
      int row = aAt + e * stride;
      int target = labels[e] * stride;
      for (int o = 0; o < stride; o++) {
        deltas[row + o] = notNegligible((a[row + o] - targets[target + o]) * scale);
      }
    }
  }

  @Override
  public void sigmoidErrors(float[] a, float[] deltas, int at, int count) {
    for (int t = at; t < at + count; t++) {
      deltas[t] = notNegligible(deltas[t] * (a[t] * (1f - a[t])));
    }
  }

  @Override
  public void tanhErrors(float[] a, float[] deltas, int at, int count) {
    for (int t = at; t < at + count; t++) {
      deltas[t] = notNegligible(deltas[t] * Math.fma(-a[t], a[t], 1f));
    }
  }

  @Override
  public void reluErrors(float[] a, float[] deltas, int at, int count) {
    for (int t = at; t < at + count; t++) {
      deltas[t] = a[t] > 0f ? notNegligible(deltas[t]) : 0f;
    }
  }

  private static float notNegligible(float error) {
    return Math.abs(error) < NEGLIGIBLE ? 0f : error;
  }

  @Override
  public void addOuterSparse(
      LayerRows layer,
      int[] starts,
      int[] rows,
      float[] x,
      int images,
      float[] deltas,
      int deltaAt,
      float[] target) {
    for (int s = 0; s < images; s++) {
      for (int c = 0; c < layer.columns(); c += PIECE) {
        int d = deltaAt + s * layer.stride() + c;
        float d0 = deltas[d + 0];
        float d1 = deltas[d + 1];
        float d2 = deltas[d + 2];
        float d3 = deltas[d + 3];
        float d4 = deltas[d + 4];
        float d5 = deltas[d + 5];
        float d6 = deltas[d + 6];
        float d7 = deltas[d + 7];
        int to = starts[s + 1];
        for (int k = starts[s]; k < to; k++) {
          int r = rows[k] + c;
          float v = x[k];
          target[r + 0] = Math.fma(v, d0, target[r + 0]);
          target[r + 1] = Math.fma(v, d1, target[r + 1]);
          target[r + 2] = Math.fma(v, d2, target[r + 2]);
          target[r + 3] = Math.fma(v, d3, target[r + 3]);
          target[r + 4] = Math.fma(v, d4, target[r + 4]);
          target[r + 5] = Math.fma(v, d5, target[r + 5]);
          target[r + 6] = Math.fma(v, d6, target[r + 6]);
          target[r + 7] = Math.fma(v, d7, target[r + 7]);
        }
      }
    }
  }

  @Override
  public void addOuterColumns(
      LayerRows layer,
      int[] columnRows,
      int[] columnStarts,
      int columns,
      int[] offsets,
      float[] x,
      float[] deltas,
      int deltaAt,
      float[] target) {
    for (int c = 0; c < layer.columns(); c += PIECE) {
      for (int column = 0; column < columns; column++) {
        int r = columnRows[column] + c;
        float w0 = target[r + 0];
        float w1 = target[r + 1];
        float w2 = target[r + 2];
        float w3 = target[r + 3];
        float w4 = target[r + 4];
        float w5 = target[r + 5];
        float w6 = target[r + 6];
        float w7 = target[r + 7];
        for (int k = columnStarts[column]; k < columnStarts[column + 1]; k++) {
          int d = deltaAt + offsets[k] + c;
          float v = x[k];
          w0 = Math.fma(v, deltas[d + 0], w0);
          w1 = Math.fma(v, deltas[d + 1], w1);
          w2 = Math.fma(v, deltas[d + 2], w2);
          w3 = Math.fma(v, deltas[d + 3], w3);
          w4 = Math.fma(v, deltas[d + 4], w4);
          w5 = Math.fma(v, deltas[d + 5], w5);
          w6 = Math.fma(v, deltas[d + 6], w6);
          w7 = Math.fma(v, deltas[d + 7], w7);
        }
        target[r + 0] = w0;
        target[r + 1] = w1;
        target[r + 2] = w2;
        target[r + 3] = w3;
        target[r + 4] = w4;
        target[r + 5] = w5;
        target[r + 6] = w6;
        target[r + 7] = w7;
      }
    }
  }

  @Override
  public void addOuter(
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
    int stride = layer.stride();
    for (int row = from; row < to; row++) {
      int i = row % layer.inputs();
      int column = row / layer.inputs() * ROW;
      for (int c = column; c < column + ROW; c += PIECE) {
        int r = layer.weight(i, c);
        float w0 = target[r + 0];
        float w1 = target[r + 1];
        float w2 = target[r + 2];
        float w3 = target[r + 3];
        float w4 = target[r + 4];
        float w5 = target[r + 5];
        float w6 = target[r + 6];
        float w7 = target[r + 7];
        int d = deltaAt + c;
        for (int e = 0; e < examples; e++) {
          float v = x[xAt + e * xStride + i];
          w0 = Math.fma(v, deltas[d + 0], w0);
          w1 = Math.fma(v, deltas[d + 1], w1);
          w2 = Math.fma(v, deltas[d + 2], w2);
          w3 = Math.fma(v, deltas[d + 3], w3);
          w4 = Math.fma(v, deltas[d + 4], w4);
          w5 = Math.fma(v, deltas[d + 5], w5);
          w6 = Math.fma(v, deltas[d + 6], w6);
          w7 = Math.fma(v, deltas[d + 7], w7);
          d += stride;
        }
        target[r + 0] = w0;
        target[r + 1] = w1;
        target[r + 2] = w2;
        target[r + 3] = w3;
        target[r + 4] = w4;
        target[r + 5] = w5;
        target[r + 6] = w6;
        target[r + 7] = w7;
      }
    }
  }

  @Override
  public void transpose(float[] w, LayerPanels layer, int from, int to, LayerPanels transposed) {
    for (int row = from; row < to; row++) {
      int i = row % layer.inputs();
      int first = row / layer.inputs() * ROW;
      int source = layer.row(row);
      int end = Math.min(first + ROW, transposed.inputs());
      for (int o = first; o < end; o++) {
        w[transposed.weight(o, i)] = w[source + o - first];
      }
    }
  }

  @Override
  public void addRows(float[] x, int xAt, int rows, int stride, float[] target, int targetAt) {
    for (int e = 0; e < rows; e++) {
      int row = xAt + e * stride;
      for (int o = 0; o < stride; o++) {
        target[targetAt + o] += x[row + o];
      }
    }
  }

  @Override
  public void add(float[] x, float[] target, int at, int count) {
    for (int t = at; t < at + count; t++) {
      target[t] += x[t];
    }
  }

  @Override
  public void interpolate(
      byte[] pixels, int stride, float[] x, float[] y, int lastX, int lastY, int[] brightness) {
    for (int i = 0; i < brightness.length; i++) {
      int inX = eightBits(x[i], lastX);
      int inY = eightBits(y[i], lastY);
      int at = (inY >> 8) * stride + (inX >> 8);
      int part = inX & 0xff;
      int above = 256 * (pixels[at] & 0xff);
      above += part * ((pixels[at + 1] & 0xff) - (pixels[at] & 0xff));
      at += stride;
      int below = 256 * (pixels[at] & 0xff);
      below += part * ((pixels[at + 1] & 0xff) - (pixels[at] & 0xff));
      brightness[i] = (256 * above + (inY & 0xff) * (below - above) + (1 << 15)) >> 16;
    }
  }

  private static int eightBits(float place, int last) {
    float rounded = Math.min(Math.max(place, 0f), last) + EIGHT_BITS;
    return Float.floatToRawIntBits(rounded) - Float.floatToRawIntBits(EIGHT_BITS);
  }
}
