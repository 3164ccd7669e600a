package handspun.drawings;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Drawings in a text file of this package: a line for each, a name and a colon, then the points of
 * its strokes as {@code x,y} to the right and down, with {@code ;} between strokes. Behind {@code
 * #} is a remark.
 */
final class StrokeFile {
  private static final String CORNER = "|";

  private StrokeFile() {}

  /** A drawing of unit size. */
  record Named(String name, Drawing drawing) {}

  /** {@return the drawings of a file; the pen goes straight from point to point} */
  static List<Named> ofLines(String file) {
    return read(
        file,
        (points, builder) -> {
          for (String point : points) {
            StrokeBuilder.Point to = point(point);
            builder.point(to.x(), to.y());
          }
        });
  }

  /**
   * {@return the drawings of a file; the pen goes along a curve through the points, which has a
   * corner where a {@code |} stands behind a point}
   */
  static List<Named> ofCurves(String file) {
    return read(
        file,
        (points, builder) -> {
          List<StrokeBuilder.Point> curve = new ArrayList<>();
          for (String point : points) {
            curve.add(point(point.replace(CORNER, "")));
            if (point.endsWith(CORNER)) {
              builder.curve(curve);
              curve = new ArrayList<>(curve.subList(curve.size() - 1, curve.size()));
            }
          }
          builder.curve(curve);
        });
  }

  private static StrokeBuilder.Point point(String text) {
    int comma = text.indexOf(',');
    return new StrokeBuilder.Point(
        Double.parseDouble(text.substring(0, comma)),
        Double.parseDouble(text.substring(comma + 1)));
  }

  private static List<Named> read(String file, BiConsumer<String[], StrokeBuilder> stroke) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                StrokeFile.class.getResourceAsStream(file), StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> named(line, stroke))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Named named(String line, BiConsumer<String[], StrokeBuilder> stroke) {
    int colon = line.indexOf(": ");
    StrokeBuilder builder = new StrokeBuilder();
    for (String points : line.substring(colon + 2).split(";")) {
      stroke.accept(points.strip().split(" +"), builder);
      builder.lift();
    }
    return new Named(line.substring(0, colon), builder.build().ofUnitSize());
  }
}
