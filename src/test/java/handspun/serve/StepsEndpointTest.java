package handspun.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import handspun.image.Dropped;
import handspun.image.DroppedInk;
import handspun.image.Picture;
import handspun.image.PictureDecoder;
import handspun.image.PictureSteps;
import handspun.image.Pictures;
import handspun.math.Kernels;
import handspun.network.Initializer;
import handspun.network.Network;
import handspun.network.Topology;
import handspun.store.Model;
import handspun.store.Provenance;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a picture became what the network saw, over real HTTP. */
class StepsEndpointTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final String DATA = "data:image/png;base64,";

  private static DigitServer server;

  @BeforeAll
  static void start() {
    Model model =
        new Model(
            Network.random(new Topology(784, 16, 10), Initializer.NORMAL, 7),
            Optional.empty(),
            new Provenance("data/mnist", Map.of(), "", Map.of(), 1, 0.9, 0.9));
    server = DigitServer.start("model.handspun", model, Kernels.fastest(), "127.0.0.1", 0);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static HttpResponse<String> post(String path, String type, byte[] body) throws Exception {
    return CLIENT.send(
        HttpRequest.newBuilder(server.address().resolve(path))
            .header("Content-Type", type)
            .POST(BodyPublishers.ofByteArray(body))
            .build(),
        BodyHandlers.ofString());
  }

  private static JsonNode steps(byte[] picture) throws Exception {
    HttpResponse<String> response = post("/api/steps", "image/png", picture);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
    return new ObjectMapper().readTree(response.body());
  }

  /** A seven in a box, with a speck, on grey paper. */
  private static byte[] formBox() {
    Color paper = new Color(200, 200, 200);
    BufferedImage image = Pictures.seven(BufferedImage.TYPE_INT_RGB, 560, 420, paper, Color.BLACK);
    Graphics2D g = image.createGraphics();
    g.setColor(new Color(90, 90, 90));
    g.setStroke(new BasicStroke(4));
    g.drawRect(40, 30, 480, 360);
    g.fillRect(460, 60, 6, 6);
    g.dispose();
    return Pictures.file("png", image);
  }

  private static Picture decoded(byte[] file) {
    return new PictureDecoder(1 << 20).decode(file);
  }

  private static byte[] png(JsonNode holder) {
    String uri = holder.get("picture").asText();
    assertThat(uri).startsWith(DATA);
    return Base64.getDecoder().decode(uri.substring(DATA.length()));
  }

  private static byte[] mask(JsonNode holder) throws Exception {
    BufferedImage mask = ImageIO.read(new ByteArrayInputStream(png(holder)));
    byte[] amounts = new byte[mask.getWidth() * mask.getHeight()];
    for (int p = 0; p < amounts.length; p++) {
      amounts[p] = (byte) (mask.getRGB(p % mask.getWidth(), p / mask.getWidth()) >>> 24);
    }
    return amounts;
  }

  private static String box(PictureSteps.Box box) {
    return "[%d,%d,%d,%d]".formatted(box.left(), box.top(), box.right(), box.bottom());
  }

  @Test
  void answersWhatPredictDoesAndTheStepsBeside() throws Exception {
    byte[] file = formBox();
    ObjectNode answer = (ObjectNode) steps(file);
    answer.remove("steps");
    assertThat(answer.toString())
        .isEqualTo(post("/api/predict", "image/png", file).body())
        .contains("\"input\":");
  }

  @Test
  void tellsTheStepsThatTheReaderWent() throws Exception {
    byte[] file = formBox();
    JsonNode told = steps(file).get("steps");
    PictureSteps steps = PictureSteps.of(decoded(file));
    assertThat(told.get("width").asInt()).isEqualTo(280);
    assertThat(told.get("height").asInt()).isEqualTo(210);
    assertThat(decoded(png(told)).grey()).isEqualTo(steps.grey());
    assertThat(decoded(png(told.get("paper"))).grey()).isEqualTo(steps.paper());
    assertThat(told.get("paper").get("darkest").asInt()).isEqualTo(200);
    assertThat(told.get("paper").get("brightest").asInt()).isEqualTo(200);
    assertThat(told.get("noise").toString()).isEqualTo("{\"deviation\":0.0,\"square\":1}");
    JsonNode ink = told.get("ink");
    assertThat(mask(ink)).isEqualTo(steps.ink());
    assertThat(ink.get("pen").asText()).isEqualTo("dark");
    assertThat(ink.get("full").asDouble()).isEqualTo(200);
    assertThat(ink.get("threshold").asDouble()).isEqualTo(20);
    assertThat(ink.get("peak").asDouble()).isEqualTo(20);
    assertThat(ink.get("box").toString()).isEqualTo(box(steps.box().orElseThrow()));
    assertThat(ink.get("digits").asInt()).isEqualTo(1);
  }

  @Test
  void tellsWhatWasDroppedAndWhy() throws Exception {
    byte[] file = formBox();
    JsonNode told = steps(file).get("steps").get("dropped");
    PictureSteps steps = PictureSteps.of(decoded(file));
    assertThat(steps.dropped())
        .extracting(DroppedInk::why)
        .containsExactly(Dropped.SPECK, Dropped.FRAME);
    assertThat(told).hasSize(2);
    for (int i = 0; i < 2; i++) {
      DroppedInk dropped = steps.dropped().get(i);
      assertThat(told.get(i).get("why").asText()).isEqualTo(i == 0 ? "speck" : "frame");
      assertThat(told.get(i).get("parts").asInt()).isEqualTo(1);
      assertThat(told.get(i).get("boxes").toString())
          .isEqualTo("[" + box(dropped.boxes().get(0)) + "]");
      assertThat(mask(told.get(i))).isEqualTo(dropped.mask());
    }
    assertThat(told.get(0).get("boxes").toString()).isEqualTo("[[230,30,233,33]]");
  }

  @Test
  void tellsTheStepsOfABlankPictureBesideTheError() throws Exception {
    HttpResponse<String> response = post("/api/steps", "image/png", Pictures.blankPng());
    assertThat(response.statusCode()).isEqualTo(422);
    JsonNode json = new ObjectMapper().readTree(response.body());
    assertThat(json.fieldNames()).toIterable().containsExactly("error", "steps");
    assertThat(json.get("error").asText()).startsWith("The picture is blank: ");
    JsonNode ink = json.get("steps").get("ink");
    assertThat(ink.get("box").isNull()).isTrue();
    assertThat(ink.get("digits").asInt()).isZero();
    assertThat(mask(ink)).containsOnly(0);
    assertThat(json.get("steps").get("dropped")).isEmpty();
    assertThat(post("/api/predict", "image/png", Pictures.blankPng()).body())
        .isEqualTo("{\"error\":%s}".formatted(json.get("error")));
  }

  @Test
  void showsATransparentPictureOnItsPaper() throws Exception {
    Color clear = new Color(0, 0, 0, 0);
    byte[] file =
        Pictures.file(
            "png", Pictures.seven(BufferedImage.TYPE_INT_ARGB, 90, 120, clear, Color.BLACK));
    byte[] grey = decoded(png(steps(file).get("steps"))).grey();
    assertThat(grey[0]).isEqualTo((byte) 255);
    assertThat(grey).contains((byte) 0);
  }

  @Test
  void readsTheOneFileOfAForm() throws Exception {
    byte[] form =
        Bytes.join(
            "--XX\r\nContent-Disposition: form-data; name=\"f\"; filename=\"7.png\"\r\n\r\n",
            Pictures.sevenPng(),
            "\r\n--XX--\r\n");
    HttpResponse<String> response = post("/api/steps", "multipart/form-data; boundary=XX", form);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).contains("\"steps\":{");
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json", "", "application/octet-stream"})
  void saysThatPixelsHaveNoSteps(String type) throws Exception {
    byte[] pixels = "{\"pixels\":[0]}".getBytes(StandardCharsets.UTF_8);
    HttpResponse<String> response = post("/api/steps", type, pixels);
    assertThat(response.statusCode()).isEqualTo(415);
    assertThat(response.body()).contains("\"error\"", "steps of pictures only", "PNG or JPEG");
  }

  @ParameterizedTest
  @CsvSource({"hello, 415", "'', 400", "\u00ff\u00d8\u00ff, 400"})
  void refusesWhatPredictRefusesInTheSameWords(String body, int status) throws Exception {
    byte[] bytes = body.getBytes(StandardCharsets.ISO_8859_1);
    HttpResponse<String> response = post("/api/steps", "image/png", bytes);
    assertThat(response.statusCode()).isEqualTo(status);
    // But for the address, where it says how to send a picture.
    assertThat(response.body().replace("/api/steps", "/api/predict"))
        .isEqualTo(post("/api/predict", "image/png", bytes).body());
  }

  @Test
  void saysHowToSendAPictureHere() throws Exception {
    assertThat(post("/api/steps", "text/plain", Pictures.sevenPng()).body())
        .contains("curl --data-binary @digit.png " + server.address() + "api/steps");
  }

  @Test
  void refusesWhatIsTooLarge() throws Exception {
    byte[] large = new byte[PictureUploads.MOST_BYTES + 1];
    assertThat(post("/api/steps", "image/png", large).statusCode()).isEqualTo(413);
    assertThat(post("/api/steps", "image/png", new byte[PictureUploads.MOST_BODY_BYTES + 1]).body())
        .contains("\"error\"", "send less at once");
  }
}
