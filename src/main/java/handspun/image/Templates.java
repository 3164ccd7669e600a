package handspun.image;

import handspun.math.RandomStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Drawings that a text file describes: a line for each, with its name, a colon, and the points that
 * its strokes go through, across and down, as a rule in 0 to 100. Behind a point that is a corner
 * stands {@code |}, and {@code ;} stands between strokes. Lines that begin with {@code #} say
 * something to readers.
 */
public final class Templates {
  /** Makes 100 as large as MNIST's digits, so that there is a point in about each pixel. */
  static final double TO_PIXELS = 0.2;

  /** Other ways to write digits than MNIST's writers had: names are labels. */
  static final Templates ALLOGRAPHS = read(Templates.class, "allographs.txt", TO_PIXELS);

  /** Letters and signs. */
  static final Templates SIGNS = read(Templates.class, "signs.txt", TO_PIXELS);

  private final Map<String, List<Strokes>> byName = new LinkedHashMap<>();
  private final List<Strokes> all = new ArrayList<>();

  private Templates(String text, double scale) {
    text.lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .forEach(
            line -> {
              String[] parts = line.split(":", 2);
              Strokes strokes = parse(parts[1], scale);
              byName.computeIfAbsent(parts[0], name -> new ArrayList<>()).add(strokes);
              all.add(strokes);
            });
  }

  /**
   * Reads them.
   *
   * @param beside the file lies in this class's package
   * @param scale what coordinates are multiplied by; curves then have a point for about every unit
   */
  public static Templates read(Class<?> beside, String file, double scale) {
    try (InputStream in = beside.getResourceAsStream(file)) {
      return new Templates(new String(in.readAllBytes(), StandardCharsets.UTF_8), scale);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@return the drawing that a line describes behind its colon} */
  static Strokes parse(String text, double scale) {
    StrokesBuilder builder = new StrokesBuilder();
    for (String stroke : text.split(";")) {
      for (String curve : stroke.split("\\|")) {
        addCurve(curve.strip(), scale, builder);
      }
      builder.end();
    }
    return builder.build();
  }

  private static void addCurve(String points, double scale, StrokesBuilder builder) {
    double[] knots =
        Arrays.stream(points.split("[\\s,]+")).mapToDouble(Double::parseDouble).toArray();
    for (int k = 0; k < knots.length; k++) {
      knots[k] *= scale;
    }
    builder.curveOn(knots);
  }

  /** {@return the names, in the order of the file} */
  public List<String> names() {
    return List.copyOf(byName.keySet());
  }

  /** {@return all, in the order of the file} */
  public List<Strokes> all() {
    return Collections.unmodifiableList(all);
  }

  /** {@return the drawings of a name; none if there is no such name} */
  List<Strokes> named(String name) {
    return byName.getOrDefault(name, List.of());
  }

  /** {@return one of all, each as likely as another} */
  Strokes any(RandomStream random) {
    return all.get(random.nextInt(all.size()));
  }
}
