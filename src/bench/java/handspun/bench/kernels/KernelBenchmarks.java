package handspun.bench.kernels;

import handspun.math.Kernels;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Each kernel as training calls it for a mini-batch. */
@State(Scope.Thread)
public class KernelBenchmarks {
  /** Units of a hidden layer x examples. */
  @Param({"16x10", "512x128"})
  public String shape;

  private final Kernels kernels = Kernels.fastest();
  private MiniBatch batch;

  private double entries;
  private double inkedPixels;
  private double units;
  private double rows;

  @Setup
  public void setUp() {
    String[] sizes = shape.split("x");
    batch = new MiniBatch(kernels, Integer.parseInt(sizes[0]), Integer.parseInt(sizes[1]));
    entries = batch.entries();
    inkedPixels = batch.inkedPixels();
    units = batch.units;
    rows = batch.rowsOfUnits();
  }

  @Benchmark
  public void decode(Work work) {
    // Of a pixel's quotient: a product and two fused multiply-adds.
    work.set(5 * entries, batch.inputs.end(batch.examples - 1) + 8 * entries);
    batch.decode(kernels);
  }

  @Benchmark
  public void affineSparse(Work work) {
    work.set(2 * entries * units, 4 * (inkedPixels * units + units + rows) + 8 * entries);
    kernels.affineSparse(
        batch.w,
        batch.layout.first(),
        batch.starts,
        batch.cuts,
        batch.parts,
        batch.rows,
        batch.brightness,
        batch.examples,
        batch.z,
        0);
  }

  @Benchmark
  public void affine(Work work) {
    work.set(2 * rows * units, 4 * (units * units + units + 2 * rows));
    kernels.affine(
        batch.w,
        batch.layout.panels(2),
        batch.activations,
        0,
        batch.stride,
        batch.examples,
        batch.z,
        0,
        batch.scratch);
  }

  @Benchmark
  public void sigmoid(Work work) {
    // 10 fused multiply-adds, a difference, a product, a sum and a quotient.
    work.set(24 * rows, 8 * rows);
    kernels.sigmoid(batch.z, 0, batch.examples * batch.stride);
  }

  @Benchmark
  public long outputErrors(Work work) {
    work.set(8 * batch.classes(), 12 * batch.classes());
    return kernels.outputErrors(
        batch.outputs,
        0,
        batch.targets,
        batch.labels,
        batch.examples,
        batch.layout.stride(3),
        0.1f,
        batch.outputDeltas);
  }

  @Benchmark
  public void sigmoidErrors(Work work) {
    work.set(3 * rows, 12 * rows);
    kernels.sigmoidErrors(batch.golden, batch.deltas, 0, batch.examples * batch.stride);
  }

  @Benchmark
  public void addOuterSparse(Work work) {
    work.set(2 * entries * units, 4 * (2 * inkedPixels * units + rows) + 8 * entries);
    kernels.addOuterSparse(
        batch.layout.first(),
        batch.starts,
        batch.rows,
        batch.brightness,
        batch.examples,
        batch.deltas,
        0,
        batch.w);
  }

  @Benchmark
  public void addOuter(Work work) {
    work.set(2 * rows * units, 4 * (2 * units * units + 2 * rows));
    kernels.addOuter(
        batch.activations,
        0,
        batch.stride,
        0,
        batch.layout.rows(2),
        batch.examples,
        batch.deltas,
        0,
        batch.w,
        batch.layout.panels(2),
        batch.scratch);
  }
}
