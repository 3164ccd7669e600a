package handspun.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.interactions.PointerInput.Kind;

/** Looks at the page on screens of all kinds, in all colours, and keeps pictures of it. */
class PageScreensIT {
  /** What the page may weigh without the model, in bytes. */
  private static final long MOST_BYTES = 120_000;

  @RegisterExtension private static final Visitor visitor = new Visitor();

  @RegisterExtension private static final ServedPage page = new ServedPage();

  private static void open(int width, int height, int scale, String colours) {
    visitor.screen(width, height, scale);
    emulate(colours);
    visitor.visit(page.address());
  }

  private static void emulate(String colours) {
    visitor.emulate(
        colours.equals("dark") ? "dark" : "light", colours.equals("forced") ? "active" : "none");
  }

  @ParameterizedTest
  @CsvSource({
    "320, 568, 2, light",
    "360, 740, 3, dark",
    "568, 320, 2, light",
    "844, 390, 1, dark",
    "800, 1100, 1, light",
    "1100, 800, 1, forced",
    "1366, 768, 1, light",
    "1920, 1080, 1, dark",
    "3840, 2160, 1, light"
  })
  void fitsTheScreenAndKeepsNobodyOut(int width, int height, int scale, String colours) {
    open(width, height, scale, colours);
    visitor.draw(width < 600 ? Kind.TOUCH : Kind.MOUSE, Digit.THREE.stroke());
    visitor.awaitProof();
    String name = "%dx%d-%s".formatted(width, height, colours);
    visitor.see(name);
    visitor.assertAccessible(Axe.ALL_RULES);
    for (String others : List.of("light", "dark", "forced")) {
      emulate(others);
      visitor.assertAccessible(Axe.RULES_ON_COLOURS);
    }
    emulate(colours);
    assertNothingSticksOut();
    if (Math.min(width, height) < 600) {
      // While one draws, all of the answer is there.
      assertThat(
              (Boolean)
                  visitor.js(
                      "scrollY === 0 && ['drawing', 'prediction', 'outputs', 'tools']"
                          + ".every(id => { const box = document.getElementById(id)"
                          + ".getBoundingClientRect(); return box.top >= 0"
                          + " && box.bottom <= innerHeight && box.width > 0; })"))
          .isTrue();
    }
    visitor.all(width < 600 ? ".output" : "#layer-1 .unit").get(3).click();
    visitor.await("document.querySelector('#unit .figures') !== null");
    visitor.run("document.querySelector('#unit details').open = true");
    visitor.assertAccessible(Axe.ALL_RULES);
    visitor.see(name + "-unit");
    assertNothingSticksOut();
  }

  /** Nobody needs to scroll sideways. */
  private static void assertNothingSticksOut() {
    assertThat(
            visitor.js(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"))
        .isEqualTo(0L);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void readsTheSameOnFineScreensAndWhereThePageIsScrolled(int scale) {
    open(400, 700, scale, "light");
    visitor.run("scrollTo(0, 60)");
    visitor.draw(Kind.TOUCH, Digit.SEVEN.stroke());
    visitor.awaitRead("7");
    assertThat(visitor.js("drawing.width === Math.round(drawing.clientWidth * devicePixelRatio)"))
        .isEqualTo(true);
  }

  @Test
  void fitsTextOfTwiceTheSize() {
    open(640, 900, 1, "light");
    visitor.run("document.documentElement.style.fontSize = '200%'");
    visitor.draw(Digit.THREE);
    visitor.awaitProof();
    visitor.see("640x900-text-200");
    assertNothingSticksOut();
  }

  @Test
  void toursTheVisitorsOwnDigitBySpaceBar() {
    visitor.open(page.address());
    visitor.run("localStorage.clear()");
    visitor.visit(page.address());
    assertThat(visitor.element("tour-offer").isDisplayed()).isFalse();
    visitor.draw(Digit.THREE);
    visitor.awaitProof();
    visitor.await("!document.getElementById('tour-offer').hidden");
    visitor.element("tour-begin").click();
    for (int step = 1; step <= 6; step++) {
      assertThat(visitor.element("tour-text").getText()).startsWith(step + "/6 ");
      visitor.await("document.querySelector('.toured') !== null");
      visitor.see("tour-" + step);
      if (step == 4) {
        visitor.assertAccessible(Axe.ALL_RULES);
      }
      new Actions(visitor.browser()).sendKeys(Keys.SPACE).perform();
    }
    assertThat(visitor.element("tour").isDisplayed()).isFalse();
    visitor.visit(page.address());
    visitor.draw(Digit.ONE);
    visitor.awaitProof();
    assertThat(visitor.element("tour-offer").isDisplayed()).isFalse();
  }

  @Test
  void speaksIndonesian() {
    visitor.open(page.address());
    try {
      visitor.run("localStorage.setItem('handspun-language', 'id')");
      visitor.visit(page.address());
      assertThat(visitor.prediction()).isEqualTo("Gambarlah sebuah angka");
      assertThat(visitor.js("document.documentElement.lang")).isEqualTo("id");
      visitor.draw(Digit.THREE);
      visitor.awaitProof();
      visitor.see("1366x900-indonesian");
      // Every sentence is there, with the same values in it.
      Object missing =
          visitor
              .browser()
              .executeAsyncScript(
                  """
                  const done = arguments[0];
                  Promise.all(['en', 'id'].map(code => import(new URL(`words/${code}.js`, document.baseURI).href)))
                      .then(([{default: en}, {default: id}]) => {
                        const values = text => (text.match(/\\{\\w+\\}/g) ?? []).sort().join();
                        done([...new Set([...Object.keys(en), ...Object.keys(id)])]
                            .filter(key => !(key in en) || !(key in id) || values(en[key]) !== values(id[key])));
                      });
                  """);
      assertThat((List<?>) missing).isEmpty();
    } finally {
      visitor.run("localStorage.clear()");
    }
  }

  @Test
  void weighsLittleWithoutTheModel() {
    visitor.open(page.address());
    visitor.draw(Digit.THREE);
    visitor.awaitProof();
    long bytes =
        (Long)
            visitor.js(
                "[...performance.getEntriesByType('navigation'),"
                    + " ...performance.getEntriesByType('resource')]"
                    + ".filter(e => !/api|healthz/.test(e.name))"
                    + ".reduce((sum, e) => sum + e.transferSize, 0)");
    System.out.printf("The page weighs %d bytes without the model.%n", bytes);
    assertThat(bytes).isBetween(10_000L, MOST_BYTES);
  }
}
