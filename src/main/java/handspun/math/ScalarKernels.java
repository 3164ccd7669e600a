package handspun.math;

/** The kernels as plain loops: the definition that every faster implementation must equal. */
public final class ScalarKernels implements Kernels {

  @Override
  public String description() {
    return "scalar";
  }

  @Override
  public void affineSparse(
      float[] p,
      int weights,
      int biases,
      int outputs,
      short[] index,
      byte[] value,
      int from,
      int to,
      float[] z,
      int zAt) {
    System.arraycopy(p, biases, z, zAt, outputs);
    for (int k = from; k < to; k++) {
      int row = weights + (index[k] & 0xffff) * outputs;
      addRow(Brightness.of(value[k]), p, row, z, zAt, outputs);
    }
  }

  @Override
  public void affine(
      float[] p,
      int weights,
      int biases,
      int inputs,
      int outputs,
      float[] x,
      int xAt,
      float[] z,
      int zAt) {
    System.arraycopy(p, biases, z, zAt, outputs);
    for (int i = 0; i < inputs; i++) {
      addRow(x[xAt + i], p, weights + i * outputs, z, zAt, outputs);
    }
  }

  @Override
  public void sigmoid(float[] z, int at, int count) {
    for (int o = at; o < at + count; o++) {
      z[o] = 1f / (1f + Exp.exp(-z[o]));
    }
  }

  @Override
  public void transposedTimes(
      float[] p,
      int weights,
      int inputs,
      int outputs,
      float[] delta,
      int deltaAt,
      float[] back,
      int backAt) {
    for (int i = 0; i < inputs; i++) {
      int row = weights + i * outputs;
      float sum = 0f;
      for (int o = 0; o < outputs; o++) {
        sum = Math.fma(p[row + o], delta[deltaAt + o], sum);
      }
      back[backAt + i] = sum;
    }
  }

  @Override
  public void addOuterSparse(
      short[] index,
      byte[] value,
      int from,
      int to,
      float[] delta,
      int deltaAt,
      int outputs,
      float[] target,
      int weights) {
    for (int k = from; k < to; k++) {
      int row = weights + (index[k] & 0xffff) * outputs;
      addRow(Brightness.of(value[k]), delta, deltaAt, target, row, outputs);
    }
  }

  @Override
  public void addOuter(
      float[] x,
      int xAt,
      int from,
      int to,
      float[] delta,
      int deltaAt,
      int outputs,
      float[] target,
      int weights) {
    for (int i = from; i < to; i++) {
      addRow(x[xAt + i], delta, deltaAt, target, weights + i * outputs, outputs);
    }
  }

  @Override
  public void add(float[] x, int xAt, float[] target, int targetAt, int count) {
    for (int t = 0; t < count; t++) {
      target[targetAt + t] += x[xAt + t];
    }
  }

  @Override
  public void addScaled(float scale, float[] x, float[] target, int at, int count) {
    addRow(scale, x, at, target, at, count);
  }

  private static void addRow(
      float scale, float[] row, int rowAt, float[] target, int targetAt, int count) {
    for (int t = 0; t < count; t++) {
      target[targetAt + t] = Math.fma(scale, row[rowAt + t], target[targetAt + t]);
    }
  }
}
