package handspun.read;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import handspun.OwnProcess;
import handspun.data.Examples;
import handspun.data.MadeUpExamples;
import handspun.math.Kernels;
import handspun.network.Initializer;
import handspun.network.Network;
import handspun.network.Topology;
import handspun.store.Model;
import handspun.store.Provenance;
import handspun.train.Acceptance;
import handspun.train.Verdict;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Reading 28 x 28 pixels leaves nothing for the garbage collector but the answer, with the object
 * that the server calls.
 *
 * <p>As long as the Vector API is interpreted, every vector is an object; compiled, none is. So
 * what counts is what it comes to, soon or late. In a process of its own: the compiler keeps
 * vectors out of memory as long as a process has only one width of them, and the other tests have
 * all.
 */
class DigitReaderAllocationTest {
  private static final long LONGEST_NANOS = 600_000_000_000L;

  @ParameterizedTest
  @CsvSource({
    "scalar, '784,16,16,10'",
    "vectors, '784,16,16,10'",
    "scalar, '784,100,10'",
    "vectors, '784,100,10'",
  })
  void allocatesItsAnswerAndNothingElse(String kernels, String layers) throws Exception {
    List<String> told =
        OwnProcess.runWithVectors(
                ReadingLoop.class,
                "-Dhandspun.kernels=" + (kernels.equals("scalar") ? kernels : ""),
                "-Dlayers=" + layers)
            .lines()
            .toList();
    assertThat(told).hasSize(3);
    assertThat(told.get(0)).startsWith(kernels.equals("scalar") ? "scalar" : "Vector API");
    long answers = Long.parseLong(told.get(1));
    assertThat(answers).isBetween(64L * ReadingLoop.READINGS, 128L * ReadingLoop.READINGS);
    assertThat(Long.parseLong(told.get(2))).isLessThanOrEqualTo(answers);
  }

  /** Prints how many bytes answers take, and how many reading them allocates in the end. */
  static final class ReadingLoop {
    static final int READINGS = 1000;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    public static void main(String[] arguments) {
      Topology topology = Topology.parse(System.getProperty("layers"));
      Optional<Acceptance> acceptance = Optional.of(new Acceptance(0.5f, 0.5f));
      Model model =
          new Model(
              Network.random(topology, Initializer.NORMAL, 1),
              Optional.empty(),
              new Provenance("", Map.of(), "", Map.of(), 0, 0, 0),
              acceptance);
      DigitReader reader = DigitReader.of(model, Kernels.fastest());
      Examples examples = MadeUpExamples.of(READINGS, 28, 28, 10, 3);
      byte[][] images = new byte[READINGS][];
      Arrays.setAll(images, examples.inputs()::pixels);
      Reading[] readings = new Reading[READINGS];

      long before = THREADS.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < READINGS; i++) {
        readings[i] =
            new Reading(
                Verdict.DIGIT, i % 10, 1, new float[topology.outputs()], images[i], acceptance);
      }
      long answers = THREADS.getCurrentThreadAllocatedBytes() - before;

      long allocated = Long.MAX_VALUE;
      long start = System.nanoTime();
      while (allocated > answers && System.nanoTime() - start < LONGEST_NANOS) {
        before = THREADS.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < READINGS; i++) {
          readings[i] = reader.read(images[i]);
        }
        allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
      }
      System.out.println(Kernels.fastest().description());
      System.out.println(answers);
      System.out.println(allocated);
    }
  }
}
