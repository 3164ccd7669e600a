package handspun.bench.kernels;

import handspun.math.Kernels;
import handspun.network.Feedforward;
import handspun.network.Initializer;
import handspun.network.Network;
import handspun.network.Topology;
import java.util.Arrays;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One image, from its bytes to the digit that it is read as: another one every time. */
@State(Scope.Thread)
public class PredictionBenchmarks {
  private static final int IMAGES = 64;
  private static final double FLOPS_OF_A_SIGMOID = 24;

  @Param({"784-16-16-10", "784-300-100-10", "784-800-10", "784-800-400-10"})
  public String shape;

  private final byte[][] images = new byte[IMAGES][];
  private Feedforward feedforward;
  private double flops;
  private double bytes;
  private int next;

  @Setup
  public void setUp() {
    byte[] pixels = TestImages.pixels(IMAGES);
    double inked = 0;
    for (int i = 0; i < IMAGES; i++) {
      int from = i * TestImages.PIXELS;
      images[i] = Arrays.copyOfRange(pixels, from, from + TestImages.PIXELS);
      for (byte pixel : images[i]) {
        inked += pixel == 0 ? 0 : 1.0 / IMAGES;
      }
    }
    Topology topology = Topology.parse(shape.replace('-', ','));
    feedforward =
        Feedforward.of(Network.random(topology, Initializer.NORMAL, 1), Kernels.fastest(), 1);
    double weights = inked * topology.size(1);
    for (int l = 2; l < topology.layers(); l++) {
      weights += (double) topology.size(l - 1) * topology.size(l);
    }
    flops = 2 * weights + FLOPS_OF_A_SIGMOID * topology.units();
    bytes = TestImages.PIXELS + 4 * (weights + 2 * topology.units());
  }

  @Benchmark
  public int prediction(Work work) {
    work.set(flops, bytes);
    feedforward.read(images[next]);
    next = (next + 1) % IMAGES;
    return feedforward.prediction(0);
  }
}
