package handspun.data;

import handspun.HandspunException;
import handspun.files.Location;
import handspun.network.Inputs;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What the columns of a table of images mean, told from its first line. A header names the column
 * of the labels; without one the labels come first. All other columns are pixels, row by row, but
 * for the numbers of rows that pandas writes.
 *
 * @param separator between values
 * @param header the first line, if it is one
 * @param roles of each column: the number of its pixel, {@link #LABEL} or {@link #OTHER}
 * @param pixels of an image
 */
record CsvColumns(char separator, Optional<List<String>> header, int[] roles, int pixels) {
  /** The label, in {@link #roles}. */
  static final int LABEL = -1;

  /** Neither label nor pixel, in {@link #roles}. */
  static final int OTHER = -2;

  private static final List<String> LABELS =
      List.of("label", "labels", "class", "target", "digit", "y");
  private static final List<String> OTHERS = List.of("", "unnamed: 0", "id", "index", "imageid");

  /**
   * {@return the columns that a table's first line tells; refuses what is no label and square
   * image}
   */
  static CsvColumns of(Location path, String firstLine) {
    char separator = firstLine.indexOf(',') >= 0 ? ',' : firstLine.indexOf(';') >= 0 ? ';' : '\t';
    List<String> values =
        Stream.of(firstLine.split(String.valueOf(separator), -1))
            .map(value -> value.replace("\"", "").strip())
            .toList();
    boolean isHeader = !values.stream().allMatch(value -> value.matches("[-+]?\\d*\\.?\\d+"));
    int[] roles = isHeader ? named(values) : unnamed(values.size());
    int pixels = (int) IntStream.of(roles).filter(role -> role >= 0).count();
    CsvColumns columns =
        new CsvColumns(separator, isHeader ? Optional.of(values) : Optional.empty(), roles, pixels);
    if (pixels < 1 || !isSquare(pixels) || pixels > Inputs.MOST_PIXELS) {
      throw new HandspunException(
          "%s has %d columns, of which %d are pixels; a label and the pixels of a square image are expected, such as 1 + 28 x 28 = 785 columns."
              .formatted(path, values.size(), pixels));
    }
    return columns;
  }

  private static int[] named(List<String> names) {
    int[] roles = new int[names.size()];
    boolean labelled = false;
    int pixel = 0;
    for (int column = 0; column < roles.length; column++) {
      String name = names.get(column).toLowerCase(Locale.ROOT);
      if (!labelled && LABELS.contains(name)) {
        roles[column] = LABEL;
        labelled = true;
      } else {
        roles[column] = OTHERS.contains(name) ? OTHER : pixel++;
      }
    }
    return labelled || isSquare(pixel) ? roles : unnamed(names.size());
  }

  private static int[] unnamed(int count) {
    int first = isSquare(count) ? 0 : LABEL;
    return IntStream.range(first, first + count).toArray();
  }

  private static boolean isSquare(int count) {
    int side = (int) Math.sqrt(count);
    return side * side == count;
  }

  boolean hasLabel() {
    return IntStream.of(roles).anyMatch(role -> role == LABEL);
  }

  /** {@return rows of an image, and columns} */
  int side() {
    return (int) Math.sqrt(pixels);
  }

  String name(int column) {
    return header
        .map(names -> "the column " + names.get(column))
        .orElse(roles[column] == LABEL ? "the label" : "pixel " + roles[column]);
  }

  /** {@return how many values a row has, for messages} */
  String expected() {
    return header.isPresent()
        ? "its header names " + roles.length
        : "its first line has " + roles.length;
  }
}
