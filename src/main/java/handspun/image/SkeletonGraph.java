package handspun.image;

import static handspun.image.SkeletonLine.NONE;

import java.util.Arrays;

/**
 * A {@link Skeleton} as nodes and the lines between them. A node is the end of a line, or where
 * more than two meet; pixels like these that are neighbours are one node.
 *
 * <p>The same on every machine. Not for several threads at once; what it has found stays until it
 * is to find something else.
 */
final class SkeletonGraph {
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
  private SkeletonLine[] lines = new SkeletonLine[16];

  /** Of images of this size. */
  SkeletonGraph(int rows, int columns) {
    skeleton = new Skeleton(rows, columns);
    stride = skeleton.stride();
    nodes = new int[skeleton.ink().length];
    seen = new boolean[nodes.length];
    queue = new int[nodes.length];
  }

  /**
   * @param image pixels row by row, one unsigned byte each
   */
  void find(byte[] image) {
    skeleton.thin(image);
    findNodes();
    findLines();
  }

  int nodes() {
    return nodeCount;
  }

  /** {@return how many lines end at a node, as far as these are not gone} */
  int degree(int node) {
    return degrees[node];
  }

  int lines() {
    return lineCount;
  }

  SkeletonLine line(int number) {
    return lines[number];
  }

  /** Takes a line between two nodes away. */
  void remove(SkeletonLine line) {
    line.remove();
    degrees[line.node(0)]--;
    degrees[line.node(1)]--;
  }

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

  private SkeletonLine newLine() {
    if (lineCount == lines.length) {
      lines = Arrays.copyOf(lines, 2 * lineCount);
    }
    if (lines[lineCount] == null) {
      lines[lineCount] = new SkeletonLine();
    }
    lines[lineCount].clear();
    return lines[lineCount++];
  }

  private void end(SkeletonLine line, int end, int node) {
    line.setNode(end, node);
    degrees[node]++;
    line.add(nodeX[node], nodeY[node]);
  }

  private void follow(int from, int first) {
    SkeletonLine line = newLine();
    int node = nodes[from];
    end(line, 0, node);
    int before = from;
    int pixel = first;
    while (pixel != NONE) {
      seen[pixel] = true;
      line.add(x(pixel), y(pixel));
      int next = NONE;
      for (int step : skeleton.around()) {
        int other = pixel + step;
        if (skeleton.ink()[other] == 1 && other != before) {
          // The first pixel may have other pixels of the node it comes from beside it.
          if (nodes[other] != NONE && (nodes[other] != node || line.count() > 2)) {
            end(line, 1, nodes[other]);
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
    SkeletonLine line = newLine();
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
}
