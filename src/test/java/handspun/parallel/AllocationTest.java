package handspun.parallel;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import handspun.OwnProcess;
import handspun.data.Examples;
import handspun.data.MadeUpExamples;
import handspun.math.Kernels;
import handspun.network.Topology;
import handspun.train.EpochStart;
import handspun.train.EveryOption;
import handspun.train.MiniBatches;
import handspun.train.Plan;
import handspun.train.TrainingState;
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
        OwnProcess.runWithVectors(
            TrainingLoop.class,
            "-Dhandspun.kernels=" + (kernels.equals("scalar") ? kernels : ""),
            "-Dlayers=" + layers);
    assertThat(told.lines())
        .hasSize(6)
        .first()
        .asString()
        .startsWith(kernels.equals("scalar") ? "scalar" : "Vector API");
    assertThat(told.lines().skip(1))
        .containsExactly(
            "one lane: 0 bytes",
            "8 lanes: 0 bytes",
            "8 lanes on their own: 0 bytes",
            "options together: 0 bytes",
            "options together: 0 bytes");
  }

  /** Prints how many bytes an epoch's mini-batches allocate in the end. */
  static final class TrainingLoop {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Topology topology;
    private final Examples examples = MadeUpExamples.of(640, 28, 28, 10, 3);

    private TrainingLoop(Topology topology) {
      this.topology = topology;
    }

    public static void main(String[] arguments) {
      TrainingLoop loop = new TrainingLoop(Topology.parse(System.getProperty("layers")));
      System.out.println(Kernels.fastest().description());
      System.out.println("one lane: " + loop.inTheEnd(10, 1, 1) + " bytes");
      System.out.println("8 lanes: " + loop.inTheEnd(64, 8, 1) + " bytes");
      System.out.println("8 lanes on their own: " + loop.inTheEnd(64, 8, 5) + " bytes");
      EveryOption.together(loop.plan(64, 8, 5))
          .forEach(
              plan -> System.out.println("options together: " + loop.inTheEnd(plan) + " bytes"));
    }

    private Plan plan(int miniBatch, int lanes, int localSteps) {
      return new Plan(topology, 1, miniBatch, 0.1f, 1, lanes, localSteps);
    }

    private long inTheEnd(int miniBatch, int lanes, int localSteps) {
      return inTheEnd(plan(miniBatch, lanes, localSteps));
    }

    private long inTheEnd(Plan plan) {
      MiniBatches miniBatches = new MiniBatches(examples.count(), plan);
      Team team = new Team(plan, new Partitioning(miniBatches, 1), Placement.alone(1));
      team.publish(0, examples);
      team.begin(new EpochStart(1, TrainingState.initial(plan).model()));
      EpochLoop epoch =
          new EpochLoop(team, 0, examples.slice(0, 0), Kernels.fastest(), () -> false);
      long allocated = -1;
      long start = System.nanoTime();
      while (allocated != 0 && System.nanoTime() - start < LONGEST_NANOS) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        for (int times = 0; times < 4; times++) {
          epoch.run(0, miniBatches.count());
        }
        allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
      }
      return allocated;
    }
  }
}
