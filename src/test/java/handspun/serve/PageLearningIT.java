package handspun.serve;

import static org.assertj.core.api.Assertions.assertThat;

import handspun.files.Location;
import handspun.image.Mnist;
import handspun.math.Kernels;
import handspun.network.Network;
import handspun.network.Topology;
import handspun.store.Model;
import handspun.store.ModelFile;
import handspun.store.Provenance;
import handspun.train.EpochSummary;
import handspun.train.ModelState;
import handspun.train.Plan;
import handspun.train.TrainingState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.support.ui.WebDriverWait;

/** Watches in a real browser how a network has learned. */
class PageLearningIT {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final int EPOCHS = 3;
  private static final Plan PLAN = new Plan(new Topology(784, 16, 16, 10), EPOCHS, 10, 3f, 1, 1);

  /** What the page shows of the networks, without what only tells the epoch. */
  private static final String TILES =
      "[...document.querySelectorAll('.tiles canvas')].map(c => c.toDataURL()).join()";

  private static final String STRIP =
      "[...document.querySelectorAll('#strip .cell')].map(c => c.textContent)";

  @TempDir private static Path profile;
  @TempDir private static Path runs;

  private static DigitServer server;
  private static DigitServer withoutEpochs;
  private static List<Network> networks;
  private static ChromeDriver browser;

  @BeforeAll
  static void start() throws Exception {
    browser = Chromium.start(profile);
    networks = networks();
    server = serve("kept", networks.get(EPOCHS));
    withoutEpochs = serve("thrown-away", networks.get(EPOCHS));
    for (int epoch = 0; epoch <= EPOCHS; epoch++) {
      RunFiles.keepEpoch(runs.resolve("kept"), epoch, networks.get(epoch));
    }
    Files.writeString(
        runs.resolve("kept/metrics.csv"),
        "epoch,cost,validation_accuracy\n1,0.75,0.5\n2,0.5,0.625\n3,0.25,0.875\n");
  }

  /** {@return a network after 0, 1, ... epochs} */
  private static List<Network> networks() {
    List<Network> networks = new ArrayList<>();
    networks.add(PLAN.initialNetwork());
    for (int epochs = 1; epochs <= EPOCHS; epochs++) {
      networks.add(Mnist.train(Mnist.data().training().slice(0, 4_000), epochs, 1));
    }
    return networks;
  }

  private static DigitServer serve(String run, Network network) throws Exception {
    Provenance provenance = new Provenance("data/mnist", Map.of(), "", Map.of(), EPOCHS, 0.8, 0.8);
    Model model = new Model(network, Optional.empty(), provenance);
    Path file = Files.createDirectories(runs.resolve(run)).resolve("model.handspun");
    ModelFile.write(Location.of(file), model);
    return DigitServer.start(file.toString(), model, Kernels.fastest(), "127.0.0.1", 0);
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.quit();
    }
    Stream.of(server, withoutEpochs).filter(Objects::nonNull).forEach(DigitServer::close);
  }

  @BeforeEach
  void open() {
    browser.manage().window().setSize(new Dimension(1100, 900));
    browser.get(server.address().toString());
    await("document.getElementById('epoch')?.max === '3'");
  }

  @AfterEach
  void nothingWentWrongUnseen() {
    assertThat(browser.manage().logs().get(LogType.BROWSER).getAll()).isEmpty();
  }

  private static Object js(String expression) {
    return browser.executeScript("return " + expression);
  }

  private static void await(String condition) {
    new WebDriverWait(browser, PATIENCE).until(b -> (Boolean) js(condition));
  }

  private static WebElement element(String id) {
    return browser.findElement(By.id(id));
  }

  private static String text(String id) {
    return element(id).getText();
  }

  /** Waits until the server has read with the same bits what the page shows of an epoch. */
  private static void awaitEpoch(String name) {
    await("document.getElementById('epoch-status').textContent === '%s'".formatted(name));
    await(
        "document.getElementById('badge').className === 'same' && !document.getElementById('badge').hidden");
  }

  private static void putImageOf(String digit) {
    element("drawing").sendKeys(digit);
    awaitEpoch("The model itself, after epoch 3");
  }

  @Test
  void theSliderMovesEverythingAndTheServerReadsTheSameAtEachEpoch() {
    putImageOf("7");
    String model = (String) js(TILES);
    String outputs = text("outputs");
    element("epoch").sendKeys(Keys.HOME);
    awaitEpoch("Epoch 0: not trained yet");
    String untrained = (String) js(TILES);
    assertThat(untrained).isNotEqualTo(model);
    assertThat(text("outputs")).isNotEqualTo(outputs);
    element("epoch").sendKeys(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT);
    awaitEpoch("After epoch 2 of 3");
    assertThat((String) js(TILES)).isNotIn(untrained, model);
    assertThat(text("epoch-figures")).contains("0.5000", "62.50 %");
    assertThat(element("epoch").getAttribute("aria-valuetext"))
        .isEqualTo("After epoch 2 of 3, Cost 0.5000, Accuracy on validation images 62.50 %");
    element("to-model").click();
    awaitEpoch("The model itself, after epoch 3");
    assertThat(js(TILES)).isEqualTo(model);
    assertThat(text("outputs")).isEqualTo(outputs);
  }

  @Test
  void theStripTellsHowTheServerReadsTheDrawingAfterEachEpoch() {
    putImageOf("7");
    // Before somebody can see them, nothing is read.
    js("document.getElementById('strip-title').scrollIntoView()");
    await(STRIP + ".filter(text => text !== '').length === 4");
    Object read =
        browser.executeAsyncScript(
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
    assertThat(js(STRIP)).isEqualTo(read);
    browser.findElements(By.className("cell")).get(1).click();
    awaitEpoch("After epoch 1 of 3");
  }

  @Test
  void aCellOfTheConfusionMatrixShowsItsImagesWhichGoOnThePaper() {
    element("confusion").findElement(By.tagName("summary")).click();
    await("document.querySelectorAll('#confusion td').length === 100");
    assertThat(
            js(
                "[...document.querySelectorAll('#confusion td')].reduce((n, td) => n + Number(td.textContent), 0)"))
        .isEqualTo(10_000L);
    // The most frequent mistake.
    WebElement cell =
        (WebElement)
            js(
                "[...document.querySelectorAll('#confusion .wrong button')].sort((a, b) => b.textContent - a.textContent)[0]");
    String name = cell.getAccessibleName();
    assertThat(name).matches("\\d+ images of \\d, read as \\d");
    cell.click();
    await("document.querySelectorAll('.examples button').length > 0");
    assertThat(text("confused")).contains(name.replace("images", "test images"));
    long count = Math.min(48, Long.parseLong(cell.getText()));
    assertThat(js("document.querySelectorAll('.examples button').length")).isEqualTo(count);
    browser.findElement(By.cssSelector(".examples button")).click();
    String digit = name.substring(name.length() - 1);
    await("document.querySelector('#outputs .best .label')?.textContent === '" + digit + "'");
  }

  /** What a training does after an epoch. */
  private static void epochEnds(LiveTraining training, int epoch) throws Exception {
    RunFiles.keepEpoch(Path.of(training.file()).getParent(), epoch, networks.get(epoch));
    training.see(state(epoch));
  }

  private static TrainingState state(int epoch) {
    List<EpochSummary> epochs =
        IntStream.rangeClosed(1, epoch)
            .mapToObj(e -> new EpochSummary(e, 0.5 / e, 50 + e, 100, 1, List.of(1)))
            .toList();
    Network network = networks.get(epoch);
    return new TrainingState(ModelState.NONE, network, network, epoch, epochs);
  }

  @Test
  void aTrainingIsFollowedButWhoLooksAtAnEpochIsLeftThere() throws Exception {
    LiveTraining training =
        new LiveTraining(runs.resolve("live").resolve("model.handspun").toString(), PLAN);
    Content content = Content.of(training.file(), training.model()).watching(training);
    try (DigitServer live = DigitServer.start(content, Kernels.fastest(), "127.0.0.1", 0)) {
      RunFiles.keepEpoch(runs.resolve("live"), 0, networks.get(0));
      browser.get(live.address().toString());
      await("document.getElementById('epoch-status')?.textContent === 'Training: epoch 0 of 3'");
      element("drawing").sendKeys("7");
      awaitEpoch("Training: epoch 0 of 3");
      Object untrained = js(TILES);
      epochEnds(training, 1);
      awaitEpoch("Training: epoch 1 of 3");
      assertThat(js(TILES)).isNotEqualTo(untrained);
      assertThat(text("epoch-figures")).contains("0.5000", "51.00 %");
      element("epoch").sendKeys(Keys.HOME);
      awaitEpoch("Epoch 0: not trained yet");
      epochEnds(training, 2);
      await("document.getElementById('epoch').max === '2'");
      awaitEpoch("Epoch 0: not trained yet");
      assertThat(js(TILES)).isEqualTo(untrained);
      element("to-model").click();
      awaitEpoch("Training: epoch 2 of 3");
      epochEnds(training, 3);
      training.end(training.model());
      awaitEpoch("The model itself, after epoch 3");
    }
  }

  @Test
  void withoutKeptEpochsThereIsNoSliderButASentence() {
    browser.get(withoutEpochs.address().toString());
    await("document.getElementById('epoch-hint')?.textContent.includes('not kept')");
    for (String absent : List.of("epoch", "play", "to-model", "curve", "strip")) {
      assertThat(element(absent).isDisplayed()).as(absent).isFalse();
    }
    assertThat(element("confusion").isDisplayed()).isTrue();
  }
}
