package handspun.image;

import handspun.image.Components.Thing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Which of the things on the paper are a digit's strokes, and how many digits they make. */
final class DigitGroups {
  /** What has less ink than this part of the largest thing is dust. */
  private static final double DUST = 1.0 / 400;

  /** What is smaller than this part of the largest thing, and far from it, is a speck. */
  private static final double SMALL = 0.2;

  /** A gap to the largest things, as a part of the largest, that is near. */
  private static final double NEAR = 0.125;

  /** With more small things this is a texture, and comparing them all takes too long. */
  private static final long MOST_PAIRS = 1 << 20;

  /** The least area of a digit beside the tip of a shadow. */
  private static final double LEAST_DIGIT = 0.125;

  /** A gap between strokes of one digit, as a part of its height, at most. */
  private static final double GAP_WITHIN = 0.15;

  /** The least height of a digit beside a taller one. */
  private static final double LEAST_HEIGHT = 0.6;

  private final Thing[] things;
  private final boolean[] stroke;

  private DigitGroups(Thing[] things) {
    this.things = things;
    stroke = new boolean[things.length];
  }

  /**
   * Finds the strokes.
   *
   * @param things all of a picture
   * @param candidate whether a thing is to be looked at
   * @return whether each is a digit's stroke
   */
  static boolean[] strokes(Thing[] things, boolean[] candidate) {
    DigitGroups groups = new DigitGroups(things);
    Thing largest = largest(things, candidate);
    if (largest != null) {
      groups.find(candidate, largest);
    }
    return groups.stroke;
  }

  private static Thing largest(Thing[] things, boolean[] candidate) {
    Thing largest = null;
    for (int t = 0; t < things.length; t++) {
      if (candidate[t] && (largest == null || things[t].area > largest.area)) {
        largest = things[t];
      }
    }
    return largest;
  }

  /**
   * {@return whether each candidate touches the edge of a picture of this size and is far from the
   * largest that does not: where paper is shaded, the tip of a shadow}
   */
  static boolean[] shadows(Thing[] things, boolean[] candidate, int width, int height) {
    boolean[] shadow = new boolean[things.length];
    boolean[] inner = new boolean[things.length];
    for (int t = 0; t < things.length; t++) {
      inner[t] = candidate[t] && !touchesEdge(things[t], width, height);
    }
    Thing largest = largest(things, candidate);
    Thing main = largest(things, inner);
    if (main == null || main.area < largest.area * LEAST_DIGIT) {
      return shadow;
    }
    for (int t = 0; t < things.length; t++) {
      boolean far = gap(things[t], main) > 2 * NEAR * main.longerSide();
      shadow[t] = candidate[t] && !inner[t] && far;
    }
    return shadow;
  }

  private static boolean touchesEdge(Thing thing, int width, int height) {
    return Math.min(thing.left, thing.top) < 2
        || thing.right > width - 2
        || thing.bottom > height - 2;
  }

  private void find(boolean[] candidate, Thing main) {
    List<Integer> small = new ArrayList<>();
    List<Thing> large = new ArrayList<>();
    for (int t = 0; t < things.length; t++) {
      if (candidate[t] && things[t].area >= DUST * main.area) {
        if (things[t].longerSide() > SMALL * main.longerSide()) {
          stroke[t] = true;
          large.add(things[t]);
        } else {
          small.add(t);
        }
      }
    }
    if ((long) small.size() * (small.size() + large.size()) <= MOST_PAIRS) {
      addNear(small, large, NEAR * main.longerSide());
    }
  }

  /** Small things near to large ones, and those near to these: dots of a dotted stroke. */
  private void addNear(List<Integer> small, List<Thing> large, double near) {
    List<Thing> added = new ArrayList<>();
    List<Integer> left = new ArrayList<>(small);
    boolean again = true;
    while (again) {
      again = false;
      for (Integer t : List.copyOf(left)) {
        Thing thing = things[t];
        double own = 2.0 * thing.longerSide();
        if (large.stream().anyMatch(other -> gap(thing, other) <= Math.max(own, near))
            || added.stream().anyMatch(other -> gap(thing, other) <= own)) {
          stroke[t] = true;
          added.add(thing);
          left.remove(t);
          again = true;
        }
      }
    }
  }

  /** Between the bounding boxes; 0 if they meet. */
  private static double gap(Thing a, Thing b) {
    int across = Math.max(0, Math.max(a.left, b.left) - Math.min(a.right, b.right));
    int down = Math.max(0, Math.max(a.top, b.top) - Math.min(a.bottom, b.bottom));
    return Math.sqrt((double) across * across + (double) down * down);
  }

  /**
   * {@return how many digits the strokes make that lie beside each other, at least 1} In doubt it
   * is one: strokes of one digit may be apart.
   */
  static int count(Components components, boolean[] stroke) {
    Thing[] things = components.things();
    List<Thing> strokes = new ArrayList<>();
    for (int t = 0; t < stroke.length; t++) {
      if (stroke[t]) {
        strokes.add(things[t]);
      }
    }
    if (strokes.size() < 2) {
      return 1;
    }
    strokes.sort(Comparator.comparingInt((Thing thing) -> thing.left));
    int top = strokes.stream().mapToInt(thing -> thing.top).min().orElseThrow();
    int bottom = strokes.stream().mapToInt(thing -> thing.bottom).max().orElseThrow();
    double gap = GAP_WITHIN * (bottom - top);
    int digits = 0;
    int groupTop = Integer.MAX_VALUE;
    int groupBottom = 0;
    int right = 0;
    for (Thing thing : strokes) {
      if (groupBottom > 0 && thing.left > right + gap) {
        digits += isTall(groupTop, groupBottom, bottom - top) ? 1 : 0;
        groupTop = Integer.MAX_VALUE;
        groupBottom = 0;
      }
      right = Math.max(right, thing.right);
      groupTop = Math.min(groupTop, thing.top);
      groupBottom = Math.max(groupBottom, thing.bottom);
    }
    digits += isTall(groupTop, groupBottom, bottom - top) ? 1 : 0;
    return Math.max(1, digits);
  }

  private static boolean isTall(int top, int bottom, int height) {
    return bottom - top >= LEAST_HEIGHT * height;
  }
}
