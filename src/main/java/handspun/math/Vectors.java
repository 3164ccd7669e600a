package handspun.math;

import static handspun.math.Kernels.ROW;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vectors of this process: how wide they are, and how many fit the processor's registers.
 *
 * <p>Static constants, because only then the compiler knows them; wider vectors than the machine
 * has would be a hundred times slower.
 *
 * <p>The module's own range checks cost as much as the arithmetic, since a row's position comes
 * from data: they are switched off here unless the property {@value #CHECKS} says otherwise, as it
 * does in the tests. {@link Kernels} are given positions that were checked when the images were
 * made.
 */
final class Vectors {
  private static final String CHECKS = "jdk.incubator.vector.VECTOR_ACCESS_OOB_CHECK";

  static {
    if (System.getProperty(CHECKS) == null) {
      System.setProperty(CHECKS, "0");
    }
  }

  static final VectorSpecies<Float> F = species();

  /** Numbers of a vector. */
  static final int N = F.length();

  static final int REGISTERS =
      Integer.getInteger(
          KernelChoice.REGISTERS,
          KernelChoice.registers(
              System.getProperty("os.arch"), FloatVector.SPECIES_PREFERRED.vectorBitSize()));

  /**
   * Changes no position in an array of up to {@link Kernels#LONGEST} numbers, but tells the
   * compiler that another number may be added to it without an overflow. It then becomes a part of
   * the instruction that loads, in place of three instructions more.
   */
  static final int INDEX = Kernels.LONGEST - 1;

  private static final int EIGHT_BITS_BITS = Float.floatToRawIntBits(Kernels.EIGHT_BITS);

  private Vectors() {}

  private static VectorSpecies<Float> species() {
    int bits = Integer.getInteger(KernelChoice.PROPERTY, 0);
    return bits == 0
        ? FloatVector.SPECIES_PREFERRED
        : VectorSpecies.of(float.class, VectorShape.forBitSize(bits));
  }

  /**
   * Where a vector of a row of weights is, if a row goes on in the next panel.
   *
   * @param number of the vector, from 0
   * @param panel from a panel to the next
   * @return relative to the first vector, which begins a panel or is within one that all are in
   */
  static int vectorAt(int number, int panel) {
    int column = number * N;
    return column / ROW * panel + column % ROW;
  }

  static FloatVector load(float[] numbers, int at) {
    return FloatVector.fromArray(F, numbers, at);
  }

  static FloatVector broadcast(float number) {
    return FloatVector.broadcast(F, number);
  }

  /** {@return the same, or 0 where it is {@link Kernels#NEGLIGIBLE}} */
  static FloatVector notNegligible(FloatVector error) {
    return error.blend(0f, error.abs().compare(VectorOperators.LT, Kernels.NEGLIGIBLE));
  }

  /** {@return places from 0 to {@code last}, in 256ths: see {@link Kernels#EIGHT_BITS}} */
  static IntVector eightBits(float[] places, int at, int last) {
    return load(places, at)
        .max(0f)
        .min(last)
        .add(Kernels.EIGHT_BITS)
        .reinterpretAsInts()
        .sub(EIGHT_BITS_BITS);
  }
}
