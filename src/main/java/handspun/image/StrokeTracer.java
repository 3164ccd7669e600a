package handspun.image;

import static handspun.image.SkeletonLine.NONE;

/**
 * Makes strokes of an image again: its {@link SkeletonGraph} is followed from end to end. Where
 * lines meet, those that go on most straightly are one stroke. Branches that are no longer than the
 * ink is wide are none, since thinning makes them of bumps; nor are specks beside the digit.
 *
 * <p>The same on every machine. Not for several threads at once.
 */
public final class StrokeTracer {
  /** Pixels of the skeleton from a point of a stroke to the next. */
  private static final int STEP = Skeleton.SCALE;

  /** A branch must be longer, in pixels of the skeleton. */
  private static final int LEAST_BRANCH = 2 * Skeleton.SCALE;

  /** Lines go on as one stroke if the cosine of what they turn by is above this. */
  private static final double STRAIGHT = 0.5;

  private static final int SMOOTHING = 2 * Skeleton.SCALE;

  private final SkeletonGraph graph;

  /** The lines of one stroke, one after the other. */
  private final SkeletonLine whole = new SkeletonLine();

  /** Of images of this size. */
  public StrokeTracer(int rows, int columns) {
    graph = new SkeletonGraph(rows, columns);
  }

  /**
   * @param image pixels row by row, one unsigned byte each
   * @return its strokes, in pixels of the image, where the first pixel reaches from 0 to 1; none of
   *     a blank image
   */
  public Strokes trace(byte[] image) {
    graph.find(image);
    dropSpecks();
    dropShortBranches();
    joinLines();
    StrokesBuilder strokes = new StrokesBuilder();
    for (int l = 0; l < graph.lines(); l++) {
      if (graph.line(l).nextLine(0) == NONE) {
        write(l, 0, strokes);
      } else if (graph.line(l).nextLine(1) == NONE) {
        write(l, 1, strokes);
      }
    }
    for (int l = 0; l < graph.lines(); l++) {
      // What is left are rings.
      write(l, 0, strokes);
    }
    return strokes.build();
  }

  /** A dot is a drawing by itself, and beside lines it is a speck. */
  private void dropSpecks() {
    boolean hasLines = false;
    for (int l = 0; l < graph.lines(); l++) {
      hasLines |= graph.line(l).count() > 1;
    }
    for (int l = 0; l < graph.lines(); l++) {
      if (hasLines && graph.line(l).count() == 1) {
        graph.line(l).remove();
      }
    }
  }

  private void dropShortBranches() {
    for (int l = 0; l < graph.lines(); l++) {
      SkeletonLine line = graph.line(l);
      if (line.count() - 1 < LEAST_BRANCH && line.node(0) != NONE && line.node(1) != NONE) {
        boolean firstIsEnd = graph.degree(line.node(0)) == 1;
        boolean lastIsEnd = graph.degree(line.node(1)) == 1;
        if (firstIsEnd != lastIsEnd) {
          graph.remove(line);
        }
      }
    }
  }

  /** At each node, the two ends that are straightest to each other, again and again. */
  private void joinLines() {
    for (int node = 0; node < graph.nodes(); node++) {
      while (joinStraightest(node)) {
        // The next two.
      }
    }
  }

  /** An end of a line has the line's number, twice, and 1 if it is the last place. */
  private boolean joinStraightest(int node) {
    double best = graph.degree(node) == 2 ? -2 : STRAIGHT;
    int bestOne = NONE;
    int bestOther = NONE;
    for (int one = 0; one < 2 * graph.lines(); one++) {
      if (isFree(one, node)) {
        for (int other = one + 1; other < 2 * graph.lines(); other++) {
          if (isFree(other, node) && straightness(one, other) > best) {
            best = straightness(one, other);
            bestOne = one;
            bestOther = other;
          }
        }
      }
    }
    if (bestOne == NONE) {
      return false;
    }
    graph.line(bestOne / 2).goOn(bestOne % 2, bestOther / 2, bestOther % 2);
    graph.line(bestOther / 2).goOn(bestOther % 2, bestOne / 2, bestOne % 2);
    return true;
  }

  private boolean isFree(int end, int node) {
    SkeletonLine line = graph.line(end / 2);
    return !line.isGone() && line.node(end % 2) == node && line.nextLine(end % 2) == NONE;
  }

  private double straightness(int one, int other) {
    double x = graph.line(one / 2).right(one % 2);
    double y = graph.line(one / 2).down(one % 2);
    double otherX = graph.line(other / 2).right(other % 2);
    double otherY = graph.line(other / 2).down(other % 2);
    double lengths = Math.sqrt((x * x + y * y) * (otherX * otherX + otherY * otherY));
    return lengths == 0 ? -1 : -(x * otherX + y * otherY) / lengths;
  }

  /** Writes the stroke that begins at an end of a line, and takes its lines away. */
  private void write(int firstLine, int firstEnd, StrokesBuilder strokes) {
    whole.clear();
    int l = firstLine;
    int end = firstEnd;
    while (l != NONE && !graph.line(l).isGone()) {
      SkeletonLine line = graph.line(l);
      line.remove();
      for (int i = 0; i < line.count(); i++) {
        int from = end == 0 ? i : line.count() - 1 - i;
        if (i > 0 || whole.count() == 0) {
          whole.add(line.x(from), line.y(from));
        }
      }
      l = line.nextLine(1 - end);
      end = line.nextEnd(1 - end);
    }
    if (whole.count() == 0) {
      return;
    }
    whole.smooth(SMOOTHING);
    int segments = Math.max(1, Math.round((whole.count() - 1f) / STEP));
    for (int s = 0; s <= segments; s++) {
      int i = Math.round((whole.count() - 1f) * s / segments);
      if (s == 0 || i > 0) {
        strokes.point(whole.x(i) / Skeleton.SCALE, whole.y(i) / Skeleton.SCALE);
      }
    }
    strokes.end();
  }
}
