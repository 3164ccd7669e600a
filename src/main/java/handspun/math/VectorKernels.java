package handspun.math;

import static handspun.math.Vectors.F;
import static handspun.math.Vectors.N;
import static handspun.math.Vectors.eightBits;
import static handspun.math.Vectors.notNegligible;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.stream.IntStream;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The kernels with Java's Vector API (an incubating module in Java 17, so only the classes whose
 * names begin with Vector know it).
 *
 * <p>Large products are in {@link VectorTiles}, those of few units or few examples in {@link
 * VectorRows}, the first layer is in {@link VectorImages}.
 *
 * <p>A vector that leaves a method which is not inlined becomes an object, so vectors live within
 * one method; what takes or returns one is in {@link Vectors}, see {@link KernelOptions}.
 */
final class VectorKernels implements Kernels {
  private static final VectorSpecies<Integer> I = VectorSpecies.of(int.class, F.vectorShape());

  /** As many as there are floats in a vector; in the narrowest, half of them are not used. */
  private static final VectorSpecies<Byte> B =
      VectorSpecies.of(byte.class, VectorShape.forBitSize(Math.max(64, F.vectorBitSize() / 4)));

  /** Not {@code addIndex}, which makes objects. */
  private static final int[] NUMBERS = IntStream.range(0, ROW).toArray();

  /** Where the rows of a panel begin, relative to the first. */
  private static final int[] STEPS = IntStream.range(0, ROW).map(row -> row * ROW).toArray();

  private static final int ROUNDER_BITS = Float.floatToRawIntBits(Exp.ROUNDER);
  private static final int EXPONENT_OF_ONE = 127 << 23;
  private static final VarHandle TWO_PIXELS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

  /** Of two pixels in an int, one in each half. */
  private static final int HALVES = 0x00ff00ff;

  private static final float COST_UNITS = (float) (1 / COST_UNIT);
  private static final float INVERSE_255 = 1f / 255;
  private static final float INVERSE_255_REST = (float) (1.0 / 255 - INVERSE_255);

  @Override
  public String description() {
    int preferred = FloatVector.SPECIES_PREFERRED.vectorBitSize();
    return "Vector API, "
        + F.vectorBitSize()
        + " bit, "
        + Vectors.REGISTERS
        + " registers"
        + (F.vectorBitSize() > preferred ? " (slow: this machine has " + preferred + " bit)" : "");
  }

  @Override
  public int scratch() {
    return VectorTiles.SCRATCH;
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
      LayerRows layer,
      int[] starts,
      int[] cuts,
      int parts,
      int[] rows,
      float[] x,
      int images,
      float[] z,
      int zAt) {
    VectorImages.affineSparse(p, layer, starts, cuts, parts, rows, x, images, z, zAt);
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
    if (layer.columns() >= VectorTiles.FEWEST_COLUMNS && examples >= VectorTiles.MANY) {
      VectorTiles.affine(p, layer, x, xAt, xStride, examples, z, zAt, scratch);
    } else {
      VectorRows.affine(p, layer, 0, x, xAt, xStride, examples, z, zAt);
    }
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
      // The rounder's own bits are shifted out; what stays is n, as an exponent. As a product,
      // which
      // costs the compiler less than a vector's shift: see KernelOptions.
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
        notNegligible(error.mul(output.mul(one.sub(output))).mul(scale)).intoArray(deltas, row + o);
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
        FloatVector difference =
            FloatVector.fromArray(F, a, row + o).sub(FloatVector.fromArray(F, targets, target + o));
        notNegligible(difference.mul(scale)).intoArray(deltas, row + o);
      }
    }
  }

  @Override
  public void sigmoidErrors(float[] a, float[] deltas, int at, int count) {
    FloatVector one = FloatVector.broadcast(F, 1f);
    for (int t = at; t < at + count; t += N) {
      FloatVector output = FloatVector.fromArray(F, a, t);
      FloatVector error = FloatVector.fromArray(F, deltas, t).mul(output.mul(one.sub(output)));
      notNegligible(error).intoArray(deltas, t);
    }
  }

  @Override
  public void tanhErrors(float[] a, float[] deltas, int at, int count) {
    FloatVector one = FloatVector.broadcast(F, 1f);
    for (int t = at; t < at + count; t += N) {
      FloatVector output = FloatVector.fromArray(F, a, t);
      FloatVector error = FloatVector.fromArray(F, deltas, t).mul(output.neg().fma(output, one));
      notNegligible(error).intoArray(deltas, t);
    }
  }

  @Override
  public void reluErrors(float[] a, float[] deltas, int at, int count) {
    FloatVector zero = FloatVector.zero(F);
    for (int t = at; t < at + count; t += N) {
      FloatVector output = FloatVector.fromArray(F, a, t);
      FloatVector error = notNegligible(FloatVector.fromArray(F, deltas, t));
      zero.blend(error, output.compare(VectorOperators.GT, zero)).intoArray(deltas, t);
    }
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
    VectorImages.addOuterSparse(layer, starts, rows, x, images, deltas, deltaAt, target);
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
    VectorImages.addOuterColumns(
        layer, columnRows, columnStarts, columns, offsets, x, deltas, deltaAt, target);
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
    if (layer.columns() >= VectorTiles.FEWEST_COLUMNS && examples >= VectorTiles.ROWS) {
      VectorTiles.addOuter(
          x, xAt, xStride, from, to, examples, deltas, deltaAt, target, layer, scratch);
    } else {
      VectorRows.addOuter(x, xAt, xStride, from, to, examples, deltas, deltaAt, target, layer);
    }
  }

  @Override
  public void transpose(float[] w, LayerPanels layer, int from, int to, LayerPanels transposed) {
    for (int row = from; row < to; ) {
      int i = row % layer.inputs();
      int first = row / layer.inputs() * ROW;
      int units = Math.min(ROW, transposed.inputs() - first);
      int source = layer.row(row);
      int target = transposed.weight(first, i);
      // As many rows as lie side by side where they go, or one.
      int rows = i % N == 0 && i + N <= layer.inputs() && row + N <= to ? N : 1;
      if (rows == N) {
        for (int o = 0; o < units; o++) {
          FloatVector.fromArray(F, w, source + o, STEPS, 0).intoArray(w, target + o * ROW);
        }
      } else {
        for (int o = 0; o < units; o++) {
          w[target + o * ROW] = w[source + o];
        }
      }
      row += rows;
    }
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

  @Override
  public void interpolate(
      byte[] pixels, int stride, float[] x, float[] y, int lastX, int lastY, int[] brightness) {
    for (int i = 0; i < brightness.length; i += N) {
      IntVector inX = eightBits(x, i, lastX);
      IntVector inY = eightBits(y, i, lastY);
      inY.lanewise(VectorOperators.LSHR, 8)
          .mul(stride)
          .add(inX.lanewise(VectorOperators.LSHR, 8))
          .intoArray(brightness, i);
    }
    // One by one: where a machine can gather at all, it is not faster.
    for (int i = 0; i < brightness.length; i++) {
      int at = brightness[i];
      brightness[i] =
          ((short) TWO_PIXELS.get(pixels, at) & 0xffff)
              | ((short) TWO_PIXELS.get(pixels, at + stride) << 16);
    }
    for (int i = 0; i < brightness.length; i += N) {
      IntVector partX = eightBits(x, i, lastX).and(0xff);
      IntVector partY = eightBits(y, i, lastY).and(0xff);
      IntVector four = IntVector.fromArray(I, brightness, i);
      // The upper two pixels are in the lower half, so that one product serves both rows.
      IntVector left = four.and(HALVES);
      IntVector right = four.lanewise(VectorOperators.LSHR, 8).and(HALVES);
      IntVector both = left.lanewise(VectorOperators.LSHL, 8).add(right.sub(left).mul(partX));
      IntVector above = both.and(0xffff);
      IntVector below = both.lanewise(VectorOperators.LSHR, 16);
      above
          .lanewise(VectorOperators.LSHL, 8)
          .add(below.sub(above).mul(partY))
          .add(1 << 15)
          .lanewise(VectorOperators.LSHR, 16)
          .intoArray(brightness, i);
    }
  }
}
