package handspun.image;

import handspun.image.Components.Thing;
import java.util.Arrays;

/**
 * Frames and boxes around a digit: things with a straight stroke along at least three sides of
 * their bounding box, within which lies something as large as a digit. A 0 is none: it is round,
 * and nothing lies in it.
 */
final class Frames {
  /** How much of a side must have ink near it. */
  private static final double COVERED = 0.85;

  /** How far from a side ink is near it, as a part of the other sides: boxes may be drawn askew. */
  private static final double NEAR = 0.1;

  /** How much of a box what lies in it must take, across or down, to be its digit. */
  private static final double CONTENT = 0.2;

  /** The shorter side of the smallest box, and as a part of the picture's longer side. */
  private static final int LEAST_SIDE = 8;

  private static final double LEAST_PART = 0.05;

  private final Components components;
  private final double leastSide;

  Frames(Components components, int width, int height) {
    this.components = components;
    leastSide = Math.max(LEAST_SIDE, LEAST_PART * Math.max(width, height));
  }

  /** {@return whether a thing is a frame around another thing} */
  boolean isFrame(int number) {
    Thing frame = components.things()[number];
    if (Math.min(frame.width(), frame.height()) < leastSide
        || frame.area > 0.5 * frame.width() * frame.height()
        || !hasContent(number)) {
      return false;
    }
    return new Sides(components, number).covered() >= 3;
  }

  private boolean hasContent(int number) {
    Thing frame = components.things()[number];
    for (Thing thing : components.things()) {
      if (thing != frame
          && thing.left > frame.left - 2
          && thing.right < frame.right + 2
          && thing.top > frame.top - 2
          && thing.bottom < frame.bottom + 2
          && Math.max(
                  (double) thing.height() / frame.height(), (double) thing.width() / frame.width())
              >= CONTENT) {
        return true;
      }
    }
    return false;
  }

  /** The outermost ink of a thing, seen from the sides of its bounding box. */
  static final class Sides {
    private final Thing thing;
    private final int[] left;
    private final int[] right;
    private final int[] top;
    private final int[] bottom;

    Sides(Components components, int number) {
      thing = components.things()[number];
      left = new int[thing.height()];
      right = new int[thing.height()];
      top = new int[thing.width()];
      bottom = new int[thing.width()];
      Arrays.fill(left, thing.width());
      Arrays.fill(right, thing.width());
      Arrays.fill(top, thing.height());
      Arrays.fill(bottom, thing.height());
      for (int run = 0; run < components.runs(); run++) {
        if (components.thing(run) == number) {
          add(components.row(run), components.start(run), components.end(run));
        }
      }
    }

    private void add(int row, int start, int end) {
      int y = row - thing.top;
      left[y] = Math.min(left[y], start - thing.left);
      right[y] = Math.min(right[y], thing.right - end);
      for (int x = start - thing.left; x < end - thing.left; x++) {
        top[x] = Math.min(top[x], y);
        bottom[x] = Math.min(bottom[x], thing.height() - 1 - y);
      }
    }

    /** {@return how many of the sides have ink along them} */
    int covered() {
      double across = NEAR * thing.width();
      double down = NEAR * thing.height();
      int covered = 0;
      covered += isCovered(left, across) ? 1 : 0;
      covered += isCovered(right, across) ? 1 : 0;
      covered += isCovered(top, down) ? 1 : 0;
      covered += isCovered(bottom, down) ? 1 : 0;
      return covered;
    }

    private static boolean isCovered(int[] depths, double near) {
      int covered = 0;
      for (int depth : depths) {
        covered += depth <= near ? 1 : 0;
      }
      return covered >= COVERED * depths.length;
    }
  }
}
