package handspun.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import handspun.OwnProcess;
import handspun.data.Examples;
import handspun.data.MadeUpExamples;
import handspun.math.Kernels;
import handspun.math.Share;
import handspun.network.Factors;
import handspun.network.Layout;
import handspun.network.Network;
import handspun.network.Topology;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The training loop leaves nothing for the garbage collector.
 *
 * <p>As long as the Vector API is interpreted, every vector is an object; compiled, none is. So
 * what counts is that it comes to nothing, soon or late. In a process of its own: the compiler
 * keeps vectors out of memory as long as a process has only one width of them, and the other tests
 * have all.
 */
class AllocationTest {
  private static final long LONGEST_NANOS = 600_000_000_000L;

  @ParameterizedTest
  @CsvSource({
    "scalar, '784,16,16,10'",
    "vectors, '784,16,16,10'",
    "scalar, '784,100,10'",
    "vectors, '784,100,10'",
  })
  void aMiniBatchAllocatesNothing(String kernels, String layers) throws Exception {
    String told =
        OwnProcess.run(
            TrainingLoop.class,
            "--add-modules=jdk.incubator.vector",
            "-Dhandspun.kernels=" + (kernels.equals("scalar") ? kernels : ""),
            "-Dlayers=" + layers);
    assertThat(told.lines())
        .hasSize(4)
        .first()
        .asString()
        .startsWith(kernels.equals("scalar") ? "scalar" : "Vector API");
    assertThat(told.lines().skip(1))
        .containsExactly("one lane: 0 bytes", "8 lanes: 0 bytes", "8 lanes on their own: 0 bytes");
  }

  /** One mini-batch, or a round of them. */
  private interface Step {
    void run(int miniBatch);
  }

  /** Prints how many bytes a round of mini-batches allocates in the end. */
  static final class TrainingLoop {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Topology topology;
    private final Layout layout;
    private final float[] w;
    private final Examples examples = MadeUpExamples.of(640, 28, 28, 10, 3);

    private TrainingLoop(Topology topology) {
      this.topology = topology;
      layout = new Layout(topology);
      w = layout.toWorking(Network.random(topology, 1).parameters());
    }

    public static void main(String[] arguments) {
      TrainingLoop loop = new TrainingLoop(Topology.parse(System.getProperty("layers")));
      System.out.println(Kernels.fastest().description());
      System.out.println("one lane: " + inTheEnd(200, loop.oneLane()) + " bytes");
      System.out.println("8 lanes: " + inTheEnd(50, loop.eightLanes(1)) + " bytes");
      System.out.println("8 lanes on their own: " + inTheEnd(20, loop.eightLanes(5)) + " bytes");
    }

    private Step oneLane() {
      Plan plan = new Plan(topology, 1, 10, 0.1f, 1, 1);
      GradientWorker worker = new GradientWorker(plan, layout, Kernels.fastest(), 10);
      Factors factors = new Factors(layout, 10);
      return t -> {
        worker.clear();
        for (int j = 0; j < 10; j++) {
          worker.take(examples, (10 * t + j) % examples.count());
        }
        for (int j = 10; j < 20; j++) {
          worker.touch(examples, (10 * t + j) % examples.count());
        }
        worker.compute(w, 10, factors, 0);
        worker.addGradient(factors, w, Share.WHOLE);
        layout.refreshTransposed(w, Share.WHOLE);
      };
    }

    private Step eightLanes(int localSteps) {
      Plan plan = new Plan(topology, 1, 64, 0.1f, 1, 8, localSteps);
      Partitioning one = new Partitioning(new MiniBatches(examples.count(), plan), 1);
      GradientWorker worker =
          new GradientWorker(plan, layout, Kernels.fastest(), LaneGradients.mostExamples(plan));
      LaneGradients lanes = new LaneGradients(plan, one, 0, layout, worker, () -> {});
      int[] order = one.miniBatches().order(1, 1);
      int round = 64 * localSteps;
      return t -> {
        float[][] sums = lanes.compute(w, examples, order, t * round % order.length, round);
        worker.add(sums[0], w, Share.WHOLE);
        layout.refreshTransposed(w, Share.WHOLE);
      };
    }

    private static long inTheEnd(int miniBatches, Step step) {
      long allocated = -1;
      long start = System.nanoTime();
      while (allocated != 0 && System.nanoTime() - start < LONGEST_NANOS) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        for (int t = 0; t < miniBatches; t++) {
          step.run(t);
        }
        allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
      }
      return allocated;
    }
  }
}
