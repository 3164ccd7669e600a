package handspun.serve;

import handspun.image.DigitNormalizer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Answers made-up requests without a client, so that Java has compiled what many requests a second
 * need before they come: then, its compiler would wait for the processor behind all of them.
 */
final class PredictPractice {
  private static final int TIMES = 8000;
  private static final int BODIES = 16;

  /** In digits, four pixels of five are background. */
  private static final double INKED = 0.2;

  private PredictPractice() {}

  /** Takes about a second. */
  static void run(PredictEndpoint endpoint) {
    SplittableRandom random = new SplittableRandom(1);
    List<Request> requests =
        IntStream.range(0, BODIES).mapToObj(body -> request(body(random))).toList();
    for (int time = 0; time < TIMES; time++) {
      endpoint.answer(requests.get(time % BODIES));
    }
  }

  private static Request request(byte[] body) {
    return new Request(
        "/api/predict", Map.of(), Query.NONE, "application/json", "", Optional.empty(), body);
  }

  private static byte[] body(SplittableRandom random) {
    return IntStream.range(0, DigitNormalizer.PIXELS)
        .mapToObj(
            p ->
                random.nextDouble() < INKED ? Double.toString(random.nextInt(1, 256) / 255.0) : "0")
        .collect(Collectors.joining(",", "{\"pixels\":[", "]}"))
        .getBytes(StandardCharsets.UTF_8);
  }
}
