package handspun.serve;

import static org.assertj.core.api.Assertions.assertThat;

import handspun.image.Pictures;
import handspun.math.Kernels;
import handspun.network.Initializer;
import handspun.network.Network;
import handspun.network.Topology;
import handspun.store.Model;
import handspun.store.Provenance;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every answer says which model it comes from, and may be asked of one by name. */
class ModelOfAnAnswerTest {
  private static final Network NETWORK =
      Network.random(new Topology(784, 16, 10), Initializer.NORMAL, 7);
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private static DigitServer server;

  @BeforeAll
  static void start() {
    Provenance provenance = new Provenance("", Map.of(), "", Map.of(), 1, 0.9, 0.9);
    Model model = new Model(NETWORK, Optional.empty(), provenance);
    server = DigitServer.start("drawn.handspun", model, Kernels.fastest(), "127.0.0.1", 0);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static HttpResponse<String> send(String method, String path, byte[] body)
      throws Exception {
    return CLIENT.send(
        HttpRequest.newBuilder(server.address().resolve(path))
            .method(method, BodyPublishers.ofByteArray(body))
            .build(),
        BodyHandlers.ofString());
  }

  private static Optional<String> model(HttpResponse<?> response) {
    return response.headers().firstValue("Handspun-Model");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /api/model, 200",
    "HEAD, /api/model, 200",
    "GET, /api/parameters, 200",
    "GET, /api/predict, 405",
    "POST, /api/predict, 400",
    "GET, /api/nothing, 404"
  })
  void theHeaderNamesTheModelAlsoOfErrors(String method, String path, int status) throws Exception {
    HttpResponse<String> response = send(method, path, new byte[0]);
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(model(response)).contains(NETWORK.sha256());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/healthz", "/nothing"})
  void onlyTheApiHasIt(String path) throws Exception {
    assertThat(model(send("GET", path, new byte[0]))).isEmpty();
  }

  @Test
  void thePageHasItAlsoWhenItKnowsTheParameters() throws Exception {
    HttpResponse<String> response =
        CLIENT.send(
            HttpRequest.newBuilder(server.address().resolve("/api/parameters"))
                .header("If-None-Match", '"' + NETWORK.sha256() + '"')
                .build(),
            BodyHandlers.ofString());
    assertThat(response.statusCode()).isEqualTo(304);
    assertThat(model(response)).contains(NETWORK.sha256());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/predict", "/api/steps"})
  void readingsNameIt(String path) throws Exception {
    String field = "\"model\":\"%s\"".formatted(NETWORK.sha256());
    assertThat(send("POST", path, Pictures.sevenPng()).body()).contains(field);
    assertThat(send("POST", path + "?model=" + NETWORK.sha256(), Pictures.sevenPng()).body())
        .contains(field);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /api/model?model=",
    "GET, /api/model?model=abc",
    "GET, /api/model?model=%22%3Cscript%3E%00",
    "GET, /api/parameters?model=abc",
    "POST, /api/predict?model=abc",
    "POST, /api/steps?model=abc"
  })
  void refusesModelsThatAreNotThere(String method, String path) throws Exception {
    HttpResponse<String> response = send(method, path, Pictures.sevenPng());
    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.body())
        .startsWith("{\"error\":\"There is no model whose parameters")
        .contains("/api/models");
  }

  @Test
  void refusesTwoModelsAtOnce() throws Exception {
    String path = "/api/model?model=%1$s&model=%1$s".formatted(NETWORK.sha256());
    assertThat(send("GET", path, new byte[0]).statusCode()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource({
    "runs/2026-11-27T05-39-56/model.handspun, 2026-11-27T05-39-56",
    "runs/2026-11-27T05-39-56/seed-3/model.handspun, 2026-11-27T05-39-56/seed-3",
    "data/models/drawn.handspun, drawn",
    "drawn.handspun, drawn",
    "model.handspun, model",
    "mine, mine",
    "hdfs://host/runs/x/model.handspun, x"
  })
  void aModelHasAShortName(String file, String name) {
    assertThat(ServedModel.shortName(file)).isEqualTo(name);
  }
}
