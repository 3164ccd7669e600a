package handspun.bench;

import handspun.UsageException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * What a client sends: requests of one kind, several different ones in turn.
 *
 * @param id for machines
 * @param name for people
 * @param images in each request
 * @param requests whole, outside of the heap, from where the system takes them without a copy
 */
record LoadBody(String id, String name, int images, List<ByteBuffer> requests) {
  static final String JSON = "json";
  static final String BATCH = "batch";
  static final int BATCH_IMAGES = 10_000;

  private static final String BINARY = "binary";
  private static final String PNG_28 = "png-28";
  private static final String PNG_280 = "png-280";
  private static final List<String> IDS = List.of(JSON, BINARY, PNG_28, PNG_280, BATCH);

  private static final int DIFFERENT = 64;
  private static final int DIFFERENT_BATCHES = 2;

  /**
   * @param digits that are to be read
   * @param only the kinds that are wanted; none for all
   * @return one of each kind
   */
  static List<LoadBody> of(DigitRequests digits, List<String> only) {
    return IDS.stream()
        .filter(id -> only.isEmpty() || only.contains(id))
        .map(id -> of(id, digits))
        .toList();
  }

  private static LoadBody of(String id, DigitRequests digits) {
    return switch (id) {
      case JSON -> of(id, "JSON", digits::pixels);
      case BINARY -> of(id, "binary", i -> digits.binary(i, 1));
      case PNG_28 -> of(id, "PNG, 28 x 28", digits::smallPng);
      case PNG_280 -> of(id, "PNG of the page", digits::pagePng);
      case BATCH ->
          new LoadBody(
              id,
              "binary, %,d images".formatted(BATCH_IMAGES),
              BATCH_IMAGES,
              requests(DIFFERENT_BATCHES, i -> digits.binary(i, BATCH_IMAGES)));
      default -> throw new IllegalArgumentException(id);
    };
  }

  /**
   * @param ids of kinds, as typed
   * @throws UsageException if there is no kind of such an id
   */
  static void requireKnown(List<String> ids) {
    for (String id : ids) {
      if (!IDS.contains(id)) {
        throw new UsageException(
            "There is no body %s: name some of %s.".formatted(id, String.join(", ", IDS)));
      }
    }
  }

  private static LoadBody of(String id, String name, IntFunction<byte[]> request) {
    return new LoadBody(id, name, 1, requests(DIFFERENT, request));
  }

  private static List<ByteBuffer> requests(int different, IntFunction<byte[]> request) {
    return IntStream.range(0, different).mapToObj(request).map(LoadBody::direct).toList();
  }

  static ByteBuffer direct(byte[] bytes) {
    return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
  }
}
