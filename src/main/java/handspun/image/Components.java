package handspun.image;

import java.util.Arrays;

/**
 * Things of ink that hang together, by an edge or a corner of their pixels: connected components,
 * found row by row as runs of pixels that are united where they touch (Rosenfeld and Pfaltz,
 * "Sequential Operations in Digital Picture Processing", 1966).
 *
 * <p>Runs are numbered from left to right, row by row; things from 0 by their first run.
 */
final class Components {
  private final int width;
  private int runs;
  private int[] rowOf = new int[256];
  private int[] startOf = new int[256];
  private int[] endOf = new int[256];
  private int[] parent = new int[256];
  private int[] thingOf;
  private Thing[] things;

  /** What is known of a thing; columns and rows, the end is one past. */
  static final class Thing {
    int area;
    int left = Integer.MAX_VALUE;
    int top = Integer.MAX_VALUE;
    int right;
    int bottom;
    int peak;
    int runsAcross;
    int runsDown;

    int width() {
      return right - left;
    }

    int height() {
      return bottom - top;
    }

    int longerSide() {
      return Math.max(width(), height());
    }

    /**
     * The strokes' mean thickness. A stroke of length l and thickness t has the area l t, and in
     * rows and columns together l (|sin| + |cos|) runs, of which 4 / pi l is the mean over all
     * directions.
     */
    double thickness() {
      return 4 / Math.PI * area / (runsAcross + runsDown);
    }

    private void add(int row, int start, int end, int strongest) {
      area += end - start;
      left = Math.min(left, start);
      right = Math.max(right, end);
      top = Math.min(top, row);
      bottom = Math.max(bottom, row + 1);
      peak = Math.max(peak, strongest);
      runsAcross++;
    }
  }

  private Components(int width) {
    this.width = width;
  }

  /** {@return the things where an amount, an unsigned byte, is not 0} */
  static Components of(byte[] amount, int width) {
    Components components = new Components(width);
    components.find(amount, amount.length / width);
    return components;
  }

  /** {@return all things} */
  Thing[] things() {
    return things;
  }

  int runs() {
    return runs;
  }

  int row(int run) {
    return rowOf[run];
  }

  int start(int run) {
    return startOf[run];
  }

  int end(int run) {
    return endOf[run];
  }

  /** {@return the number of the thing that a run belongs to} */
  int thing(int run) {
    return thingOf[run];
  }

  private void find(byte[] amount, int height) {
    int[] shared = new int[256];
    int[] peaks = new int[256];
    int above = 0;
    int aboveEnd = 0;
    for (int y = 0; y < height; y++) {
      int first = runs;
      int end = (y + 1) * width;
      for (int p = y * width; p < end; p++) {
        if (amount[p] != 0) {
          int start = p;
          int peak = 0;
          for (; p < end && amount[p] != 0; p++) {
            peak = Math.max(peak, amount[p] & 0xff);
          }
          add(y, start - y * width, p - y * width);
          if (runs > peaks.length) {
            peaks = Arrays.copyOf(peaks, rowOf.length);
            shared = Arrays.copyOf(shared, rowOf.length);
          }
          peaks[runs - 1] = peak;
          while (above < aboveEnd && endOf[above] < startOf[runs - 1]) {
            above++;
          }
          shared[runs - 1] = unite(runs - 1, above, aboveEnd);
        }
      }
      above = first;
      aboveEnd = runs;
    }
    number(shared, peaks);
  }

  private void add(int row, int start, int end) {
    if (runs == rowOf.length) {
      rowOf = Arrays.copyOf(rowOf, 2 * runs);
      startOf = Arrays.copyOf(startOf, 2 * runs);
      endOf = Arrays.copyOf(endOf, 2 * runs);
      parent = Arrays.copyOf(parent, 2 * runs);
    }
    rowOf[runs] = row;
    startOf[runs] = start;
    endOf[runs] = end;
    parent[runs] = runs;
    runs++;
  }

  /** With the runs above that it touches; returns how many pixels have one right above. */
  private int unite(int run, int above, int aboveEnd) {
    int shared = 0;
    for (int other = above; other < aboveEnd && startOf[other] <= endOf[run]; other++) {
      int a = root(other);
      int b = root(run);
      parent[Math.max(a, b)] = Math.min(a, b);
      shared +=
          Math.max(0, Math.min(endOf[other], endOf[run]) - Math.max(startOf[other], startOf[run]));
    }
    return shared;
  }

  private int root(int run) {
    int root = run;
    while (parent[root] != root) {
      parent[root] = parent[parent[root]];
      root = parent[root];
    }
    return root;
  }

  private void number(int[] shared, int[] peaks) {
    thingOf = new int[runs];
    int count = 0;
    for (int run = 0; run < runs; run++) {
      // A parent is an earlier run, whose thing is known.
      thingOf[run] = parent[run] == run ? count++ : thingOf[parent[run]];
    }
    things = new Thing[count];
    for (int run = 0; run < runs; run++) {
      Thing thing = things[thingOf[run]];
      if (thing == null) {
        thing = new Thing();
        things[thingOf[run]] = thing;
      }
      thing.add(rowOf[run], startOf[run], endOf[run], peaks[run]);
      thing.runsDown += endOf[run] - startOf[run] - shared[run];
    }
  }
}
