package handspun.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import handspun.image.Mnist;
import handspun.math.Kernels;
import handspun.network.Network;
import handspun.store.Model;
import handspun.store.Provenance;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.interactions.PointerInput;
import org.openqa.selenium.interactions.Sequence;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.support.ui.WebDriverWait;

/** Asks the page, in a real browser, why it reads one digit and not another. */
class PageWhyIT {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** A three of two strokes: x and y in hundredths of the paper. */
  private static final int[] UPPER = {30, 22, 40, 15, 55, 15, 66, 22, 66, 34, 58, 44, 45, 48};

  private static final int[] LOWER = {45, 48, 60, 52, 70, 62, 68, 76, 56, 85, 40, 84, 29, 77};

  @TempDir private static Path profile;

  private static DigitServer server;
  private static ChromeDriver browser;

  @BeforeAll
  static void start() {
    browser = Chromium.start(profile);
    Network network = Mnist.train(Mnist.data().training(), 8, 1);
    Provenance provenance = new Provenance("data/mnist", Map.of(), "", Map.of(), 8, 0.93, 0.9283);
    Model model = new Model(network, Optional.empty(), provenance, Optional.empty());
    server = DigitServer.start("model.handspun", model, Kernels.fastest(), "127.0.0.1", 0);
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.quit();
    }
    if (server != null) {
      server.close();
    }
  }

  @BeforeEach
  void drawAThree() {
    browser.manage().window().setSize(new Dimension(1100, 900));
    browser.get(server.address().toString());
    await("document.querySelectorAll('#outputs li').length === 10");
    draw(UPPER);
    draw(LOWER);
    await("document.getElementById('why-title').textContent.startsWith('Why 3 and not ')");
  }

  @AfterEach
  void nothingWentWrongUnseen() {
    browser.resetInputState();
    assertThat(browser.manage().logs().get(LogType.BROWSER).getAll())
        .noneMatch(entry -> entry.getLevel().equals(Level.SEVERE));
  }

  private static Object js(String expression) {
    return browser.executeScript("return " + expression);
  }

  private static void await(String condition) {
    new WebDriverWait(browser, PATIENCE).until(b -> (Boolean) js(condition));
  }

  private static void press(String selector) {
    browser.executeScript("document.querySelector(arguments[0]).click()", selector);
  }

  private static void draw(int... points) {
    PointerInput mouse = new PointerInput(PointerInput.Kind.MOUSE, "mouse");
    Dimension paper = browser.findElement(By.id("drawing")).getSize();
    Sequence stroke = new Sequence(mouse, 0);
    for (int i = 0; i < points.length; i += 2) {
      stroke.addAction(
          mouse.createPointerMove(
              Duration.ofMillis(10),
              PointerInput.Origin.fromElement(browser.findElement(By.id("drawing"))),
              (points[i] - 50) * paper.width / 100,
              (points[i + 1] - 50) * paper.height / 100));
      if (i == 0) {
        stroke.addAction(mouse.createPointerDown(0));
      }
    }
    browser.perform(List.of(stroke.addAction(mouse.createPointerUp(0))));
  }

  /** Numbers of a list of pulls, its own and not those of lists within. */
  private static double sumOfPulls(String list) {
    return number(
        """
        [...document.querySelectorAll('%s > li')].map(li => li.querySelector('.value')?.textContent ?? '0')
            .reduce((sum, value) => sum + Number(value.replace('−', '-')), 0)"""
            .formatted(list));
  }

  private static double number(String expression) {
    return ((Number) js("Number(%s)".formatted(expression))).doubleValue();
  }

  private static double numberIn(String selector, String pattern) {
    return number(
        "document.querySelector('%s').textContent.match(/%s/)[1].replace('−', '-')"
            .formatted(selector, pattern));
  }

  @Test
  void pullsAddUpToWhatTheDigitIsAheadByDownToPixels() {
    press("#why-digits button:nth-child(9)");
    await("document.getElementById('why-title').textContent === 'Why 3 and not 8?'");
    double ahead = numberIn(".war p", "by (−?[0-9.]+):");
    double ofOne = numberIn(".war p", "are (−?[0-9.]+) and");
    double ofOther = numberIn(".war p", "and (−?[0-9.]+)\\.");

    assertThat(ahead).isPositive().isCloseTo(ofOne - ofOther, within(0.011));
    assertThat(sumOfPulls(".war > .tug")).isCloseTo(ahead, within(1e-9));
    long few = (long) js("document.querySelectorAll('.war > .tug > li').length");
    press(".war > .tug > li:last-child button");
    assertThat((long) js("document.querySelectorAll('.war > .tug > li').length"))
        .isGreaterThan(few);
    assertThat(sumOfPulls(".war > .tug")).isCloseTo(ahead, within(1e-9));

    browser.executeScript("document.querySelector('.war > .tug details').open = true");
    await("document.querySelector('.war .inside') !== null");
    while ((boolean) js("document.querySelector('.war .terms-picture') === null")) {
      String deepest = ".war .inside .tug";
      assertThat(sumOfPulls(deepest))
          .isCloseTo(numberIn(".war .inside", "z = (−?[0-9.]+)"), within(1e-9));
      browser.executeScript("document.querySelector('.war .inside .tug details').open = true");
      await("document.querySelector('.war .inside .inside') !== null");
    }
    String pixels = ".war .terms-picture p";
    assertThat(
            numberIn(pixels, "pixel: ([^ ]+) ")
                + numberIn(pixels, "some, ([^ ]+) ")
                + numberIn(pixels, "and ([^ ]+) of"))
        .isCloseTo(numberIn(pixels, "make (−?[0-9.]+)\\."), within(1e-9));
  }

  @Test
  void aStrokeIsSwitchedOffUntilOneDrawsOn() {
    await(
        "[...document.querySelectorAll('.strokes strong')].filter(s => s.textContent !== '').length === 2");
    String inkOfGhost =
        """
        (() => { const ghost = document.getElementById('ghost');
          return ghost.getContext('2d').getImageData(0, 0, ghost.width, ghost.height).data.some(v => v > 0); })()""";

    press(".strokes button");
    await(inkOfGhost);
    assertThat(js("document.querySelector('.strokes button').getAttribute('aria-pressed')"))
        .isEqualTo("true");

    draw(20, 20, 20, 25);
    await("!(%s)".formatted(inkOfGhost));
    await("document.querySelectorAll('.strokes button').length === 3");
  }

  @Test
  void theLeastInkThatMakesItAnEightIsReadAsAnEightWhenItIsPutOnThePaper() {
    press("#why-digits button:nth-child(9)");
    press("#make-it");
    await("document.getElementById('put-it') !== null");
    assertThat((String) js("document.getElementById('made-it').textContent"))
        .matches("(Adding|Rubbing) .* %.* makes it an 8\\.");
    String then = (String) js("document.querySelectorAll('.change figcaption')[1].textContent");
    assertThat(then).startsWith("Then: 8");

    press("#put-it");
    await("document.getElementById('badge').className === 'same'");
    assertThat(js("'Then: ' + document.getElementById('prediction').textContent")).isEqualTo(then);
    assertThat(js("document.getElementById('made-it').textContent")).isEqualTo("");
  }
}
