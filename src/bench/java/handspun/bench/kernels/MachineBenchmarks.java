package handspun.bench.kernels;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What one core of this machine can do at most: the roof over all kernels. */
@State(Scope.Thread)
public class MachineBenchmarks {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int STEPS = 4096;
  private static final int SUMS = 12;

  /** Numbers in each of three arrays, which together no cache holds. */
  private static final int NUMBERS = 1 << 24;

  @Param({"one core"})
  public String shape;

  private float factor = 0.999f;
  private float[] a = {};
  private float[] b = {};
  private float[] c = {};

  @Setup
  public void setUp() {
    a = filled(0);
    b = filled(1);
    c = filled(2);
  }

  private static float[] filled(float value) {
    float[] numbers = new float[NUMBERS];
    Arrays.fill(numbers, value);
    return numbers;
  }

  /** Fused multiply-adds between registers, more of them under way than two units can take. */
  @Benchmark
  public float peak(Work work) {
    work.set(2.0 * STEPS * SUMS * SPECIES.length(), 0);
    work.vectorBits = SPECIES.vectorBitSize();
    FloatVector x = FloatVector.broadcast(SPECIES, factor);
    FloatVector s0 = x;
    FloatVector s1 = x;
    FloatVector s2 = x;
    FloatVector s3 = x;
    FloatVector s4 = x;
    FloatVector s5 = x;
    FloatVector s6 = x;
    FloatVector s7 = x;
    FloatVector s8 = x;
    FloatVector s9 = x;
    FloatVector s10 = x;
    FloatVector s11 = x;
    for (int step = 0; step < STEPS; step++) {
      s0 = s0.fma(x, x);
      s1 = s1.fma(x, x);
      s2 = s2.fma(x, x);
      s3 = s3.fma(x, x);
      s4 = s4.fma(x, x);
      s5 = s5.fma(x, x);
      s6 = s6.fma(x, x);
      s7 = s7.fma(x, x);
      s8 = s8.fma(x, x);
      s9 = s9.fma(x, x);
      s10 = s10.fma(x, x);
      s11 = s11.fma(x, x);
    }
    FloatVector even = s0.add(s2).add(s4.add(s6)).add(s8.add(s10));
    FloatVector odd = s1.add(s3).add(s5.add(s7)).add(s9.add(s11));
    return even.add(odd).reduceLanes(VectorOperators.ADD);
  }

  /** McCalpin's triad: two arrays are read and one is written. */
  @Benchmark
  public void bandwidth(Work work) {
    work.set(2.0 * NUMBERS, 12.0 * NUMBERS);
    float f = factor;
    for (int t = 0; t < NUMBERS; t++) {
      a[t] = b[t] + f * c[t];
    }
  }
}
