package handspun.image;

import handspun.image.Components.Thing;
import handspun.image.StraightLines.Line;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The rules and squares of a sheet: thin straight lines from one edge of the picture to the other.
 *
 * <p>In a picture that was cut out closely, the bar of a 4 or 7 does that, too. It is kept: a line
 * is a rule if there are several, or if the rest leaves room above and below; and at the picture's
 * edge, only as one of several.
 */
final class Rules {
  /** How near to the picture's edge a line must begin and end, as a part of its length. */
  private static final double NEAR = 0.05;

  /** A digit that takes more of the picture was cut out closely. */
  private static final double CLOSE = 0.85;

  private final byte[] ink;
  private final int width;
  private final int height;

  private Rules(byte[] ink, int width) {
    this.ink = ink;
    this.width = width;
    height = ink.length / width;
  }

  /** {@return the pixels that are nothing but rules; empty if there are none} */
  static int[] pixels(byte[] ink, int width) {
    return new Rules(ink, width).find();
  }

  private int[] find() {
    byte[] rest = ink.clone();
    List<Line> lying = spanning(StraightLines.lying(rest, width), width, height);
    erase(rest, lying);
    List<Line> upright = spanning(StraightLines.upright(rest, width), height, width);
    erase(rest, upright);
    if (lying.isEmpty() && upright.isEmpty()) {
      return new int[0];
    }
    Thing digit = largest(rest);
    boolean isSubstantial = digit != null && digit.longerSide() >= 0.05 * Math.max(width, height);
    if (!isSubstantial && lying.size() + upright.size() < 3) {
      return new int[0];
    }
    List<Line> rules = new ArrayList<>();
    boolean squares = lying.size() >= 2 && upright.size() >= 2;
    if (digit == null || areRules(lying, squares, height, digit.height())) {
      rules.addAll(lying);
    }
    if (digit == null || areRules(upright, squares, width, digit.width())) {
      rules.addAll(upright);
    }
    return rules.stream().flatMapToInt(line -> Arrays.stream(line.pixels())).toArray();
  }

  private static boolean areRules(List<Line> lines, boolean squares, int size, int digit) {
    long inside = lines.stream().filter(line -> !isAtEdge(line, size)).count();
    return inside >= 1 && (squares || inside >= 2 || digit < CLOSE * size);
  }

  private static boolean isAtEdge(Line line, int size) {
    double least = Math.max(NEAR * size, 2 * line.thickness());
    return line.middle() < least || line.middle() > size - least;
  }

  private static List<Line> spanning(List<Line> lines, int along, int across) {
    return lines.stream()
        .filter(line -> line.first() <= NEAR * along || leaves(line.start(), across))
        .filter(line -> line.last() >= (1 - NEAR) * along || leaves(line.end(), across))
        .toList();
  }

  /** Whether a line comes from the picture's other edges. */
  private static boolean leaves(double end, int across) {
    return end < NEAR * across || end > (1 - NEAR) * across;
  }

  private static void erase(byte[] ink, List<Line> lines) {
    for (Line line : lines) {
      for (int pixel : line.pixels()) {
        ink[pixel] = 0;
      }
    }
  }

  private Thing largest(byte[] rest) {
    Thing largest = null;
    for (Thing thing : Components.of(rest, width).things()) {
      if (largest == null || thing.area > largest.area) {
        largest = thing;
      }
    }
    return largest;
  }
}
