package handspun.bench;

/**
 * What one kernel takes for a mini-batch, or what the machine can do.
 *
 * @param kernel its name
 * @param shape of the layer and the mini-batch, such as 512x128, or of the network
 * @param implementation scalar, or the width of its vectors in bits; empty for the machine
 * @param nanoseconds of a call
 * @param flops floating-point operations of a call
 * @param bytes that a call moves
 * @param vectorBits of the widest vectors of the machine; 0 if it was not asked for them
 */
record KernelTime(
    String kernel,
    String shape,
    String implementation,
    Spread nanoseconds,
    double flops,
    double bytes,
    int vectorBits) {

  /** Floating-point operations a nanosecond: billions a second. */
  double gigaflops() {
    return flops / nanoseconds.median();
  }

  /** Bytes a nanosecond: billions a second. */
  double gigabytes() {
    return bytes / nanoseconds.median();
  }

  boolean isOfTheSame(KernelTime other) {
    return kernel.equals(other.kernel) && shape.equals(other.shape);
  }
}
