package handspun.image;

import java.util.Arrays;

/**
 * Makes strokes of an image again: its {@link Skeleton} is followed from end to end. Where lines
 * meet, those that go on most straightly are one stroke. Branches that are no longer than the ink
 * is wide are none, since thinning makes them of bumps.
 *
 * <p>The same on every machine. Not for several threads at once.
 */
public final class StrokeTracer {
  /** Pixels of the skeleton from a point of a stroke to the next. */
  private static final int STEP = Skeleton.SCALE;

  /** A branch must be longer, in pixels of the skeleton. */
  private static final int LEAST_BRANCH = 2 * Skeleton.SCALE;

  /** How far along a line its direction is looked for. */
  private static final int DIRECTION = 2 * Skeleton.SCALE;

  /** Lines go on as one stroke if the cosine of what they turn by is above this. */
  private static final double STRAIGHT = 0.5;

  /** How often the places of a line are replaced by the means of their neighbours. */
  private static final int SMOOTHING = 2 * Skeleton.SCALE;

  private static final int NONE = -1;
  private static final int FRAME = 1;

  private final Skeleton skeleton;
  private final int stride;

  /** Of each pixel of the skeleton: the node that it belongs to, or none. */
  private final int[] nodes;

  private final boolean[] seen;
  private final int[] queue;

  private int nodeCount;
  private double[] nodeX = new double[16];
  private double[] nodeY = new double[16];
  private int[] degrees = new int[16];

  private int lineCount;
  private Line[] lines = new Line[16];

  private float[] madeX = new float[64];
  private float[] madeY = new float[64];
  private int made;
  private int[] ends = new int[8];
  private int strokes;

  /** A line between two nodes, its places in pixels of the skeleton. */
  private static final class Line {
    private final int[] at = {NONE, NONE};
    private final int[] nextLine = {NONE, NONE};
    private final int[] nextEnd = {NONE, NONE};
    private double[] x = new double[64];
    private double[] y = new double[64];
    private int count;
    private boolean gone;

    void clear() {
      count = 0;
      gone = false;
      Arrays.fill(at, NONE);
      Arrays.fill(nextLine, NONE);
    }

    void add(double newX, double newY) {
      if (count == x.length) {
        x = Arrays.copyOf(x, 2 * count);
        y = Arrays.copyOf(y, 2 * count);
      }
      x[count] = newX;
      y[count++] = newY;
    }

    /** How far right it leads away from one of its ends. */
    double right(int end) {
      return ahead(x, end);
    }

    double down(int end) {
      return ahead(y, end);
    }

    private double ahead(double[] places, int end) {
      int step = Math.min(DIRECTION, count - 1);
      return end == 0 ? places[step] - places[0] : places[count - 1 - step] - places[count - 1];
    }
  }

  /** Of images of this size. */
  public StrokeTracer(int rows, int columns) {
    skeleton = new Skeleton(rows, columns);
    stride = skeleton.stride();
    nodes = new int[skeleton.ink().length];
    seen = new boolean[nodes.length];
    queue = new int[nodes.length];
  }

  /**
   * @param image pixels row by row, one unsigned byte each
   * @return its strokes, in pixels of the image, where the first pixel reaches from 0 to 1; none of
   *     a blank image
   */
  public Strokes trace(byte[] image) {
    skeleton.thin(image);
    findNodes();
    findLines();
    dropSpecks();
    dropShortBranches();
    joinLines();
    made = 0;
    strokes = 0;
    for (int l = 0; l < lineCount; l++) {
      Line line = lines[l];
      if (!line.gone) {
        if (line.nextLine[0] == NONE) {
          write(l, 0);
        } else if (line.nextLine[1] == NONE) {
          write(l, 1);
        }
      }
    }
    for (int l = 0; l < lineCount; l++) {
      // What is left are rings.
      if (!lines[l].gone) {
        write(l, 0);
      }
    }
    return new Strokes(
        Arrays.copyOf(madeX, made), Arrays.copyOf(madeY, made), Arrays.copyOf(ends, strokes));
  }

  /** Ends of lines, and where more than two meet; neighbours of these are one node. */
  private void findNodes() {
    byte[] ink = skeleton.ink();
    Arrays.fill(nodes, NONE);
    Arrays.fill(seen, false);
    nodeCount = 0;
    for (int p = 0; p < ink.length; p++) {
      if (ink[p] == 1 && nodes[p] == NONE && isNode(p)) {
        addNode(p);
      }
    }
  }

  private boolean isNode(int pixel) {
    return Integer.bitCount(skeleton.neighbours(pixel)) != 2;
  }

  private void addNode(int first) {
    if (nodeCount == nodeX.length) {
      nodeX = Arrays.copyOf(nodeX, 2 * nodeCount);
      nodeY = Arrays.copyOf(nodeY, 2 * nodeCount);
      degrees = Arrays.copyOf(degrees, 2 * nodeCount);
    }
    byte[] ink = skeleton.ink();
    int count = 0;
    queue[count++] = first;
    nodes[first] = nodeCount;
    double sumX = 0;
    double sumY = 0;
    for (int i = 0; i < count; i++) {
      int pixel = queue[i];
      seen[pixel] = true;
      sumX += x(pixel);
      sumY += y(pixel);
      for (int step : skeleton.around()) {
        int other = pixel + step;
        if (ink[other] == 1 && nodes[other] == NONE && isNode(other)) {
          nodes[other] = nodeCount;
          queue[count++] = other;
        }
      }
    }
    nodeX[nodeCount] = sumX / count;
    nodeY[nodeCount] = sumY / count;
    degrees[nodeCount] = 0;
    nodeCount++;
  }

  private double x(int pixel) {
    return pixel % stride - FRAME + 0.5;
  }

  private double y(int pixel) {
    return pixel / stride - FRAME + 0.5;
  }

  private void findLines() {
    byte[] ink = skeleton.ink();
    lineCount = 0;
    for (int p = 0; p < ink.length; p++) {
      if (ink[p] == 1 && nodes[p] != NONE) {
        for (int step : skeleton.around()) {
          int other = p + step;
          if (ink[other] == 1 && !seen[other]) {
            follow(p, other);
          }
        }
      }
    }
    for (int node = 0; node < nodeCount; node++) {
      if (degrees[node] == 0) {
        newLine().add(nodeX[node], nodeY[node]);
      }
    }
    for (int p = 0; p < ink.length; p++) {
      if (ink[p] == 1 && !seen[p]) {
        followRing(p);
      }
    }
  }

  private Line newLine() {
    if (lineCount == lines.length) {
      lines = Arrays.copyOf(lines, 2 * lineCount);
    }
    if (lines[lineCount] == null) {
      lines[lineCount] = new Line();
    }
    lines[lineCount].clear();
    return lines[lineCount++];
  }

  private void follow(int from, int first) {
    Line line = newLine();
    int node = nodes[from];
    line.at[0] = node;
    degrees[node]++;
    line.add(nodeX[node], nodeY[node]);
    int before = from;
    int pixel = first;
    while (pixel != NONE) {
      seen[pixel] = true;
      line.add(x(pixel), y(pixel));
      int next = NONE;
      for (int step : skeleton.around()) {
        int other = pixel + step;
        if (skeleton.ink()[other] == 1 && other != before) {
          if (nodes[other] != NONE && (nodes[other] != node || line.count > 2)) {
            line.at[1] = nodes[other];
            degrees[nodes[other]]++;
            line.add(nodeX[nodes[other]], nodeY[nodes[other]]);
            return;
          }
          if (!seen[other]) {
            next = other;
          }
        }
      }
      before = pixel;
      pixel = next;
    }
  }

  private void followRing(int first) {
    Line line = newLine();
    int pixel = first;
    while (pixel != NONE) {
      seen[pixel] = true;
      line.add(x(pixel), y(pixel));
      int next = NONE;
      for (int step : skeleton.around()) {
        if (skeleton.ink()[pixel + step] == 1 && !seen[pixel + step]) {
          next = pixel + step;
        }
      }
      pixel = next;
    }
    line.add(x(first), y(first));
  }

  /** A dot is a drawing by itself, and beside lines it is a speck. */
  private void dropSpecks() {
    boolean hasLines = false;
    for (int l = 0; l < lineCount; l++) {
      hasLines |= lines[l].count > 1;
    }
    for (int l = 0; l < lineCount; l++) {
      lines[l].gone = hasLines && lines[l].count == 1;
    }
  }

  private void dropShortBranches() {
    for (int l = 0; l < lineCount; l++) {
      Line line = lines[l];
      if (line.count - 1 < LEAST_BRANCH && line.at[0] != NONE && line.at[1] != NONE) {
        boolean firstIsEnd = degrees[line.at[0]] == 1;
        boolean lastIsEnd = degrees[line.at[1]] == 1;
        if (firstIsEnd != lastIsEnd) {
          line.gone = true;
          degrees[line.at[0]]--;
          degrees[line.at[1]]--;
        }
      }
    }
  }

  /** At each node, the two ends that are straightest to each other, again and again. */
  private void joinLines() {
    for (int node = 0; node < nodeCount; node++) {
      while (joinStraightest(node)) {
        // The next two.
      }
    }
  }

  private boolean joinStraightest(int node) {
    double best = degrees[node] == 2 ? -2 : STRAIGHT;
    int bestOne = NONE;
    int bestOther = NONE;
    for (int one = 0; one < 2 * lineCount; one++) {
      if (isFree(one, node)) {
        for (int other = one + 1; other < 2 * lineCount; other++) {
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
    lines[bestOne / 2].nextLine[bestOne % 2] = bestOther / 2;
    lines[bestOne / 2].nextEnd[bestOne % 2] = bestOther % 2;
    lines[bestOther / 2].nextLine[bestOther % 2] = bestOne / 2;
    lines[bestOther / 2].nextEnd[bestOther % 2] = bestOne % 2;
    return true;
  }

  private boolean isFree(int end, int node) {
    Line line = lines[end / 2];
    return !line.gone && line.at[end % 2] == node && line.nextLine[end % 2] == NONE;
  }

  private double straightness(int one, int other) {
    double x = lines[one / 2].right(one % 2);
    double y = lines[one / 2].down(one % 2);
    double otherX = lines[other / 2].right(other % 2);
    double otherY = lines[other / 2].down(other % 2);
    double lengths = Math.sqrt((x * x + y * y) * (otherX * otherX + otherY * otherY));
    return lengths == 0 ? -1 : -(x * otherX + y * otherY) / lengths;
  }

  /** Writes the stroke that begins at an end of a line. */
  private void write(int firstLine, int firstEnd) {
    Line whole = new Line();
    int l = firstLine;
    int end = firstEnd;
    while (l != NONE && !lines[l].gone) {
      Line line = lines[l];
      line.gone = true;
      for (int i = 0; i < line.count; i++) {
        int from = end == 0 ? i : line.count - 1 - i;
        if (i > 0 || whole.count == 0) {
          whole.add(line.x[from], line.y[from]);
        }
      }
      int last = 1 - end;
      l = line.nextLine[last];
      end = line.nextEnd[last];
    }
    smooth(whole.x, whole.count);
    smooth(whole.y, whole.count);
    int segments = Math.max(1, Math.round((whole.count - 1f) / STEP));
    for (int s = 0; s <= segments; s++) {
      int i = Math.round((whole.count - 1f) * s / segments);
      if (s == 0 || i > 0) {
        addPoint(whole.x[i] / Skeleton.SCALE, whole.y[i] / Skeleton.SCALE);
      }
    }
    if (strokes == ends.length) {
      ends = Arrays.copyOf(ends, 2 * strokes);
    }
    ends[strokes++] = made;
  }

  private void addPoint(double x, double y) {
    if (made == madeX.length) {
      madeX = Arrays.copyOf(madeX, 2 * made);
      madeY = Arrays.copyOf(madeY, 2 * made);
    }
    madeX[made] = (float) x;
    madeY[made++] = (float) y;
  }

  /** Its ends stay. */
  private static void smooth(double[] places, int count) {
    for (int pass = 0; pass < SMOOTHING; pass++) {
      double before = places[0];
      for (int i = 1; i < count - 1; i++) {
        double place = places[i];
        places[i] = (before + 2 * place + places[i + 1]) / 4;
        before = place;
      }
    }
  }
}
