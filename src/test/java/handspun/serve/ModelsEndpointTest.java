package handspun.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import handspun.files.Location;
import handspun.math.Kernels;
import handspun.network.Network;
import handspun.network.Topology;
import handspun.store.Model;
import handspun.store.ModelFile;
import handspun.store.Runs;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Models beside the one that is served, those that come later, and epochs before the last. */
class ModelsEndpointTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final String PIXELS =
      "{\"pixels\":[" + String.join(",", Collections.nCopies(784, "0.5")) + "]}";

  @TempDir private Path folder;

  private final BlockingQueue<String> console = new LinkedBlockingQueue<>();
  private RunFiles runs;
  private DigitServer server;

  private DigitServer start(Path file, Model model, Supplier<Optional<Runs.Written>> newest) {
    ModelFiles models = new ModelFiles(file.toString(), model, newest, () -> Runs.models(folder));
    Content content = Content.of(models).telling(console::add);
    return DigitServer.start(content, Kernels.fastest(), "127.0.0.1", 0);
  }

  /** Serves the run "first", beside an older one, and whatever is newer later. */
  @BeforeEach
  void start() throws Exception {
    runs = new RunFiles(folder);
    runs.write("older", 2, 100);
    Path file = runs.write("first", 1, 200);
    server = start(file, RunFiles.model(1), () -> Runs.models(folder).stream().findFirst());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private HttpResponse<byte[]> get(String path) throws Exception {
    return CLIENT.send(
        HttpRequest.newBuilder(server.address().resolve(path)).build(), BodyHandlers.ofByteArray());
  }

  private static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  private JsonNode json(String path) throws Exception {
    HttpResponse<byte[]> response = get(path);
    assertThat(response.statusCode()).isEqualTo(200);
    return new ObjectMapper().readTree(response.body());
  }

  private JsonNode predict(String query) throws Exception {
    HttpResponse<String> response =
        CLIENT.send(
            HttpRequest.newBuilder(server.address().resolve("/api/predict" + query))
                .POST(BodyPublishers.ofString(PIXELS))
                .build(),
            BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    JsonNode json = new ObjectMapper().readTree(response.body());
    assertThat(response.headers().firstValue("Handspun-Model"))
        .contains(json.get("model").asText());
    return json;
  }

  private static String sha256(long seed) {
    return RunFiles.network(seed).sha256();
  }

  private String said() throws InterruptedException {
    return console.poll(60, TimeUnit.SECONDS);
  }

  private List<String> names() throws Exception {
    List<String> names = new ArrayList<>();
    json("/api/models").get("models").forEach(one -> names.add(one.get("name").asText()));
    return names;
  }

  @Test
  void listsTheModelsOfRunsTheNewestFirst() throws Exception {
    JsonNode json = json("/api/models");
    assertThat(json.get("served").asText()).isEqualTo(sha256(1));
    assertThat(json.get("models")).hasSize(2);
    assertThat(json.get("models").get(1).toString())
        .isEqualTo(
            "{\"name\":\"older\",\"file\":\"%s\",\"sha256\":\"%s\",\"topology\":[784,16,10],\"testAccuracy\":0.02,\"created\":\"2026-01-02T03:04:05Z\",\"seed\":2}"
                .formatted(folder.resolve("older/model.handspun"), sha256(2)));
    assertThat(names()).containsExactly("first", "older");
  }

  @Test
  void leavesOutWhatCannotBeRead() throws Exception {
    runs.writeBroken("broken", 50);
    Path other = Files.createDirectories(folder.resolve("small")).resolve("model.handspun");
    Network small = new Network(new Topology(4, 2), new float[10]);
    ModelFile.write(
        Location.of(other), new Model(small, Optional.empty(), RunFiles.model(1).provenance()));
    Files.setLastModifiedTime(other, FileTime.fromMillis(1000));
    assertThat(names()).containsExactly("first", "older");
  }

  @Test
  void theServedModelIsListedWhereverItIs() throws Exception {
    server.close();
    server = start(Path.of("elsewhere.handspun"), RunFiles.model(9), Optional::empty);
    assertThat(names()).containsExactly("elsewhere", "first", "older");
  }

  @Test
  void answersWithTheModelThatIsAskedFor() throws Exception {
    assertThat(predict("").get("model").asText()).isEqualTo(sha256(1));
    assertThat(predict("?model=" + sha256(2)).get("model").asText()).isEqualTo(sha256(2));
    assertThat(predict("?model=" + sha256(2)).get("outputs"))
        .isNotEqualTo(predict("").get("outputs"));
    assertThat(json("/api/model?model=" + sha256(2)).get("name").asText()).isEqualTo("older");
    HttpResponse<byte[]> parameters = get("/api/parameters?model=" + sha256(2));
    assertThat(parameters.body()).isEqualTo(RunFiles.network(2).bytes());
    assertThat(parameters.headers().firstValue("ETag")).contains('"' + sha256(2) + '"');
  }

  @Test
  void servesANewModelWithoutARestart() throws Exception {
    Path file = runs.write("newest", 3, 300);
    assertThat(said()).isEqualTo("Now served: model " + file);
    assertThat(predict("").get("model").asText()).isEqualTo(sha256(3));
    JsonNode health = json("/healthz");
    assertThat(health.get("model").asText()).isEqualTo(sha256(3));
    assertThat(health.get("file").asText()).isEqualTo(file.toString());
    assertThat(json("/api/model").get("name").asText()).isEqualTo("newest");
    assertThat(predict("?model=" + sha256(1)).get("model").asText()).isEqualTo(sha256(1));
    assertThat(console).isEmpty();
  }

  @Test
  void refusesABrokenModelOnceAndServesTheOldOneOn() throws Exception {
    Path broken = runs.writeBroken("broken", 300);
    assertThat(said())
        .startsWith("The new model " + broken + " is refused, and ")
        .contains("first", "served on", "cut off");
    assertThat(predict("").get("model").asText()).isEqualTo(sha256(1));
    // It is looked at no more, until it is another.
    runs.write("broken", 4, 400);
    assertThat(said()).isEqualTo("Now served: model " + broken);
    assertThat(console).isEmpty();
  }

  @Test
  void refusesAModelThatIsWholeButCannotRead() throws Exception {
    float[] huge = RunFiles.network(1).parameters();
    for (int p = 0; p < huge.length; p++) {
      huge[p] = Math.copySign(3e38f, huge[p]);
    }
    Path file = Files.createDirectories(folder.resolve("huge")).resolve("model.handspun");
    ModelFile.write(
        Location.of(file),
        new Model(
            new Network(RunFiles.TOPOLOGY, huge),
            Optional.empty(),
            RunFiles.model(1).provenance()));
    assertThat(said()).contains("is refused", "weights are too large");
    assertThat(predict("").get("model").asText()).isEqualTo(sha256(1));
  }

  @Test
  void tellsWhichEpochsAreKeptAndHowFarTheyHadCome() throws Exception {
    assertThat(json("/api/epochs").toString()).isEqualTo("{\"epochs\":[],\"metrics\":[]}");
    for (int epoch : new int[] {0, 2, 10}) {
      runs.keepEpoch("first", epoch, 100 + epoch);
    }
    runs.writeMetrics(
        "first",
        """
        epoch,cost,validation_correct,validation_total,validation_accuracy,seconds
        1,0.25,9,10,0.9,1.0
        2,NaN,0,0,,1.0
        """);
    assertThat(json("/api/epochs").toString())
        .isEqualTo(
            "{\"epochs\":[0,2,10],\"metrics\":[{\"epoch\":1,\"cost\":0.25,\"validationAccuracy\":0.9},"
                + "{\"epoch\":2,\"cost\":null,\"validationAccuracy\":null}]}");
    assertThat(json("/api/model").get("epochs").toString()).isEqualTo("[0,2,10]");
    assertThat(json("/api/epochs?model=" + sha256(2)).get("epochs")).isEmpty();
  }

  @Test
  void saysThatATableIsDamaged() throws Exception {
    for (String table : List.of("epoch,cost\n1\n", "a,b\n1,2\n", "epoch,cost,x\none,2,3\n")) {
      runs.writeMetrics("first", table);
      HttpResponse<byte[]> response = get("/api/epochs");
      assertThat(response.statusCode()).isEqualTo(500);
      assertThat(text(response)).contains("metrics.csv is not a run's table");
    }
    runs.writeMetrics("first", "");
    assertThat(json("/api/epochs").get("metrics")).isEmpty();
  }

  @Test
  void readsWithTheParametersOfAnEpoch() throws Exception {
    runs.keepEpoch("first", 3, 103);
    HttpResponse<byte[]> parameters = get("/api/parameters?epoch=3");
    assertThat(parameters.body()).isEqualTo(RunFiles.network(103).bytes());
    assertThat(parameters.headers().firstValue("ETag"))
        .contains(
            '"'
                + HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(parameters.body()))
                + '"');
    JsonNode reading = predict("?epoch=3");
    assertThat(reading.get("model").asText()).isEqualTo(sha256(103));
    assertThat(predict("?epoch=3&model=" + sha256(1)).get("outputs"))
        .isEqualTo(reading.get("outputs"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"epoch=2", "epoch=999999999", "epoch=0&model="})
  void refusesEpochsThatAreNotKept(String query) throws Exception {
    runs.keepEpoch("first", 3, 103);
    HttpResponse<byte[]> response = get("/api/parameters?" + query);
    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(text(response)).contains("{\"error\":\"The");
  }

  @Test
  void saysThatAKeptEpochIsDamaged() throws Exception {
    runs.keepEpoch("first", 3, 103);
    Path file = folder.resolve("first/epochs/epoch-0003.handspun");
    byte[] bytes = Files.readAllBytes(file);
    bytes[1000] ^= 1;
    Files.write(file, bytes);
    HttpResponse<byte[]> response = get("/api/parameters?epoch=3");
    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(text(response)).contains("checksum is wrong");
    Files.write(file, Arrays.copyOf(bytes, 100));
    assertThat(get("/api/parameters?epoch=3").statusCode()).isEqualTo(500);
  }
}
