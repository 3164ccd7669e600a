package handspun.report;

import handspun.HandspunException;
import handspun.files.Location;
import handspun.store.AtomicFile;
import java.awt.AWTError;
import java.io.IOException;
import java.util.Optional;

/**
 * A figure that a run can do without.
 *
 * <p>Java draws text with the fonts of the system. Where there are none, as in many containers, it
 * throws errors of several kinds from deep inside, and a run of an hour must not end in one. So
 * every figure is drawn through {@link #write}, which answers with a sentence instead.
 */
@FunctionalInterface
public interface Figure {

  /** {@return the whole file} */
  byte[] draw() throws IOException;

  /**
   * Draws a figure and writes it to a file that appears whole or not at all. Sets the system
   * property {@code java.awt.headless} to true if it is not set: nothing here needs a screen.
   *
   * @param file created or replaced
   * @param figure what to draw
   * @return empty, or a warning for the user: what could not be drawn, why, and what to do
   */
  static Optional<String> write(Location file, Figure figure) {
    if (System.getProperty("java.awt.headless") == null) {
      System.setProperty("java.awt.headless", "true");
    }
    byte[] content;
    try {
      content = figure.draw();
    } catch (LinkageError | InternalError | AWTError e) {
      return Optional.of(
          "%s was not drawn, as Java cannot use fonts on this machine (%s): install fontconfig and a font, such as the Debian packages fontconfig and fonts-dejavu-core."
              .formatted(file.fileName(), rootMessage(e)));
    } catch (IOException | RuntimeException e) {
      return Optional.of("%s was not drawn: %s.".formatted(file.fileName(), e));
    }
    try {
      AtomicFile.replace(file, content);
    } catch (HandspunException e) {
      return Optional.of(e.getMessage());
    }
    return Optional.empty();
  }

  private static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.toString() : root.getMessage();
  }
}
