package handspun.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.interactions.PointerInput;
import org.openqa.selenium.interactions.PointerInput.Kind;
import org.openqa.selenium.interactions.Sequence;

/** Goes from an empty paper to why a digit was read, without a mouse. */
class PageWalkIT {
  @RegisterExtension private static final Visitor visitor = new Visitor();

  @RegisterExtension private static final ServedPage page = new ServedPage();

  private static void press(CharSequence... keys) {
    new Actions(visitor.browser()).sendKeys(keys).perform();
  }

  private static void pressTimes(int times, CharSequence key) {
    press(Stream.generate(() -> key).limit(times).toArray(CharSequence[]::new));
  }

  /** Presses the tabulator until an element has the focus that is on the screen. */
  private static void tabTo(String selector) {
    String isThere = "document.activeElement.matches('" + selector + "')";
    for (int presses = 0; !(Boolean) visitor.js(isThere); presses++) {
      assertThat(presses).as("presses of the tabulator to " + selector).isLessThan(150);
      press(Keys.TAB);
    }
    assertThat(visitor.js("document.activeElement.checkVisibility()")).isEqualTo(true);
  }

  @Test
  void keysAloneLeadFromAnEmptyPaperToWhyItIsAOne() {
    visitor.open(page.address());
    tabTo("#drawing");
    pressTimes(12, Keys.ARROW_UP);
    press(Keys.SPACE);
    pressTimes(25, Keys.ARROW_DOWN);
    press(Keys.SPACE);
    visitor.awaitRead("1");

    tabTo("#layer-1 .unit");
    press(Keys.ENTER);
    visitor.await("!document.getElementById('unit').hidden");
    tabTo("#unit-close");
    tabTo("#unit summary");
    press(Keys.ENTER);
    visitor.await("document.querySelector('#unit .terms .term') !== null");

    visitor.await("document.getElementById('why-title').textContent.startsWith('Why 1 and not ')");
    tabTo("#why-digits button:nth-child(8)");
    press(Keys.ENTER);
    visitor.await("document.getElementById('why-title').textContent === 'Why 1 and not 7?'");
    tabTo(".war > .tug summary");
    press(Keys.ENTER);
    visitor.await("document.querySelector('.war .inside') !== null");
    tabTo("#make-it");
    press(Keys.ENTER);
    visitor.await("document.getElementById('put-it') !== null");
    tabTo("#put-it");
    press(Keys.ENTER);
    visitor.awaitRead("7");
    new Actions(visitor.browser())
        .keyDown(Keys.CONTROL)
        .sendKeys("z")
        .keyUp(Keys.CONTROL)
        .perform();
    visitor.awaitRead("1");
  }

  private static void tap(String selector) {
    visitor.run(
        "document.querySelector('%s').scrollIntoView({block: 'center', behavior: 'instant'})"
            .formatted(selector));
    WebElement element = visitor.first(selector);
    PointerInput finger = new PointerInput(Kind.TOUCH, "finger");
    visitor
        .browser()
        .perform(
            List.of(
                new Sequence(finger, 0)
                    .addAction(
                        finger.createPointerMove(
                            Duration.ZERO, PointerInput.Origin.fromElement(element), 0, 0))
                    .addAction(finger.createPointerDown(0))
                    .addAction(finger.createPointerUp(0))));
  }

  @Test
  void aFingerAloneLeadsFromAnEmptyPaperToWhyItIsAThree() {
    visitor.screen(360, 740, 2);
    visitor.emulate("light", "none");
    visitor.visit(page.address());
    visitor.draw(Kind.TOUCH, Digit.THREE.stroke());
    visitor.awaitRead("3");

    tap(".output");
    visitor.await("!document.getElementById('unit').hidden");
    tap("#unit summary");
    visitor.await("document.querySelector('#unit .terms .term') !== null");
    tap("#unit-close");
    visitor.await("document.getElementById('unit').hidden");

    visitor.await("document.getElementById('why-title').textContent.startsWith('Why 3 and not ')");
    tap("#why-digits button:nth-child(9)");
    visitor.await("document.getElementById('why-title').textContent === 'Why 3 and not 8?'");
    tap(".war > .tug summary");
    visitor.await("document.querySelector('.war .inside') !== null");
    tap("#make-it");
    visitor.await("document.getElementById('put-it') !== null");
    tap("#put-it");
    visitor.awaitRead("8");
    tap("#undo");
    visitor.awaitRead("3");
    visitor.screen(1366, 900, 1);
  }
}
