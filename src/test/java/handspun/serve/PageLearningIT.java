package handspun.serve;

import static org.assertj.core.api.Assertions.assertThat;

import handspun.image.Mnist;
import handspun.math.Kernels;
import handspun.network.Network;
import handspun.network.Topology;
import handspun.store.Model;
import handspun.train.Plan;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** Watches in a real browser how a network has learned. */
class PageLearningIT {
  private static final int EPOCHS = 3;
  private static final Plan PLAN = new Plan(new Topology(784, 16, 16, 10), EPOCHS, 10, 3f, 1, 1);

  /** What the page shows of the networks, without what only tells the epoch. */
  private static final String TILES =
      "[...document.querySelectorAll('.tiles img')].map(picture => picture.src).join()";

  private static final String STRIP =
      "[...document.querySelectorAll('#strip .cell')].map(c => c.textContent)";

  @RegisterExtension private static final Visitor visitor = new Visitor();

  @TempDir private static Path runs;

  private static DigitServer server;
  private static DigitServer withoutEpochs;
  private static List<Network> networks;

  @BeforeAll
  static void start() throws Exception {
    networks = Mnist.networks(Mnist.data().training().slice(0, 4_000), EPOCHS, 1);
    server = serve("kept", networks.get(EPOCHS));
    withoutEpochs = serve("thrown-away", networks.get(EPOCHS));
    RunFiles files = new RunFiles(runs);
    for (int epoch = 0; epoch <= EPOCHS; epoch++) {
      files.keepEpoch("kept", epoch, networks.get(epoch));
    }
    files.writeMetrics(
        "kept", "epoch,cost,validation_accuracy\n1,0.75,0.5\n2,0.5,0.625\n3,0.25,0.875\n");
  }

  private static DigitServer serve(String run, Network network) throws Exception {
    Model model = ServedNetwork.of(network, EPOCHS).model();
    Path file = new RunFiles(runs).write(run, model, 100);
    return DigitServer.start(file.toString(), model, Kernels.fastest(), "127.0.0.1", 0);
  }

  @AfterAll
  static void stop() {
    Stream.of(server, withoutEpochs).filter(Objects::nonNull).forEach(DigitServer::close);
  }

  @BeforeEach
  void open() {
    visitor.open(server.address());
    visitor.await("document.getElementById('epoch')?.max === '3'");
  }

  private static String text(String id) {
    return visitor.element(id).getText();
  }

  /** Waits until the server has read with the same bits what the page shows of an epoch. */
  private static void awaitEpoch(String name) {
    visitor.await("document.getElementById('epoch-status').textContent === '%s'".formatted(name));
    visitor.await(
        "document.getElementById('badge').className === 'same' && !document.getElementById('badge').hidden");
  }

  private static void putImageOf(String digit) {
    visitor.element("drawing").sendKeys(digit);
    awaitEpoch("The model itself, after epoch 3");
  }

  @Test
  void theSliderMovesEverythingAndTheServerReadsTheSameAtEachEpoch() {
    putImageOf("7");
    String model = (String) visitor.js(TILES);
    String outputs = text("outputs");
    visitor.element("epoch").sendKeys(Keys.HOME);
    awaitEpoch("Epoch 0: not trained yet");
    String untrained = (String) visitor.js(TILES);
    assertThat(untrained).isNotEqualTo(model);
    assertThat(text("outputs")).isNotEqualTo(outputs);
    visitor.element("epoch").sendKeys(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT);
    awaitEpoch("After epoch 2 of 3");
    assertThat((String) visitor.js(TILES)).isNotIn(untrained, model);
    assertThat(text("epoch-figures")).contains("0.5000", "62.50 %");
    assertThat(visitor.element("epoch").getAttribute("aria-valuetext"))
        .isEqualTo("After epoch 2 of 3, Cost 0.5000, Accuracy on validation images 62.50 %");
    visitor.element("to-model").click();
    awaitEpoch("The model itself, after epoch 3");
    assertThat(visitor.js(TILES)).isEqualTo(model);
    assertThat(text("outputs")).isEqualTo(outputs);
  }

  @Test
  void theStripTellsHowTheServerReadsTheDrawingAfterEachEpoch() {
    putImageOf("7");
    // Before somebody can see them, nothing is read.
    visitor.run("document.getElementById('strip-title').scrollIntoView()");
    visitor.await(STRIP + ".filter(text => text !== '').length === 4");
    Object read =
        visitor
            .browser()
            .executeAsyncScript(
                """
            const done = arguments[0];
            (async () => {
              const { state } = await import('/state.js');
              const pixels = Array.from(state.source.pixels, pixel => pixel / 255);
              const readings = await Promise.all([0, 1, 2, 3].map(epoch =>
                fetch(`api/predict?epoch=${epoch}`, {method: 'POST', body: JSON.stringify({pixels}),
                  headers: {'Content-Type': 'application/json'}}).then(answer => answer.json())));
              done(readings.map(reading => `${reading.digit}`));
            })();
            """);
    assertThat(visitor.js(STRIP)).isEqualTo(read);
    visitor.all(".cell").get(1).click();
    awaitEpoch("After epoch 1 of 3");
  }

  @Test
  void aCellOfTheConfusionMatrixShowsItsImagesWhichGoOnThePaper() {
    visitor.element("confusion").findElement(By.tagName("summary")).click();
    visitor.await("document.querySelectorAll('#confusion td').length === 100");
    assertThat(
            visitor.js(
                "[...document.querySelectorAll('#confusion td')].reduce((n, td) => n + Number(td.textContent), 0)"))
        .isEqualTo(10_000L);
    // The most frequent mistake.
    WebElement cell =
        (WebElement)
            visitor.js(
                "[...document.querySelectorAll('#confusion .wrong button')].sort((a, b) => b.textContent - a.textContent)[0]");
    String name = cell.getAccessibleName();
    assertThat(name).matches("\\d+ images of \\d, read as \\d");
    cell.click();
    visitor.await("document.querySelectorAll('.examples button').length > 0");
    assertThat(text("confused")).contains(name.replace("images", "test images"));
    long count = Math.min(48, Long.parseLong(cell.getText()));
    assertThat(visitor.js("document.querySelectorAll('.examples button').length")).isEqualTo(count);
    visitor.first(".examples button").click();
    String digit = name.substring(name.length() - 1);
    visitor.await(
        "document.querySelector('#outputs .best .label')?.textContent === '" + digit + "'");
  }

  /** What a training does after an epoch. */
  private static void epochEnds(LiveTraining training, int epoch) throws Exception {
    new RunFiles(runs).keepEpoch("live", epoch, networks.get(epoch));
    training.see(RunFiles.stateAfter(epoch, networks.get(epoch)));
  }

  @Test
  void aTrainingIsFollowedButWhoLooksAtAnEpochIsLeftThere() throws Exception {
    LiveTraining training =
        new LiveTraining(runs.resolve("live").resolve("model.handspun").toString(), PLAN);
    Content content = Content.of(training.file(), training.model()).watching(training);
    try (DigitServer live = DigitServer.start(content, Kernels.fastest(), "127.0.0.1", 0)) {
      new RunFiles(runs).keepEpoch("live", 0, networks.get(0));
      visitor.visit(live.address());
      visitor.await(
          "document.getElementById('epoch-status')?.textContent === 'Training: epoch 0 of 3'");
      visitor.element("drawing").sendKeys("7");
      awaitEpoch("Training: epoch 0 of 3");
      Object untrained = visitor.js(TILES);
      epochEnds(training, 1);
      awaitEpoch("Training: epoch 1 of 3");
      assertThat(visitor.js(TILES)).isNotEqualTo(untrained);
      assertThat(text("epoch-figures")).contains("0.5000", "51.00 %");
      visitor.element("epoch").sendKeys(Keys.HOME);
      awaitEpoch("Epoch 0: not trained yet");
      epochEnds(training, 2);
      visitor.await("document.getElementById('epoch').max === '2'");
      awaitEpoch("Epoch 0: not trained yet");
      assertThat(visitor.js(TILES)).isEqualTo(untrained);
      visitor.element("to-model").click();
      awaitEpoch("Training: epoch 2 of 3");
      epochEnds(training, 3);
      training.end(training.model());
      awaitEpoch("The model itself, after epoch 3");
      visitor.leave();
    }
  }

  @Test
  void withoutKeptEpochsThereIsNoSliderButASentence() {
    visitor.visit(withoutEpochs.address());
    visitor.await("document.getElementById('epoch-hint')?.textContent.includes('not kept')");
    for (String absent : List.of("epoch", "play", "to-model", "curve", "strip")) {
      assertThat(visitor.element(absent).isDisplayed()).as(absent).isFalse();
    }
    assertThat(visitor.element("confusion").isDisplayed()).isTrue();
  }
}
