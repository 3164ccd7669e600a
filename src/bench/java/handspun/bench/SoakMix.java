package handspun.bench;

import handspun.HandspunException;
import handspun.bench.SoakRequest.Way;
import handspun.math.RandomStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Requests of many kinds, some more often than others: which, is a function of their number. */
final class SoakMix {
  private static final long SEED = 1;

  private final List<Kind> kinds;
  private final int weights;

  /**
   * Requests of one kind.
   *
   * @param weight how often it is sent, beside the others'
   * @param requests of which any is sent
   */
  record Kind(int weight, List<SoakRequest> requests) {
    Kind {
      requests = new ArrayList<>(requests);
    }
  }

  SoakMix(List<Kind> kinds) {
    this.kinds = List.copyOf(kinds);
    this.weights = kinds.stream().mapToInt(Kind::weight).sum();
  }

  /** {@return the request of this number} */
  SoakRequest request(long number) {
    RandomStream random = new RandomStream(SEED, number);
    int chosen = random.nextInt(weights);
    int kind = 0;
    while (chosen >= kinds.get(kind).weight()) {
      chosen -= kinds.get(kind).weight();
      kind++;
    }
    List<SoakRequest> requests = kinds.get(kind).requests();
    return requests.get(random.nextInt(requests.size()));
  }

  /**
   * Sends each request once, and from then on expects what was answered.
   *
   * @param client that nobody disturbs
   * @throws HandspunException if something is wrong with an answer already
   */
  void learn(BlockingClient client) {
    for (Kind kind : kinds) {
      for (int i = 0; i < kind.requests().size(); i++) {
        SoakRequest request = kind.requests().get(i);
        if (request.way() != Way.LEAVE) {
          BlockingClient.Answer answer = first(client, request);
          request
              .wrong(answer)
              .ifPresent(
                  wrong -> {
                    throw new HandspunException(
                        "The first request of the kind \"%s\" got %s: %s"
                            .formatted(
                                request.kind(),
                                wrong,
                                new String(answer.body(), StandardCharsets.UTF_8)));
                  });
          kind.requests().set(i, request.expecting(answer));
        }
      }
    }
  }

  private static BlockingClient.Answer first(BlockingClient client, SoakRequest request) {
    try {
      return request.send(client);
    } catch (IOException e) {
      throw new HandspunException(
          "The first request of the kind \"%s\" got no answer: %s."
              .formatted(request.kind(), HandspunException.reason(e)),
          e);
    }
  }
}
