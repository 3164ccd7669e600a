package handspun.serve;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.openqa.selenium.chrome.ChromeDriver;

/** What axe-core (Deque) finds that keeps people from using a page. */
enum Axe {
  ALL_RULES("{}"),
  RULES_ON_COLOURS("{runOnly: ['color-contrast', 'link-in-text-block']}");

  private static final String SCRIPT = script();

  private final String options;

  Axe(String options) {
    this.options = options;
  }

  private static String script() {
    try (InputStream file = Axe.class.getResourceAsStream("/axe.min.js")) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@return what breaks these rules on the page that a browser shows} */
  List<?> violations(ChromeDriver browser) {
    if (!(Boolean) browser.executeScript("return 'axe' in window")) {
      browser.executeScript(SCRIPT);
    }
    return (List<?>)
        browser.executeAsyncScript(
            "const done = arguments[0];"
                + " axe.run("
                + options
                + ").then(({violations}) => done(violations.map(v =>"
                + " `${v.id}: ${v.help} ${v.nodes.map(n => n.target.join(' ')).join('; ')}`)));");
  }
}
