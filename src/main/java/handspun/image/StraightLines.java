package handspun.image;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Straight lines that run nearly along one direction of a picture, as rules do: found by a Hough
 * transform (Duda and Hart, "Use of the Hough Transformation to Detect Lines and Curves in
 * Pictures", 1972) in which each short run of ink across the direction votes for the lines through
 * its middle.
 *
 * <p>A line is taken away as staff lines are in sheet music (Dalitz, Droettboom, Pranzas, Fujinaga:
 * "A Comparative Study of Staff Removal Algorithms", 2008): where a run of ink across it is not
 * longer than the line is thick. Where it is longer a stroke crosses, and stays whole.
 */
final class StraightLines {
  /** The thickest line, as a part of the picture's shorter side. */
  private static final double THICKEST = 0.05;

  /** The steepest line: how far it drifts over the picture's whole length, as a part of that. */
  private static final double STEEPEST = 0.1;

  /** How much of its way through the picture a line must be seen; digits hide some. */
  private static final double SEEN = 0.6;

  /** How much of its way must have ink where strokes hide more of it. */
  private static final double COVERED = 0.85;

  /** With more runs in each place, on the average, this is a texture. */
  private static final int MOST_RUNS = 60;

  private static final int MOST_LINES = 200;

  private final byte[] ink;
  private final int along;
  private final int across;
  private final int stepAlong;
  private final int stepAcross;
  private final int bin;
  private final List<Run> runs = new ArrayList<>();

  /** Of ink across the direction. */
  private record Run(int at, int from, int to) {
    int length() {
      return to - from;
    }

    double middle() {
      return (from + to - 1) / 2.0;
    }
  }

  /**
   * A line: at {@code start} where the picture begins, at {@code end} where it ends.
   *
   * @param start place across the direction
   * @param end likewise
   * @param thickness pixels
   * @param first where along the direction it is first seen
   * @param last where along the direction it is last seen
   * @param pixels those that are no other stroke's
   */
  record Line(double start, double end, int thickness, int first, int last, int[] pixels) {
    double middle() {
      return (start + end) / 2;
    }
  }

  private StraightLines(byte[] ink, int along, int across, int stepAlong, int stepAcross) {
    this.ink = ink;
    this.along = along;
    this.across = across;
    this.stepAlong = stepAlong;
    this.stepAcross = stepAcross;
    bin = Math.max(1, along / 300);
  }

  /** {@return lines from left to right} */
  static List<Line> lying(byte[] ink, int width) {
    return new StraightLines(ink, width, ink.length / width, 1, width).find();
  }

  /** {@return lines from top to bottom} */
  static List<Line> upright(byte[] ink, int width) {
    return new StraightLines(ink, ink.length / width, width, width, 1).find();
  }

  private List<Line> find() {
    collectRuns();
    if (runs.size() > MOST_RUNS * along) {
      return List.of();
    }
    int drifts = (int) (STEEPEST * along / bin);
    int margin = drifts + 2;
    int[][] votes = new int[2 * drifts + 1][across / bin + 2 * margin + 2];
    runs.forEach(run -> vote(votes, run, 1));
    List<Line> lines = new ArrayList<>();
    while (lines.size() < MOST_LINES) {
      int[] best = best(votes);
      if (best[2] < SEEN * along * leastPart(lines)) {
        break;
      }
      double drift = (double) (best[0] - drifts) * bin;
      double start = (best[1] + 1 - margin) * (double) bin;
      List<Run> own = near(start, drift);
      own.forEach(run -> vote(votes, run, -1));
      runs.removeAll(new HashSet<>(own));
      if (own.isEmpty()) {
        break;
      }
      line(start, drift, own, leastPart(lines)).ifPresent(lines::add);
    }
    return lines;
  }

  /** Rules that are askew cross the picture's corners. */
  private static double leastPart(List<Line> lines) {
    return lines.size() < 2 ? 0.5 : 0.12;
  }

  private boolean isInked(int u, int v) {
    for (int near = Math.max(0, v - 1); near <= Math.min(across - 1, v + 1); near++) {
      if (ink[u * stepAlong + near * stepAcross] != 0) {
        return true;
      }
    }
    return false;
  }

  /** By itself, or beneath strokes that run along it. */
  private static boolean isSeen(int count, int inked, int within) {
    return count >= SEEN * within || (count >= SEEN / 2 * within && inked >= COVERED * within);
  }

  private void collectRuns() {
    int thickest = Math.max(3, (int) (THICKEST * Math.min(along, across)));
    for (int u = 0; u < along; u++) {
      for (int v = 0; v < across; v++) {
        int from = v;
        while (v < across && ink[u * stepAlong + v * stepAcross] != 0) {
          v++;
        }
        if (v > from && v - from <= thickest) {
          runs.add(new Run(u, from, v));
        }
      }
    }
  }

  private void vote(int[][] votes, Run run, int count) {
    int drifts = votes.length / 2;
    for (int d = 0; d < votes.length; d++) {
      double start = run.middle() - (double) (d - drifts) * bin * run.at() / along;
      votes[d][(int) Math.floor(start / bin) + drifts + 2] += count;
    }
  }

  /** Drift, place and votes of the best line; a line's runs may fall into two neighbouring bins. */
  private static int[] best(int[][] votes) {
    int[] best = new int[3];
    for (int d = 0; d < votes.length; d++) {
      int[] row = votes[d];
      for (int b = 0; b + 1 < row.length; b++) {
        int sum = row[b] + row[b + 1];
        if (sum > best[2]) {
          best[0] = d;
          best[1] = b;
          best[2] = sum;
        }
      }
    }
    return best;
  }

  private List<Run> near(double start, double drift) {
    double tolerance = 1.5 + bin;
    return runs.stream()
        .filter(run -> Math.abs(run.middle() - start - drift * run.at() / along) <= tolerance)
        .toList();
  }

  private Optional<Line> line(double start, double drift, List<Run> own, double leastPart) {
    int[] lengths = own.stream().mapToInt(Run::length).sorted().toArray();
    int thickness = lengths[lengths.length / 2];
    boolean[] seen = new boolean[along];
    own.forEach(run -> seen[run.at()] = true);
    int first = -1;
    int last = 0;
    int count = 0;
    int inked = 0;
    int within = 0;
    for (int u = 0; u < along; u++) {
      double v = start + drift * u / along;
      if (v >= 0 && v <= across - 1) {
        within++;
        inked += isInked(u, (int) Math.round(v)) ? 1 : 0;
      }
      if (seen[u]) {
        first = first < 0 ? u : first;
        last = u;
        count++;
      }
    }
    if (within < along * leastPart || !isSeen(count, inked, within)) {
      return Optional.empty();
    }
    int[] pixels =
        own.stream()
            .filter(run -> run.length() <= 1.5 * thickness + 1)
            .flatMapToInt(
                run ->
                    IntStream.range(run.from(), run.to())
                        .map(v -> run.at() * stepAlong + v * stepAcross))
            .toArray();
    return Optional.of(new Line(start, start + drift, thickness, first, last, pixels));
  }
}
