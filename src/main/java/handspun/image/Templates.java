package handspun.image;

import handspun.math.RandomStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Drawings that a text file describes: a line for each, with its name, a colon, and the points that
 * its strokes go through, across and down in 0 to 100. Behind a point that is a corner stands
 * {@code |}, and {@code ;} stands between strokes. Lines that begin with {@code #} say something to
 * readers.
 */
final class Templates {
  /** Other ways to write digits than MNIST's writers had: names are labels. */
  static final Templates ALLOGRAPHS = read("allographs.txt");

  /** Letters and signs. */
  static final Templates SIGNS = read("signs.txt");

  /** As large as MNIST's digits, so that there is a point in about each pixel. */
  private static final double SCALE = 0.2;

  private final Map<String, List<Strokes>> byName = new LinkedHashMap<>();
  private final List<Strokes> all = new ArrayList<>();

  private Templates(String text) {
    text.lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .forEach(
            line -> {
              String[] parts = line.split(":", 2);
              Strokes strokes = parse(parts[1]);
              byName.computeIfAbsent(parts[0], name -> new ArrayList<>()).add(strokes);
              all.add(strokes);
            });
  }

  private static Templates read(String file) {
    try (InputStream in = Templates.class.getResourceAsStream(file)) {
      return new Templates(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Strokes parse(String text) {
    StrokesBuilder builder = new StrokesBuilder();
    for (String stroke : text.split(";")) {
      for (String curve : stroke.split("\\|")) {
        addCurve(curve.strip(), builder);
      }
      builder.end();
    }
    return builder.build();
  }

  private static void addCurve(String points, StrokesBuilder builder) {
    double[] knots =
        Arrays.stream(points.split("[\\s,]+")).mapToDouble(Double::parseDouble).toArray();
    for (int k = 0; k < knots.length; k++) {
      knots[k] *= SCALE;
    }
    builder.curveOn(knots);
  }

  /** {@return the names, in the order of the file} */
  List<String> names() {
    return List.copyOf(byName.keySet());
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
