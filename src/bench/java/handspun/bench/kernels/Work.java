package handspun.bench.kernels;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What one call of a benchmark does, for whoever divides it by the time that it takes. */
@AuxCounters(AuxCounters.Type.EVENTS)
@State(Scope.Thread)
public class Work {
  /** Floating-point operations on units and inked pixels, not on padding; a fused one is two. */
  public double flops;

  /** Bytes of all numbers that are read or written, as if each moved once (each way, if both). */
  public double bytes;

  /** Bits of the widest vectors of this machine; 0 where that is not asked. */
  public double vectorBits;

  void set(double flopsOfACall, double bytesOfACall) {
    flops = flopsOfACall;
    bytes = bytesOfACall;
  }
}
