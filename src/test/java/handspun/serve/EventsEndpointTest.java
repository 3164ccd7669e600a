package handspun.serve;

import static org.assertj.core.api.Assertions.assertThat;

import handspun.math.Kernels;
import handspun.network.Network;
import handspun.train.EpochSummary;
import handspun.train.ModelState;
import handspun.train.Plan;
import handspun.train.TrainingState;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What clients hear of a training, over real HTTP. */
class EventsEndpointTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Plan PLAN = new Plan(RunFiles.TOPOLOGY, 40, 10, 3f, 1, 1);

  private final List<EpochSummary> epochs = new ArrayList<>();
  private final List<Stream> streams = new ArrayList<>();
  private LiveTraining training;
  private DigitServer server;

  @BeforeEach
  void start() {
    training = new LiveTraining("runs/now/model.handspun", PLAN);
    Content content = Content.of(training.file(), training.model()).watching(training);
    Timeouts known = Timeouts.DEFAULT;
    // A client has a little time to take an answer, and hears something each third of it.
    Timeouts timeouts =
        new Timeouts(
            known.head(), known.body(), known.drain(), Duration.ofMillis(900), known.stop());
    server =
        DigitServer.start(
            content,
            Kernels.fastest(),
            Access.DEFAULT,
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            timeouts,
            Capacity.DEFAULT);
  }

  @AfterEach
  void stop() throws IOException {
    for (Stream stream : streams) {
      stream.socket.close();
    }
    server.close();
  }

  /** What the training says after its next epoch. */
  private Network epochEnds() {
    int epoch = epochs.size() + 1;
    Network network = RunFiles.network(epoch);
    epochs.add(new EpochSummary(epoch, 0.25, epoch, 100, 1, List.of(1)));
    training.see(state());
    return network;
  }

  private TrainingState state() {
    int epoch = epochs.size();
    Network network = RunFiles.network(epoch);
    return new TrainingState(ModelState.NONE, network, network, epoch, epochs);
  }

  private void trainingEnds() {
    training.end(training.model());
  }

  private static final class Stream {
    private final Socket socket;
    private final BufferedReader in;

    Stream(Socket socket) throws IOException {
      this.socket = socket;
      socket.setSoTimeout(60_000);
      in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    /** The next line that tells something; null at the end. */
    String next() throws IOException {
      String line;
      do {
        line = in.readLine();
      } while (line != null && !line.matches("(event|data|HTTP/1.1|Content-type|retry).*"));
      return line;
    }
  }

  private Stream listen() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.address().getPort());
    Stream stream = new Stream(socket);
    streams.add(stream);
    socket
        .getOutputStream()
        .write(
            "GET /api/events HTTP/1.1\r\nHost: localhost\r\n\r\n"
                .getBytes(StandardCharsets.US_ASCII));
    return stream;
  }

  private Stream listening() throws IOException {
    Stream stream = listen();
    assertThat(stream.next()).isEqualTo("HTTP/1.1 200 OK");
    assertThat(stream.next()).isEqualTo("Content-type: text/event-stream");
    assertThat(stream.next()).isEqualTo("retry: 1000");
    return stream;
  }

  private HttpResponse<String> get(String path) throws Exception {
    return CLIENT.send(
        HttpRequest.newBuilder(server.address().resolve(path)).build(), BodyHandlers.ofString());
  }

  private static void assertEpoch(Stream stream, int epoch) throws IOException {
    assertThat(stream.next()).isEqualTo("event: epoch");
    assertThat(stream.next())
        .isEqualTo(
            "data: {\"epoch\":%d,\"epochs\":40,\"sha256\":\"%s\",\"cost\":0.25,\"validationAccuracy\":%s}"
                .formatted(epoch, RunFiles.network(epoch).sha256(), epoch / 100.0));
  }

  @Test
  void epochsAreToldAsTheyEndAndTheNetworkIsServed() throws Exception {
    assertThat(get("/healthz").body())
        .contains(PLAN.initialNetwork().sha256(), "runs/now/model", "\"training\":true");
    Stream stream = listening();
    for (int epoch = 1; epoch <= 3; epoch++) {
      Network network = epochEnds();
      assertEpoch(stream, epoch);
      assertThat(get("/api/model").body())
          .contains(network.sha256(), "\"name\":\"now\"", "\"training\":true");
      assertThat(get("/api/parameters").headers().firstValue("Handspun-Model"))
          .contains(network.sha256());
    }
    trainingEnds();
    assertThat(stream.next()).isEqualTo("event: end");
    assertThat(stream.next()).isEqualTo("data: {}");
    assertThat(stream.next()).isNull();
    assertThat(get("/healthz").body()).contains("\"training\":false");
  }

  @Test
  void whoComesLateHearsOfAllEpochs() throws Exception {
    epochEnds();
    epochEnds();
    Stream stream = listening();
    assertEpoch(stream, 1);
    assertEpoch(stream, 2);
    trainingEnds();
    assertThat(stream.next()).isEqualTo("event: end");
    Stream late = listening();
    assertEpoch(late, 1);
    assertEpoch(late, 2);
    assertThat(late.next()).isEqualTo("event: end");
  }

  @Test
  void ofEpochsThatWerePassedOverTheFiguresAreTold() throws Exception {
    epochs.add(new EpochSummary(1, Double.NaN, 0, 0, 1, List.of(1)));
    epochEnds();
    Stream stream = listening();
    assertThat(stream.next()).isEqualTo("event: epoch");
    assertThat(stream.next())
        .isEqualTo(
            "data: {\"epoch\":1,\"epochs\":40,\"sha256\":null,\"cost\":null,\"validationAccuracy\":null}");
    assertEpoch(stream, 2);
  }

  @Test
  void somethingIsHeardAlsoWithoutNews() throws Exception {
    Stream stream = listening();
    int comments = 0;
    while (comments < 5) {
      String line = stream.in.readLine();
      assertThat(line).isNotNull();
      comments += line.equals(":") ? 1 : 0;
    }
    epochEnds();
    assertEpoch(stream, 1);
  }

  @Test
  void noMoreListenThanThereArePlacesFor() throws Exception {
    for (int i = 0; i < EventsEndpoint.MOST_CLIENTS; i++) {
      listening();
    }
    Stream refused = listen();
    assertThat(refused.next()).startsWith("HTTP/1.1 503");
    assertThat(get("/api/events").body()).contains("16 clients listen");
    assertThat(get("/api/events").headers().firstValue("Retry-After")).isPresent();
    assertThat(get("/healthz").statusCode()).isEqualTo(200);
    // One goes, which is noticed when it should hear something.
    streams.get(0).socket.close();
    while (listen().next().startsWith("HTTP/1.1 503")) {
      Thread.sleep(50);
    }
  }

  @Test
  void theServerDoesNotWaitForThoseWhoListen() throws Exception {
    Stream stream = listening();
    epochEnds();
    assertEpoch(stream, 1);
    server.close();
    assertThat(stream.next()).isNull();
  }

  @Test
  void headAsksWithoutListening() throws Exception {
    for (int i = 0; i < 2 * EventsEndpoint.MOST_CLIENTS; i++) {
      HttpResponse<Void> head =
          CLIENT.send(
              HttpRequest.newBuilder(server.address().resolve("/api/events"))
                  .method("HEAD", HttpRequest.BodyPublishers.noBody())
                  .build(),
              BodyHandlers.discarding());
      assertThat(head.statusCode()).isEqualTo(200);
    }
  }

  @Test
  void saysThatNoTrainingRuns() throws Exception {
    try (DigitServer other =
        DigitServer.start("m", RunFiles.model(1), Kernels.fastest(), "127.0.0.1", 0)) {
      HttpResponse<String> response =
          CLIENT.send(
              HttpRequest.newBuilder(other.address().resolve("/api/events")).build(),
              BodyHandlers.ofString());
      assertThat(response.statusCode()).isEqualTo(404);
      assertThat(response.body()).contains("train --watch");
    }
  }
}
