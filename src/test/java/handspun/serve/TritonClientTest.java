package handspun.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import handspun.data.Dataset;
import handspun.data.DatasetReader;
import handspun.math.AllKernels;
import handspun.math.Kernels;
import handspun.network.Feedforward;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Triton's own client, as it is, where Python has it. */
class TritonClientTest {
  private static final int IMAGES = 100;

  @TempDir Path folder;

  private static String python(String... arguments) throws Exception {
    Process run =
        new ProcessBuilder(Stream.concat(Stream.of("python3"), Arrays.stream(arguments)).toList())
            .redirectErrorStream(true)
            .start();
    String output = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return run.waitFor() == 0 ? output.strip() : "failed: " + output;
  }

  private static boolean hasClient() throws Exception {
    try {
      return python("-c", "import tritonclient.http").isEmpty();
    } catch (IOException e) {
      // There is no Python.
      return false;
    }
  }

  @Test
  void getsTheOutputsOfTheNetwork() throws Exception {
    boolean hasClient = hasClient();
    if (!hasClient) {
      System.out.println("Not asked by Triton's client: python3 has no tritonclient.");
    }
    assumeTrue(hasClient, "python3 has no tritonclient.");
    Dataset mnist = DatasetReader.read(Path.of("data", "mnist"), 0);
    byte[] pixels = new byte[784 * IMAGES];
    for (int i = 0; i < IMAGES; i++) {
      System.arraycopy(mnist.test().inputs().pixels(i), 0, pixels, 784 * i, 784);
    }
    Path file = Files.write(folder.resolve("pixels"), pixels);
    float[] expected =
        Feedforward.outputs(
            RunFiles.network(1), AllKernels.scalar(), mnist.test().inputs().slice(0, IMAGES));
    ByteBuffer bytes =
        ByteBuffer.allocate(Float.BYTES * expected.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(expected);
    try (DigitServer server =
        DigitServer.start("small.handspun", RunFiles.model(1), Kernels.fastest(), "127.0.0.1", 0)) {
      List<String> told =
          python(
                  "src/test/python/triton_client.py",
                  server.address().getAuthority(),
                  "small",
                  file.toString())
              .lines()
              .toList();
      assertThat(told).last().isEqualTo(HexFormat.of().formatHex(bytes.array()));
    }
  }
}
