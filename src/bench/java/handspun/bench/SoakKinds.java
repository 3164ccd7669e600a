package handspun.bench;

import handspun.bench.SoakMix.Kind;
import handspun.bench.SoakRequest.Way;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** What a soak sends: everything that clients send, some of it wrong. */
final class SoakKinds {
  private static final int OK = 200;
  private static final int DIFFERENT = 12;
  private static final int BATCH = 20;
  private static final int BINARY_BATCH = 100;
  private static final int TOO_LARGE = 100 << 20;

  /** Bytes after which clients leave: in the head, and in the body. */
  private static final int PART_OF_HEAD = 40;

  private static final int PART_OF_BODY = 1000;

  private final DigitRequests digits;
  private final List<Kind> kinds = new ArrayList<>();

  private SoakKinds(DigitRequests digits) {
    this.digits = digits;
  }

  /**
   * @param digits that are to be read
   * @param page paths of the page's files
   * @return all kinds
   */
  static List<Kind> all(DigitRequests digits, List<String> page) {
    SoakKinds all = new SoakKinds(digits);
    all.addReadings();
    all.addProtocol();
    all.addLookups(page);
    all.addRefused();
    all.addClientsThatLeave();
    return all.kinds;
  }

  private void addReadings() {
    add(20, "pixels", digits::pixels);
    add(10, "strokes", digits::strokes);
    add(10, "PNG, 28 x 28", digits::smallPng);
    add(10, "PNG of the page", digits::pagePng);
    add(5, "JPEG", digits::jpeg);
    add(2, "form", digits::form);
    add(2, "packed", digits::packed);
    add(3, "instances", i -> digits.instances(i, BATCH));
    add(1, "steps", i -> altered(digits.pagePng(i), "/predict", "/steps"));
    add(OK, Way.ONE_SHOT, 3, "one-shot", i -> digits.pixels(i, "Connection: close"));
  }

  private void addProtocol() {
    add(10, "binary", i -> digits.binary(i, 1));
    add(2, "binary batch", i -> digits.binary(i, BINARY_BATCH));
    add(5, "tensor", digits::tensor);
    add(3, "version 1", digits::instancesOfVersion1);
    String model = "/v2/models/" + digits.model();
    addGets(
        Way.KEEP_ALIVE,
        8,
        "metadata",
        List.of(
            "/v2",
            "/v2/health/live",
            "/v2/health/ready",
            model,
            model + "/ready",
            model + "/config",
            "/v1/models"));
    addGets(Way.CHANGING, 1, "statistics", List.of(model + "/stats"));
  }

  private void addLookups(List<String> page) {
    addGets(Way.KEEP_ALIVE, 5, "page", page);
    addGets(
        Way.KEEP_ALIVE,
        5,
        "lookup",
        List.of("/api/model", "/api/models", "/api/parameters", "/healthz", "/readyz"));
    addGets(Way.CHANGING, 2, "metrics", List.of("/metrics", "/metrics?names=triton"));
  }

  private void addRefused() {
    addRefused(400, "broken JSON", i -> DigitRequests.predict("{\"pixels\":[1,2,"));
    addRefused(400, "too few pixels", i -> DigitRequests.predict("{\"pixels\":[0]}"));
    addRefused(400, "broken PNG", i -> png(Arrays.copyOf(pagePng(i), 500)));
    addRefused(400, "wrong shape", i -> altered(digits.binary(i, 1), "[1,784]", "[2,784]"));
    addRefused(403, "page of another site", i -> digits.pixels(i, "Origin: http://x.example"));
    addRefused(404, "no such address", i -> RequestBytes.get("/nowhere/" + i));
    addRefused(404, "no such model", i -> altered(digits.binary(i, 1), digits.model(), "nobody"));
    addRefused(405, "wrong method", i -> RequestBytes.get("/api/predict"));
    // It is answered at once, without the body, which never comes.
    addRefused(413, "too large", i -> altered(png(new byte[0]), ": 0", ": " + TOO_LARGE));
    addRefused(415, "text", i -> DigitRequests.predict("text/plain", pagePng(i)));
    addRefused(421, "foreign name", i -> altered(digits.pixels(i), "localhost", "x.example"));
    addRefused(422, "blank", i -> png(DigitPictures.smallPng(new byte[784])));
  }

  private void addClientsThatLeave() {
    add(0, Way.LEAVE, 1, "leaves in the head", i -> part(i, PART_OF_HEAD));
    add(0, Way.LEAVE, 1, "leaves in the body", i -> part(i, PART_OF_BODY));
    add(0, Way.LEAVE, 1, "leaves before the answer", digits::pixels);
  }

  private byte[] part(int number, int bytes) {
    return Arrays.copyOf(digits.pixels(number), bytes);
  }

  private byte[] pagePng(int number) {
    return DigitPictures.pagePng(digits.image(number));
  }

  private static byte[] png(byte[] file) {
    return DigitRequests.predict(DigitRequests.PNG, file);
  }

  /** {@return a request with something else in the place of its first such text} */
  private static byte[] altered(byte[] request, String text, String other) {
    String all = new String(request, StandardCharsets.ISO_8859_1);
    int at = all.indexOf(text);
    return (all.substring(0, at) + other + all.substring(at + text.length()))
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  private void add(int weight, String kind, IntFunction<byte[]> request) {
    add(OK, Way.KEEP_ALIVE, weight, kind, request);
  }

  private void addRefused(int status, String kind, IntFunction<byte[]> request) {
    add(status, Way.KEEP_ALIVE, 1, "refused: " + kind, request);
  }

  private void add(int status, Way way, int weight, String kind, IntFunction<byte[]> request) {
    kinds.add(
        new Kind(
            weight,
            IntStream.range(0, DIFFERENT)
                .mapToObj(i -> SoakRequest.of(kind, request.apply(i), status, way))
                .toList()));
  }

  private void addGets(Way way, int weight, String kind, List<String> paths) {
    kinds.add(
        new Kind(
            weight,
            paths.stream()
                .map(path -> SoakRequest.of(kind, RequestBytes.get(path), OK, way))
                .toList()));
  }
}
