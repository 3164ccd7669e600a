package handspun.serve;

import handspun.StartedProcesses;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** A real browser for tests. */
final class Chromium {
  private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

  private Chromium() {}

  /**
   * Starts it; whoever starts it quits it. Where there is none, the tests are skipped, aloud.
   *
   * @param profile an empty folder
   */
  static ChromeDriver start(Path profile) {
    Optional<File> chromium = program("chromium", "chromium-browser", "google-chrome");
    Optional<File> driver = program("chromedriver");
    if (chromium.isEmpty() || driver.isEmpty()) {
      String missing =
          "The browser tests are skipped: %s is not in the PATH (Debian: apt-get install chromium chromium-driver)."
              .formatted(chromium.isEmpty() ? "Chromium" : "chromedriver");
      System.out.println(missing);
      Assumptions.abort(missing);
    }
    // It would like to know this browser's version of a protocol that is not used here.
    SELENIUM.setLevel(Level.SEVERE);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(chromium.get());
    // A server of the tests signs its certificate itself.
    options.setAcceptInsecureCerts(true);
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        "--user-data-dir=" + profile);
    Map<String, String> environment = new HashMap<>();
    StartedProcesses.mark(environment);
    return new ChromeDriver(
        new ChromeDriverService.Builder()
            .usingDriverExecutable(driver.get())
            .withEnvironment(environment)
            .build(),
        options);
  }

  /** {@return the first of some programs that is in the PATH} */
  static Optional<File> program(String... names) {
    return Arrays.stream(names)
        .flatMap(
            name ->
                Stream.of(System.getenv("PATH").split(File.pathSeparator))
                    .map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .map(Path::toFile)
        .findFirst();
  }
}
