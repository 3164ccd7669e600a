package handspun.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import handspun.data.DataSources;
import handspun.data.Dataset;
import handspun.data.DatasetReader;
import handspun.files.Location;
import handspun.image.Preprocessing;
import handspun.math.AllKernels;
import handspun.math.Kernels;
import handspun.network.Initializer;
import handspun.network.Network;
import handspun.network.QuadraticCost;
import handspun.network.Topology;
import handspun.read.NearestImages;
import handspun.store.Model;
import handspun.store.Provenance;
import handspun.train.Evaluation;
import handspun.train.Hyperparameters;
import handspun.train.Plan;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Test and training images over real HTTP: MNIST's. */
class ExampleImagesTest {
  private static final Network NETWORK =
      Network.random(new Topology(784, 16, 10), Initializer.NORMAL, 7);
  private static final Dataset MNIST = DatasetReader.read(Path.of("data", "mnist"), 0);
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private static DigitServer server;
  private static Evaluation evaluation;

  @TempDir private Path folder;

  private static Model model(String data, Map<String, String> sums, Preprocessing preprocessing) {
    Plan plan =
        new Plan(NETWORK.topology(), 1, 10, 3f, 1, 1)
            .with(Hyperparameters.PREPROCESS, preprocessing);
    return new Model(
        NETWORK, Optional.of(plan), new Provenance(data, sums, "", Map.of(), 1, 0.9, 0.9));
  }

  private static DigitServer start(Model model, Path otherwise) {
    return DigitServer.start(
        Content.of("m", model).with(() -> DataSources.of(Location.of(otherwise))),
        Kernels.fastest(),
        "127.0.0.1",
        0);
  }

  @BeforeAll
  static void start() {
    evaluation = Evaluation.of(NETWORK, new QuadraticCost(), MNIST.test(), AllKernels.scalar());
    server = start(model("nowhere", Map.of(), Preprocessing.NONE), Path.of("data", "mnist"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static HttpResponse<String> send(URI server, String method, String path, String body)
      throws Exception {
    return CLIENT.send(
        HttpRequest.newBuilder(server.resolve(path))
            .method(method, BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private static HttpResponse<String> get(String path) throws Exception {
    return send(server.address(), "GET", path, "");
  }

  private static JsonNode json(HttpResponse<String> response) throws Exception {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(response.headers().firstValue("Handspun-Model")).contains(NETWORK.sha256());
    return new ObjectMapper().readTree(response.body());
  }

  private static String pixels(byte[] image) {
    List<Integer> numbers = new ArrayList<>();
    for (byte pixel : image) {
      numbers.add(pixel & 0xff);
    }
    return "{\"pixels\":" + numbers + "}";
  }

  @Test
  void confusionIsThatOfEvaluate() throws Exception {
    JsonNode json = json(get("/api/confusion"));
    assertThat(json.get("count").asInt()).isEqualTo(10_000);
    assertThat(json.get("correct").asInt()).isEqualTo(evaluation.correct());
    for (int label = 0; label < 10; label++) {
      for (int prediction = 0; prediction < 10; prediction++) {
        assertThat(json.get("matrix").get(label).get(prediction).asInt())
            .isEqualTo(evaluation.confusion(label, prediction));
      }
    }
  }

  private static List<Integer> expected(int actual, int predicted, boolean mistakes) {
    List<Integer> expected = new ArrayList<>();
    for (int i = 0; i < evaluation.total(); i++) {
      if ((actual < 0 || MNIST.test().label(i) == actual)
          && (predicted < 0 || evaluation.prediction(i) == predicted)
          && !(mistakes && evaluation.isCorrect(i))) {
        expected.add(i);
      }
    }
    return expected;
  }

  @ParameterizedTest
  @CsvSource({
    "actual=3, 3, -1, false, 0",
    "actual=3&predicted=5, 3, 5, false, 0",
    "predicted=0&from=10, -1, 0, false, 10",
    "mistakes, -1, -1, true, 0",
    "mistakes=1&actual=9&from=48, 9, -1, true, 48",
    "from=9990, -1, -1, false, 9990",
    "from=999999999, -1, -1, false, 999999999"
  })
  void cellsOfTheMatrixShowTheirImages(
      String query, int actual, int predicted, boolean mistakes, int from) throws Exception {
    JsonNode json = json(get("/api/test-images?" + query));
    List<Integer> expected = expected(actual, predicted, mistakes);
    assertThat(json.get("count").asInt()).isEqualTo(expected.size());
    List<Integer> shown = expected.stream().skip(from).limit(48).toList();
    assertThat(json.get("images")).hasSize(shown.size());
    for (int i = 0; i < shown.size(); i++) {
      JsonNode image = json.get("images").get(i);
      int index = shown.get(i);
      assertThat(image.get("index").asInt()).isEqualTo(index);
      assertThat(image.get("label").asInt()).isEqualTo(MNIST.test().label(index));
      assertThat(image.get("prediction").asInt()).isEqualTo(evaluation.prediction(index));
      assertThat(Base64.getDecoder().decode(image.get("pixels").asText()))
          .isEqualTo(MNIST.test().inputs().pixels(index));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"actual=10", "actual=-1", "actual=", "actual=x", "from=x", "actual=1&actual=2"})
  void refusesWhatIsNoLabel(String query) throws Exception {
    HttpResponse<String> response = get("/api/test-images?" + query);
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).startsWith("{\"error\":\"The address says ");
  }

  @ParameterizedTest
  @CsvSource({"NONE", "STRAIGHTEN"})
  void nearestImagesAreThoseOfTheTrainingSetAsTheModelSeesThem(Preprocessing preprocessing)
      throws Exception {
    byte[] drawn = MNIST.test().inputs().pixels(4);
    byte[] seen = new byte[784];
    preprocessing.step(28, 28).apply(drawn, seen, 0);
    List<NearestImages.Found> expected =
        new NearestImages(preprocessing.apply(MNIST.training().inputs(), 28, 28)).find(seen, 5);
    try (DigitServer other =
        start(model("data/mnist", MNIST.sha256(), preprocessing), Path.of("nowhere"))) {
      JsonNode json = json(send(other.address(), "POST", "/api/nearest", pixels(drawn)));
      assertThat(json.get("images")).hasSize(5);
      for (int i = 0; i < 5; i++) {
        JsonNode image = json.get("images").get(i);
        int index = expected.get(i).index();
        assertThat(image.get("index").asInt()).isEqualTo(index);
        assertThat(image.get("label").asInt()).isEqualTo(MNIST.training().label(index));
        assertThat(image.get("distance").asDouble()).isEqualTo(expected.get(i).distance());
        assertThat(Base64.getDecoder().decode(image.get("pixels").asText()))
            .isEqualTo(MNIST.training().inputs().pixels(index));
      }
    }
  }

  @Test
  void aTrainingImageIsNearestToItself() throws Exception {
    JsonNode json =
        json(
            send(
                server.address(),
                "POST",
                "/api/nearest",
                pixels(MNIST.training().inputs().pixels(59_999))));
    assertThat(json.get("images").get(0).get("index").asInt()).isEqualTo(59_999);
    assertThat(json.get("images").get(0).get("distance").asDouble()).isZero();
  }

  private static HttpResponse<String> sendBytes(byte[] body) throws Exception {
    return CLIENT.send(
        HttpRequest.newBuilder(server.address().resolve("/api/nearest"))
            .header("Content-Type", "application/octet-stream")
            .POST(BodyPublishers.ofByteArray(body))
            .build(),
        BodyHandlers.ofString());
  }

  @Test
  void pixelsMayBeSentAsTheyAre() throws Exception {
    byte[] image = MNIST.training().inputs().pixels(59_999);
    HttpResponse<String> asJson = send(server.address(), "POST", "/api/nearest", pixels(image));
    assertThat(json(sendBytes(image))).isEqualTo(json(asJson));
    HttpResponse<String> refused = sendBytes(new byte[783]);
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("The body has 783 bytes: send 784, one of each pixel.");
  }

  @ParameterizedTest
  @CsvSource({"0.5, Pixel 0 is 0.5", "256, Pixel 0 is 256", "-1, Pixel 0 is -1"})
  void refusesPixelsThatAreNoBytes(String pixel, String words) throws Exception {
    String body = pixels(new byte[784]).replaceFirst("0", pixel);
    HttpResponse<String> response = send(server.address(), "POST", "/api/nearest", body);
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains(words, "784 whole numbers from 0 to 255");
  }

  @Test
  void refusesBodiesThatAreTooLarge() throws Exception {
    String body = pixels(new byte[784]) + " ".repeat(PixelsJson.MOST_BYTES);
    assertThat(send(server.address(), "POST", "/api/nearest", body).statusCode()).isEqualTo(413);
  }

  @Test
  void saysSoWhereThereAreNoImages() throws Exception {
    try (DigitServer other =
        start(model(folder.toString(), Map.of("a", "b"), Preprocessing.NONE), folder)) {
      for (String path : List.of("/api/confusion", "/api/test-images?actual=3")) {
        HttpResponse<String> response = send(other.address(), "GET", path, "");
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).contains("not on this machine", "data/mnist");
      }
      HttpResponse<String> response =
          send(other.address(), "POST", "/api/nearest", pixels(new byte[784]));
      assertThat(response.statusCode()).isEqualTo(404);
    }
  }

  @Test
  void doesNotTakeImagesForAModelsOwnThatAreNot() throws Exception {
    // Its name is right, its sum is not: they have been changed since.
    Map<String, String> sums = Map.of("train-images-idx3-ubyte", "0");
    try (DigitServer other = start(model("data/mnist", sums, Preprocessing.NONE), folder)) {
      assertThat(send(other.address(), "GET", "/api/confusion", "").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void doesNotShowDigitsToAModelOfFewerClasses() throws Exception {
    Network three = Network.random(new Topology(784, 3), Initializer.NORMAL, 1);
    Model imported =
        new Model(
            three, Optional.empty(), new Provenance("", Map.of(), "", Map.of(), 0, 0, Double.NaN));
    try (DigitServer other = start(imported, Path.of("data", "mnist"))) {
      assertThat(send(other.address(), "GET", "/api/confusion", "").statusCode()).isEqualTo(404);
    }
  }
}
