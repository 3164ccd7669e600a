package handspun.math;

import java.util.stream.IntStream;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The kernels with Java's Vector API (an incubating module in Java 17, so this is the only class
 * that knows it).
 *
 * <p><b>Tiles.</b> A fused multiply-add takes four cycles and one or two can begin in every cycle,
 * so at least four sums must be under way at once; and it takes its operands from memory no faster
 * than it computes, so each that is loaded should serve several sums. Hence a tile of four rows by
 * four vectors of the result is kept in 16 registers while the kernel goes through the inputs (or
 * the examples): every step loads four vectors and four numbers for 16 multiply-adds. Where fewer
 * than four rows or vectors are left, thinner tiles do the rest. The order of the additions into
 * one number is the same in every tile.
 *
 * <p><b>Speed.</b> A vector that leaves a method which is not inlined becomes an object, so vectors
 * live within one method. The species is a static constant because only then the compiler knows it;
 * a wider one than the machine has would be a hundred times slower. The module's own range checks
 * cost as much as the arithmetic, since a row's position comes from data: they are switched off
 * here unless the property {@value #CHECKS} says otherwise, as it does in the tests. {@link
 * handspun.math.Kernels} are given positions that were checked when the images were made.
 */
final class VectorKernels implements Kernels {
  private static final String CHECKS = "jdk.incubator.vector.VECTOR_ACCESS_OOB_CHECK";

  static {
    if (System.getProperty(CHECKS) == null) {
      System.setProperty(CHECKS, "0");
    }
  }

  private static final VectorSpecies<Float> F = species();
  private static final int N = F.length();
  private static final VectorSpecies<Integer> I = VectorSpecies.of(int.class, F.vectorShape());

  /** As many as there are floats in a vector; in the narrowest, half of them are not used. */
  private static final VectorSpecies<Byte> B =
      VectorSpecies.of(byte.class, VectorShape.forBitSize(Math.max(64, F.vectorBitSize() / 4)));

  /** Not {@code addIndex}, which makes objects. */
  private static final int[] NUMBERS = IntStream.range(0, ROW).toArray();

  private static final int ROUNDER_BITS = Float.floatToRawIntBits(Exp.ROUNDER);
  private static final int EXPONENT_OF_ONE = 127 << 23;
  private static final float COST_UNITS = (float) (1 / COST_UNIT);
  private static final float INVERSE_255 = 1f / 255;
  private static final float INVERSE_255_REST = (float) (1.0 / 255 - INVERSE_255);

  private static VectorSpecies<Float> species() {
    int bits = Integer.getInteger(KernelChoice.PROPERTY, 0);
    return bits == 0
        ? FloatVector.SPECIES_PREFERRED
        : VectorSpecies.of(float.class, VectorShape.forBitSize(bits));
  }

  @Override
  public String description() {
    int preferred = FloatVector.SPECIES_PREFERRED.vectorBitSize();
    return "Vector API, "
        + F.vectorBitSize()
        + " bit"
        + (F.vectorBitSize() > preferred ? " (slow: this machine has " + preferred + " bit)" : "");
  }

  @Override
  public int decode(
      byte[] data, int from, int to, int first, int stride, int[] rows, float[] x, int at) {
    int run = from + 2;
    int values = run + 2 * ((data[from] & 0xff) | ((data[from + 1] & 0xff) << 8));
    IntVector steps = IntVector.fromArray(I, NUMBERS, 0).mul(stride);
    int row = first;
    int k = at;
    for (; run < values; run += 2) {
      row += (data[run] & 0xff) * stride;
      int length = data[run + 1];
      // What is written too much is overwritten by the next run. No branch in the widest vectors.
      steps.add(row).intoArray(rows, k);
      for (int j = N; j < length; j += N) {
        steps.add(row + j * stride).intoArray(rows, k + j);
      }
      k += length;
      row += length * stride;
    }
    int shift = at - values;
    for (int v = values; v < to; v += N) {
      IntVector byteValue = (IntVector) ByteVector.fromArray(B, data, v).castShape(I, 0);
      FloatVector value = (FloatVector) byteValue.and(0xff).castShape(F, 0);
      // The quotient value / 255 to the last bit, of which 1 / 255 in two parts has enough.
      value
          .fma(FloatVector.broadcast(F, INVERSE_255), value.mul(INVERSE_255_REST))
          .intoArray(x, shift + v);
    }
    return k;
  }

  @Override
  public void affineSparse(
      float[] p,
      int biases,
      int stride,
      int[] starts,
      int[] rows,
      float[] x,
      int images,
      float[] z,
      int zAt) {
    if (stride == ROW) {
      for (int c = 0; c < ROW; c += N) {
        for (int s = 0; s < images; s++) {
          fourSums(p, biases, c, rows, x, starts[s], starts[s + 1], z, zAt + s * ROW);
        }
      }
      return;
    }
    int c = 0;
    for (; c <= stride - 4 * N; c += 4 * N) {
      for (int s = 0; s < images; s++) {
        fourVectors(p, biases, c, rows, x, starts[s], starts[s + 1], z, zAt + s * stride);
      }
    }
    for (; c < stride; c += N) {
      for (int s = 0; s < images; s++) {
        oneVector(p, biases, c, rows, x, starts[s], starts[s + 1], z, zAt + s * stride);
      }
    }
  }

  private static void fourSums(
      float[] p, int biases, int c, int[] rows, float[] x, int from, int to, float[] z, int zAt) {
    FloatVector z0 = FloatVector.fromArray(F, p, biases + c);
    FloatVector z1 = FloatVector.zero(F);
    FloatVector z2 = FloatVector.zero(F);
    FloatVector z3 = FloatVector.zero(F);
    int k = from;
    for (; k <= to - 4; k += 4) {
      z0 = FloatVector.fromArray(F, p, rows[k] + c).fma(FloatVector.broadcast(F, x[k]), z0);
      z1 = FloatVector.fromArray(F, p, rows[k + 1] + c).fma(FloatVector.broadcast(F, x[k + 1]), z1);
      z2 = FloatVector.fromArray(F, p, rows[k + 2] + c).fma(FloatVector.broadcast(F, x[k + 2]), z2);
      z3 = FloatVector.fromArray(F, p, rows[k + 3] + c).fma(FloatVector.broadcast(F, x[k + 3]), z3);
    }
    if (k < to) {
      z0 = FloatVector.fromArray(F, p, rows[k] + c).fma(FloatVector.broadcast(F, x[k]), z0);
    }
    if (k + 1 < to) {
      z1 = FloatVector.fromArray(F, p, rows[k + 1] + c).fma(FloatVector.broadcast(F, x[k + 1]), z1);
    }
    if (k + 2 < to) {
      z2 = FloatVector.fromArray(F, p, rows[k + 2] + c).fma(FloatVector.broadcast(F, x[k + 2]), z2);
    }
    z0.add(z1).add(z2.add(z3)).intoArray(z, zAt + c);
  }

  private static void fourVectors(
      float[] p, int biases, int c, int[] rows, float[] x, int from, int to, float[] z, int zAt) {
    int b = biases + c;
    FloatVector z0 = FloatVector.fromArray(F, p, b);
    FloatVector z1 = FloatVector.fromArray(F, p, b + N);
    FloatVector z2 = FloatVector.fromArray(F, p, b + 2 * N);
    FloatVector z3 = FloatVector.fromArray(F, p, b + 3 * N);
    for (int k = from; k < to; k++) {
      int r = rows[k] + c;
      FloatVector v = FloatVector.broadcast(F, x[k]);
      z0 = FloatVector.fromArray(F, p, r).fma(v, z0);
      z1 = FloatVector.fromArray(F, p, r + N).fma(v, z1);
      z2 = FloatVector.fromArray(F, p, r + 2 * N).fma(v, z2);
      z3 = FloatVector.fromArray(F, p, r + 3 * N).fma(v, z3);
    }
    int at = zAt + c;
    z0.intoArray(z, at);
    z1.intoArray(z, at + N);
    z2.intoArray(z, at + 2 * N);
    z3.intoArray(z, at + 3 * N);
  }

  private static void oneVector(
      float[] p, int biases, int c, int[] rows, float[] x, int from, int to, float[] z, int zAt) {
    FloatVector sum = FloatVector.fromArray(F, p, biases + c);
    for (int k = from; k < to; k++) {
      sum = FloatVector.fromArray(F, p, rows[k] + c).fma(FloatVector.broadcast(F, x[k]), sum);
    }
    sum.intoArray(z, zAt + c);
  }

  @Override
  public void affine(
      float[] p,
      int weights,
      int biases,
      int inputs,
      int stride,
      float[] x,
      int xAt,
      int xStride,
      int examples,
      float[] z,
      int zAt) {
    int c = 0;
    for (; c <= stride - 4 * N; c += 4 * N) {
      int e = 0;
      for (; e <= examples - 4; e += 4) {
        affine4x4(
            p,
            weights + c,
            biases + c,
            inputs,
            stride,
            x,
            xAt + e * xStride,
            xStride,
            z,
            zAt + e * stride + c);
      }
      for (; e < examples; e++) {
        affine1x4(
            p,
            weights + c,
            biases + c,
            inputs,
            stride,
            x,
            xAt + e * xStride,
            z,
            zAt + e * stride + c);
      }
    }
    for (; c < stride; c += N) {
      int e = 0;
      // Fives as long as fours would leave something over: ten examples are two fives.
      for (; e <= examples - 5 && (examples - e) % 4 != 0; e += 5) {
        affine5x1(
            p,
            weights + c,
            biases + c,
            inputs,
            stride,
            x,
            xAt + e * xStride,
            xStride,
            z,
            zAt + e * stride + c);
      }
      for (; e <= examples - 4; e += 4) {
        affine4x1(
            p,
            weights + c,
            biases + c,
            inputs,
            stride,
            x,
            xAt + e * xStride,
            xStride,
            z,
            zAt + e * stride + c);
      }
      for (; e < examples; e++) {
        affine1x1(
            p,
            weights + c,
            biases + c,
            inputs,
            stride,
            x,
            xAt + e * xStride,
            z,
            zAt + e * stride + c);
      }
    }
  }

  private static void affine4x4(
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
    FloatVector a0 = FloatVector.fromArray(F, p, biases);
    FloatVector a1 = FloatVector.fromArray(F, p, biases + N);
    FloatVector a2 = FloatVector.fromArray(F, p, biases + 2 * N);
    FloatVector a3 = FloatVector.fromArray(F, p, biases + 3 * N);
    FloatVector b0 = a0;
    FloatVector b1 = a1;
    FloatVector b2 = a2;
    FloatVector b3 = a3;
    FloatVector c0 = a0;
    FloatVector c1 = a1;
    FloatVector c2 = a2;
    FloatVector c3 = a3;
    FloatVector d0 = a0;
    FloatVector d1 = a1;
    FloatVector d2 = a2;
    FloatVector d3 = a3;
    int xb = xAt + xStride;
    int xc = xb + xStride;
    int xd = xc + xStride;
    int row = weights;
    for (int i = 0; i < inputs; i++) {
      FloatVector w0 = FloatVector.fromArray(F, p, row);
      FloatVector w1 = FloatVector.fromArray(F, p, row + N);
      FloatVector w2 = FloatVector.fromArray(F, p, row + 2 * N);
      FloatVector w3 = FloatVector.fromArray(F, p, row + 3 * N);
      FloatVector v = FloatVector.broadcast(F, x[xAt + i]);
      a0 = w0.fma(v, a0);
      a1 = w1.fma(v, a1);
      a2 = w2.fma(v, a2);
      a3 = w3.fma(v, a3);
      v = FloatVector.broadcast(F, x[xb + i]);
      b0 = w0.fma(v, b0);
      b1 = w1.fma(v, b1);
      b2 = w2.fma(v, b2);
      b3 = w3.fma(v, b3);
      v = FloatVector.broadcast(F, x[xc + i]);
      c0 = w0.fma(v, c0);
      c1 = w1.fma(v, c1);
      c2 = w2.fma(v, c2);
      c3 = w3.fma(v, c3);
      v = FloatVector.broadcast(F, x[xd + i]);
      d0 = w0.fma(v, d0);
      d1 = w1.fma(v, d1);
      d2 = w2.fma(v, d2);
      d3 = w3.fma(v, d3);
      row += stride;
    }
    a0.intoArray(z, zAt);
    a1.intoArray(z, zAt + N);
    a2.intoArray(z, zAt + 2 * N);
    a3.intoArray(z, zAt + 3 * N);
    int zb = zAt + stride;
    b0.intoArray(z, zb);
    b1.intoArray(z, zb + N);
    b2.intoArray(z, zb + 2 * N);
    b3.intoArray(z, zb + 3 * N);
    int zc = zb + stride;
    c0.intoArray(z, zc);
    c1.intoArray(z, zc + N);
    c2.intoArray(z, zc + 2 * N);
    c3.intoArray(z, zc + 3 * N);
    int zd = zc + stride;
    d0.intoArray(z, zd);
    d1.intoArray(z, zd + N);
    d2.intoArray(z, zd + 2 * N);
    d3.intoArray(z, zd + 3 * N);
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
    FloatVector z0 = FloatVector.fromArray(F, p, biases);
    FloatVector z1 = FloatVector.fromArray(F, p, biases + N);
    FloatVector z2 = FloatVector.fromArray(F, p, biases + 2 * N);
    FloatVector z3 = FloatVector.fromArray(F, p, biases + 3 * N);
    int row = weights;
    for (int i = 0; i < inputs; i++) {
      FloatVector v = FloatVector.broadcast(F, x[xAt + i]);
      z0 = FloatVector.fromArray(F, p, row).fma(v, z0);
      z1 = FloatVector.fromArray(F, p, row + N).fma(v, z1);
      z2 = FloatVector.fromArray(F, p, row + 2 * N).fma(v, z2);
      z3 = FloatVector.fromArray(F, p, row + 3 * N).fma(v, z3);
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
    FloatVector a = FloatVector.fromArray(F, p, biases);
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
      FloatVector w = FloatVector.fromArray(F, p, row);
      a = w.fma(FloatVector.broadcast(F, x[xAt + i]), a);
      b = w.fma(FloatVector.broadcast(F, x[xb + i]), b);
      c = w.fma(FloatVector.broadcast(F, x[xc + i]), c);
      d = w.fma(FloatVector.broadcast(F, x[xd + i]), d);
      f = w.fma(FloatVector.broadcast(F, x[xf + i]), f);
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
    FloatVector a = FloatVector.fromArray(F, p, biases);
    FloatVector b = a;
    FloatVector c = a;
    FloatVector d = a;
    int xb = xAt + xStride;
    int xc = xb + xStride;
    int xd = xc + xStride;
    int row = weights;
    for (int i = 0; i < inputs; i++) {
      FloatVector w = FloatVector.fromArray(F, p, row);
      a = w.fma(FloatVector.broadcast(F, x[xAt + i]), a);
      b = w.fma(FloatVector.broadcast(F, x[xb + i]), b);
      c = w.fma(FloatVector.broadcast(F, x[xc + i]), c);
      d = w.fma(FloatVector.broadcast(F, x[xd + i]), d);
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
    FloatVector sum = FloatVector.fromArray(F, p, biases);
    int row = weights;
    for (int i = 0; i < inputs; i++) {
      sum = FloatVector.fromArray(F, p, row).fma(FloatVector.broadcast(F, x[xAt + i]), sum);
      row += stride;
    }
    sum.intoArray(z, zAt);
  }

  @Override
  public void sigmoid(float[] z, int at, int count) {
    FloatVector one = FloatVector.broadcast(F, 1f);
    for (int t = at; t < at + count; t += N) {
      FloatVector x = FloatVector.fromArray(F, z, t).neg().max(Exp.LOWEST).min(Exp.HIGHEST);
      // From here on the steps of Exp.exp.
      FloatVector rounded =
          x.fma(FloatVector.broadcast(F, Exp.LOG2_E), FloatVector.broadcast(F, Exp.ROUNDER));
      FloatVector n = rounded.sub(Exp.ROUNDER);
      FloatVector r = n.fma(FloatVector.broadcast(F, -Exp.LN2_HIGH), x);
      r = n.fma(FloatVector.broadcast(F, -Exp.LN2_LOW), r);
      FloatVector y = r.fma(FloatVector.broadcast(F, Exp.C7), FloatVector.broadcast(F, Exp.C6));
      y = y.fma(r, FloatVector.broadcast(F, Exp.C5));
      y = y.fma(r, FloatVector.broadcast(F, Exp.C4));
      y = y.fma(r, FloatVector.broadcast(F, Exp.C3));
      y = y.fma(r, FloatVector.broadcast(F, Exp.C2));
      y = y.fma(r, one);
      y = y.fma(r, one);
      // The rounder's own bits are shifted out; what stays is n, as an exponent. As a product: a
      // vector's shift costs the compiler so much that where this kernel is inlined into its caller
      // it sometimes gives up, and leaves an object for every vector, for good.
      FloatVector power =
          rounded.reinterpretAsInts().mul(1 << 23).add(EXPONENT_OF_ONE).reinterpretAsFloats();
      one.div(y.mul(power).add(one)).intoArray(z, t);
    }
  }

  /** By the sigmoid of twice as much. */
  @Override
  public void tanh(float[] z, int at, int count) {
    for (int t = at; t < at + count; t += N) {
      FloatVector.fromArray(F, z, t).mul(2f).intoArray(z, t);
    }
    sigmoid(z, at, count);
    FloatVector two = FloatVector.broadcast(F, 2f);
    FloatVector minusOne = FloatVector.broadcast(F, -1f);
    for (int t = at; t < at + count; t += N) {
      FloatVector.fromArray(F, z, t).fma(two, minusOne).intoArray(z, t);
    }
  }

  @Override
  public void relu(float[] z, int at, int count) {
    for (int t = at; t < at + count; t += N) {
      FloatVector.fromArray(F, z, t).max(0f).intoArray(z, t);
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
    FloatVector one = FloatVector.broadcast(F, 1f);
    for (int e = 0; e < examples; e++) {
      int row = aAt + e * stride;
      int target = labels[e] * stride;
      IntVector sum = IntVector.zero(I);
      for (int o = 0; o < stride; o += N) {
        FloatVector output = FloatVector.fromArray(F, a, row + o);
        FloatVector error = output.sub(FloatVector.fromArray(F, targets, target + o));
        IntVector rounded =
            error
                .mul(error)
                .fma(FloatVector.broadcast(F, COST_UNITS), FloatVector.broadcast(F, Exp.ROUNDER))
                .reinterpretAsInts();
        sum = sum.add(rounded.sub(ROUNDER_BITS));
        error.mul(output.mul(one.sub(output))).mul(scale).intoArray(deltas, row + o);
      }
      cost += sum.reduceLanes(VectorOperators.ADD);
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
      for (int o = 0; o < stride; o += N) {
        FloatVector.fromArray(F, a, row + o)
            .sub(FloatVector.fromArray(F, targets, target + o))
            .mul(scale)
            .intoArray(deltas, row + o);
      }
    }
  }

  @Override
  public void sigmoidErrors(float[] a, float[] deltas, int at, int count) {
    FloatVector one = FloatVector.broadcast(F, 1f);
    for (int t = at; t < at + count; t += N) {
      FloatVector output = FloatVector.fromArray(F, a, t);
      FloatVector.fromArray(F, deltas, t).mul(output.mul(one.sub(output))).intoArray(deltas, t);
    }
  }

  @Override
  public void tanhErrors(float[] a, float[] deltas, int at, int count) {
    FloatVector one = FloatVector.broadcast(F, 1f);
    for (int t = at; t < at + count; t += N) {
      FloatVector output = FloatVector.fromArray(F, a, t);
      FloatVector.fromArray(F, deltas, t).mul(output.neg().fma(output, one)).intoArray(deltas, t);
    }
  }

  @Override
  public void reluErrors(float[] a, float[] deltas, int at, int count) {
    FloatVector zero = FloatVector.zero(F);
    for (int t = at; t < at + count; t += N) {
      FloatVector output = FloatVector.fromArray(F, a, t);
      zero.blend(FloatVector.fromArray(F, deltas, t), output.compare(VectorOperators.GT, zero))
          .intoArray(deltas, t);
    }
  }

  @Override
  public void addOuterSparse(
      int[] starts,
      int[] rows,
      float[] x,
      int images,
      float[] deltas,
      int deltaAt,
      int stride,
      float[] target) {
    int c = 0;
    for (; c <= stride - 4 * N; c += 4 * N) {
      for (int s = 0; s < images; s++) {
        addFourVectors(
            rows, x, starts[s], starts[s + 1], deltas, deltaAt + s * stride + c, target, c);
      }
    }
    for (; c < stride; c += N) {
      for (int s = 0; s < images; s++) {
        addOneVector(
            rows, x, starts[s], starts[s + 1], deltas, deltaAt + s * stride + c, target, c);
      }
    }
  }

  private static void addFourVectors(
      int[] rows, float[] x, int from, int to, float[] deltas, int at, float[] target, int c) {
    FloatVector d0 = FloatVector.fromArray(F, deltas, at);
    FloatVector d1 = FloatVector.fromArray(F, deltas, at + N);
    FloatVector d2 = FloatVector.fromArray(F, deltas, at + 2 * N);
    FloatVector d3 = FloatVector.fromArray(F, deltas, at + 3 * N);
    for (int k = from; k < to; k++) {
      int r = rows[k] + c;
      FloatVector v = FloatVector.broadcast(F, x[k]);
      v.fma(d0, FloatVector.fromArray(F, target, r)).intoArray(target, r);
      v.fma(d1, FloatVector.fromArray(F, target, r + N)).intoArray(target, r + N);
      v.fma(d2, FloatVector.fromArray(F, target, r + 2 * N)).intoArray(target, r + 2 * N);
      v.fma(d3, FloatVector.fromArray(F, target, r + 3 * N)).intoArray(target, r + 3 * N);
    }
  }

  private static void addOneVector(
      int[] rows, float[] x, int from, int to, float[] deltas, int at, float[] target, int c) {
    FloatVector d = FloatVector.fromArray(F, deltas, at);
    // By hand in eights: where the compiler unrolls, it adds a loop before and a slow one behind,
    // which cost as much as half of an image's entries.
    int k = from;
    for (; k <= to - 8; k += 8) {
      addEntry(rows, x, k, d, target, c);
      addEntry(rows, x, k + 1, d, target, c);
      addEntry(rows, x, k + 2, d, target, c);
      addEntry(rows, x, k + 3, d, target, c);
      addEntry(rows, x, k + 4, d, target, c);
      addEntry(rows, x, k + 5, d, target, c);
      addEntry(rows, x, k + 6, d, target, c);
      addEntry(rows, x, k + 7, d, target, c);
    }
    for (; k < to; k++) {
      addEntry(rows, x, k, d, target, c);
    }
  }

  private static void addEntry(int[] rows, float[] x, int k, FloatVector d, float[] target, int c) {
    int r = rows[k] + c;
    d.fma(FloatVector.broadcast(F, x[k]), FloatVector.fromArray(F, target, r)).intoArray(target, r);
  }

  @Override
  public void addOuterColumns(
      int[] columnRows,
      int[] columnStarts,
      int columns,
      int[] offsets,
      float[] x,
      float[] deltas,
      int deltaAt,
      float[] target,
      int stride) {
    int c = 0;
    for (; c <= stride - 4 * N; c += 4 * N) {
      for (int column = 0; column < columns; column++) {
        int r = columnRows[column] + c;
        FloatVector w0 = FloatVector.fromArray(F, target, r);
        FloatVector w1 = FloatVector.fromArray(F, target, r + N);
        FloatVector w2 = FloatVector.fromArray(F, target, r + 2 * N);
        FloatVector w3 = FloatVector.fromArray(F, target, r + 3 * N);
        for (int k = columnStarts[column]; k < columnStarts[column + 1]; k++) {
          int d = deltaAt + offsets[k] + c;
          FloatVector v = FloatVector.broadcast(F, x[k]);
          w0 = FloatVector.fromArray(F, deltas, d).fma(v, w0);
          w1 = FloatVector.fromArray(F, deltas, d + N).fma(v, w1);
          w2 = FloatVector.fromArray(F, deltas, d + 2 * N).fma(v, w2);
          w3 = FloatVector.fromArray(F, deltas, d + 3 * N).fma(v, w3);
        }
        w0.intoArray(target, r);
        w1.intoArray(target, r + N);
        w2.intoArray(target, r + 2 * N);
        w3.intoArray(target, r + 3 * N);
      }
    }
    for (; c < stride; c += N) {
      for (int column = 0; column < columns; column++) {
        int r = columnRows[column] + c;
        FloatVector w = FloatVector.fromArray(F, target, r);
        for (int k = columnStarts[column]; k < columnStarts[column + 1]; k++) {
          FloatVector delta = FloatVector.fromArray(F, deltas, deltaAt + offsets[k] + c);
          w = delta.fma(FloatVector.broadcast(F, x[k]), w);
        }
        w.intoArray(target, r);
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
      int stride,
      float[] target,
      int weights) {
    int c = 0;
    for (; c <= stride - 4 * N; c += 4 * N) {
      int i = from;
      for (; i <= to - 4; i += 4) {
        addOuter4x4(
            x,
            xAt + i,
            xStride,
            examples,
            deltas,
            deltaAt + c,
            stride,
            target,
            weights + i * stride + c);
      }
      for (; i < to; i++) {
        addOuter1x4(
            x,
            xAt + i,
            xStride,
            examples,
            deltas,
            deltaAt + c,
            stride,
            target,
            weights + i * stride + c);
      }
    }
    for (; c < stride; c += N) {
      int i = from;
      for (; i <= to - 4; i += 4) {
        addOuter4x1(
            x,
            xAt + i,
            xStride,
            examples,
            deltas,
            deltaAt + c,
            stride,
            target,
            weights + i * stride + c);
      }
      for (; i < to; i++) {
        addOuter1x1(
            x,
            xAt + i,
            xStride,
            examples,
            deltas,
            deltaAt + c,
            stride,
            target,
            weights + i * stride + c);
      }
    }
  }

  private static void addOuter4x4(
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
    FloatVector a0 = FloatVector.fromArray(F, target, row);
    FloatVector a1 = FloatVector.fromArray(F, target, row + N);
    FloatVector a2 = FloatVector.fromArray(F, target, row + 2 * N);
    FloatVector a3 = FloatVector.fromArray(F, target, row + 3 * N);
    FloatVector b0 = FloatVector.fromArray(F, target, rb);
    FloatVector b1 = FloatVector.fromArray(F, target, rb + N);
    FloatVector b2 = FloatVector.fromArray(F, target, rb + 2 * N);
    FloatVector b3 = FloatVector.fromArray(F, target, rb + 3 * N);
    FloatVector c0 = FloatVector.fromArray(F, target, rc);
    FloatVector c1 = FloatVector.fromArray(F, target, rc + N);
    FloatVector c2 = FloatVector.fromArray(F, target, rc + 2 * N);
    FloatVector c3 = FloatVector.fromArray(F, target, rc + 3 * N);
    FloatVector d0 = FloatVector.fromArray(F, target, rd);
    FloatVector d1 = FloatVector.fromArray(F, target, rd + N);
    FloatVector d2 = FloatVector.fromArray(F, target, rd + 2 * N);
    FloatVector d3 = FloatVector.fromArray(F, target, rd + 3 * N);
    int in = xAt;
    int d = deltaAt;
    for (int e = 0; e < examples; e++) {
      FloatVector e0 = FloatVector.fromArray(F, deltas, d);
      FloatVector e1 = FloatVector.fromArray(F, deltas, d + N);
      FloatVector e2 = FloatVector.fromArray(F, deltas, d + 2 * N);
      FloatVector e3 = FloatVector.fromArray(F, deltas, d + 3 * N);
      FloatVector v = FloatVector.broadcast(F, x[in]);
      a0 = e0.fma(v, a0);
      a1 = e1.fma(v, a1);
      a2 = e2.fma(v, a2);
      a3 = e3.fma(v, a3);
      v = FloatVector.broadcast(F, x[in + 1]);
      b0 = e0.fma(v, b0);
      b1 = e1.fma(v, b1);
      b2 = e2.fma(v, b2);
      b3 = e3.fma(v, b3);
      v = FloatVector.broadcast(F, x[in + 2]);
      c0 = e0.fma(v, c0);
      c1 = e1.fma(v, c1);
      c2 = e2.fma(v, c2);
      c3 = e3.fma(v, c3);
      v = FloatVector.broadcast(F, x[in + 3]);
      d0 = e0.fma(v, d0);
      d1 = e1.fma(v, d1);
      d2 = e2.fma(v, d2);
      d3 = e3.fma(v, d3);
      in += xStride;
      d += stride;
    }
    a0.intoArray(target, row);
    a1.intoArray(target, row + N);
    a2.intoArray(target, row + 2 * N);
    a3.intoArray(target, row + 3 * N);
    b0.intoArray(target, rb);
    b1.intoArray(target, rb + N);
    b2.intoArray(target, rb + 2 * N);
    b3.intoArray(target, rb + 3 * N);
    c0.intoArray(target, rc);
    c1.intoArray(target, rc + N);
    c2.intoArray(target, rc + 2 * N);
    c3.intoArray(target, rc + 3 * N);
    d0.intoArray(target, rd);
    d1.intoArray(target, rd + N);
    d2.intoArray(target, rd + 2 * N);
    d3.intoArray(target, rd + 3 * N);
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
    FloatVector w0 = FloatVector.fromArray(F, target, row);
    FloatVector w1 = FloatVector.fromArray(F, target, row + N);
    FloatVector w2 = FloatVector.fromArray(F, target, row + 2 * N);
    FloatVector w3 = FloatVector.fromArray(F, target, row + 3 * N);
    int in = xAt;
    int d = deltaAt;
    for (int e = 0; e < examples; e++) {
      FloatVector v = FloatVector.broadcast(F, x[in]);
      w0 = FloatVector.fromArray(F, deltas, d).fma(v, w0);
      w1 = FloatVector.fromArray(F, deltas, d + N).fma(v, w1);
      w2 = FloatVector.fromArray(F, deltas, d + 2 * N).fma(v, w2);
      w3 = FloatVector.fromArray(F, deltas, d + 3 * N).fma(v, w3);
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
    FloatVector a = FloatVector.fromArray(F, target, row);
    FloatVector b = FloatVector.fromArray(F, target, rb);
    FloatVector c = FloatVector.fromArray(F, target, rc);
    FloatVector d = FloatVector.fromArray(F, target, rd);
    int in = xAt;
    int at = deltaAt;
    for (int e = 0; e < examples; e++) {
      FloatVector delta = FloatVector.fromArray(F, deltas, at);
      a = delta.fma(FloatVector.broadcast(F, x[in]), a);
      b = delta.fma(FloatVector.broadcast(F, x[in + 1]), b);
      c = delta.fma(FloatVector.broadcast(F, x[in + 2]), c);
      d = delta.fma(FloatVector.broadcast(F, x[in + 3]), d);
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
    FloatVector w = FloatVector.fromArray(F, target, row);
    int in = xAt;
    int at = deltaAt;
    for (int e = 0; e < examples; e++) {
      w = FloatVector.fromArray(F, deltas, at).fma(FloatVector.broadcast(F, x[in]), w);
      in += xStride;
      at += stride;
    }
    w.intoArray(target, row);
  }

  @Override
  public void addRows(float[] x, int xAt, int rows, int stride, float[] target, int targetAt) {
    for (int o = 0; o < stride; o += N) {
      FloatVector sum = FloatVector.fromArray(F, target, targetAt + o);
      int at = xAt + o;
      for (int e = 0; e < rows; e++) {
        sum = sum.add(FloatVector.fromArray(F, x, at));
        at += stride;
      }
      sum.intoArray(target, targetAt + o);
    }
  }

  @Override
  public void add(float[] x, float[] target, int at, int count) {
    for (int t = at; t < at + count; t += N) {
      FloatVector.fromArray(F, target, t).add(FloatVector.fromArray(F, x, t)).intoArray(target, t);
    }
  }
}
