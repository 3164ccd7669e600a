package handspun.bench.kernels;

import handspun.bench.kernels.MiniBatch.Columns;
import handspun.math.Kernels;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The kernel that only wide layers and large mini-batches need; without the sorting. */
@State(Scope.Thread)
public class ColumnBenchmarks {
  @Param({"512x128"})
  public String shape;

  private final Kernels kernels = Kernels.fastest();
  private MiniBatch batch;
  private double flops;
  private double inkedBytes;
  private double otherBytes;

  @Setup
  public void setUp() {
    String[] sizes = shape.split("x");
    batch = new MiniBatch(kernels, Integer.parseInt(sizes[0]), Integer.parseInt(sizes[1]));
    flops = 2 * batch.entries() * batch.units;
    inkedBytes = 4 * batch.inkedPixels() * batch.units;
    otherBytes = 4 * batch.rowsOfUnits() + 8 * batch.entries();
  }

  @Benchmark
  public void addOuterColumns(Work work) {
    work.set(flops, 2 * inkedBytes + otherBytes);
    int at = 0;
    for (Columns columns : batch.columns) {
      kernels.addOuterColumns(
          batch.layout.first(),
          columns.rows(),
          columns.starts(),
          columns.count(),
          columns.offsets(),
          columns.brightness(),
          batch.deltas,
          at,
          batch.w);
      at += columns.images() * batch.stride;
    }
  }
}
