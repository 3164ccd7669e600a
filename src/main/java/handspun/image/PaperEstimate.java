package handspun.image;

import java.util.Arrays;

/**
 * What is taken for paper, and on which side of its brightness the pen is.
 *
 * <p>Most pictures that were drawn or scanned have paper of one brightness, which the middle one of
 * the border's pixels shows ({@link FlatPaper}). A photograph has shade: its paper is estimated
 * locally, as binarisation of documents does it (Gatos, Pratikakis, Perantonis: "Adaptive degraded
 * document image binarization", Pattern Recognition 39, 2006): a rough guess says where the ink is,
 * and the brightness of the paper around is carried on beneath it.
 *
 * <p>The rough guess is a morphological closing for dark ink, an opening for light ink (Serra,
 * "Image Analysis and Mathematical Morphology", 1982), by a square a third as large as the picture:
 * this removes strokes, which are narrower, and follows shadows, which are wider, however sharp
 * their edges. All this is done on cells, each the mean of a square of pixels, which also averages
 * noise. Whole-number arithmetic: the same on every machine.
 *
 * @param paper how bright the paper is
 * @param darkPen whether ink is darker than the paper
 * @param flat whether the paper is of one brightness without noise, by a look at the picture alone
 */
record PaperEstimate(Paper paper, boolean darkPen, boolean flat) {
  /** Cells along the longer side, unless they had more than {@link #LARGEST_CELL} pixels then. */
  private static final int CELLS = 72;

  /** Larger cells would blur the edges of shadows. */
  private static final int LARGEST_CELL = 8;

  /** Smaller pictures have no room for shade. */
  private static final int LEAST_SIDE = 48;

  /** Brightness that may vary and still be called one, in parts of a level. */
  private static final int SAME = 3 * Paper.UNIT;

  /** A stroke that differs less from the paper is none, in parts of a level. */
  private static final int LEAST_CONTRAST = 12 * Paper.UNIT;

  /** How far from ink to the paper's brightness something is as dark as ink. */
  private static final double AS_INK = 0.2;

  /** 1 / 0.6745 / sqrt(2): from the median difference of neighbours to a standard deviation. */
  private static final double DEVIATION = 1.0483;

  static PaperEstimate of(Picture picture) {
    FlatPaper flat = FlatPaper.of(picture);
    boolean small = Math.min(picture.width(), picture.height()) < LEAST_SIDE;
    if (small || flat.isPlain() || !picture.isOpaque()) {
      return new PaperEstimate(Paper.uniform(flat.brightness()), flat.darkPen(), true);
    }
    int longer = Math.max(picture.width(), picture.height());
    int cell = Math.min(LARGEST_CELL, Reduction.reduced(longer, CELLS));
    int columns = Reduction.reduced(picture.width(), cell);
    int rows = Reduction.reduced(picture.height(), cell);
    int[] cells = Reduction.means(picture.grey(), picture.width(), cell, Paper.UNIT);
    return of(picture, new Paper(cell, columns, rows, cells), flat.brightness() * Paper.UNIT);
  }

  private static PaperEstimate of(Picture picture, Paper cells, int border) {
    int[] values = cells.brightness();
    int[] closed = rough(picture, cells, 1);
    int[] opened = CellMorphology.negative(rough(picture, negative(cells), -1));
    int ring = ringMedian(cells);
    int contrast = Math.max(SAME, Math.max(largest(closed, values), largest(values, opened)));
    boolean darkPen = isPaper(cells, closed, opened, contrast);
    int[] brightness = carriedOn(picture, cells, darkPen ? closed : opened);
    int usual = Math.abs(border - ring) <= SAME ? border : ring;
    return Arrays.stream(brightness).allMatch(b -> Math.abs(b - usual) <= SAME)
        ? new PaperEstimate(Paper.uniform((usual + Paper.UNIT / 2) / Paper.UNIT), darkPen, false)
        : new PaperEstimate(
            new Paper(cells.cell(), cells.columns(), cells.rows(), brightness), darkPen, false);
  }

  /** The middle brightness of an eighth of the cells along each edge: a frame is narrower. */
  private static int ringMedian(Paper cells) {
    int depth = Math.max(2, Math.min(cells.columns(), cells.rows()) / 8);
    int[] ring = new int[cells.brightness().length];
    int count = 0;
    for (int y = 0; y < cells.rows(); y++) {
      for (int x = 0; x < cells.columns(); x++) {
        if (Math.min(x, y) < depth || x >= cells.columns() - depth || y >= cells.rows() - depth) {
          ring[count++] = cells.brightness()[y * cells.columns() + x];
        }
      }
    }
    Arrays.sort(ring, 0, count);
    return ring[count / 2];
  }

  private static int largest(int[] upper, int[] lower) {
    int largest = 0;
    for (int c = 0; c < upper.length; c++) {
      largest = Math.max(largest, upper[c] - lower[c]);
    }
    return largest;
  }

  private static Paper negative(Paper cells) {
    return new Paper(
        cells.cell(), cells.columns(), cells.rows(), CellMorphology.negative(cells.brightness()));
  }

  /**
   * A closing. At the picture's edge it follows what may be a shadow, but not what is as dark as
   * the strokes within: that is a stroke along the edge.
   */
  private static int[] rough(Picture picture, Paper cells, int sign) {
    int[] inner = CellMorphology.closing(cells.brightness(), cells.columns(), cells.rows());
    int[] rough = CellMorphology.closingGoingOn(cells.brightness(), cells.columns(), cells.rows());
    int darkest = asDarkAsInk(picture, cells, inner, sign);
    for (int c = 0; c < rough.length; c++) {
      rough[c] = rough[c] < darkest ? inner[c] : rough[c];
    }
    return rough;
  }

  /** By the cell that differs most from the paper, not at the edge; very dark if none does. */
  private static int asDarkAsInk(Picture picture, Paper cells, int[] paper, int sign) {
    int margin = Math.min(cells.columns(), cells.rows()) / 12;
    int strongest = LEAST_CONTRAST;
    int darkest = Integer.MIN_VALUE;
    for (int y = margin; y < cells.rows() - margin; y++) {
      for (int x = margin; x < cells.columns() - margin; x++) {
        int c = y * cells.columns() + x;
        int difference = paper[c] - cells.brightness()[c];
        if (difference > strongest) {
          strongest = difference;
          // A thin stroke fills a part of its cell.
          int ink = darkestPixel(picture, cells.cell(), x, y, sign);
          darkest = ink + (int) (AS_INK * (paper[c] - ink));
        }
      }
    }
    return darkest;
  }

  private static int darkestPixel(Picture picture, int cell, int column, int row, int sign) {
    int darkest = Integer.MAX_VALUE;
    for (int y = row * cell; y < Math.min(picture.height(), (row + 1) * cell); y++) {
      for (int x = column * cell; x < Math.min(picture.width(), (column + 1) * cell); x++) {
        int brightness = picture.greyAt(y * picture.width() + x) * Paper.UNIT;
        darkest = Math.min(darkest, sign * brightness);
      }
    }
    return darkest;
  }

  /**
   * Whether the closed cells are the paper rather than the opened ones. On the wrong side of the
   * pen the digit is taken for paper, whose brightness then varies around it; or, where it is a
   * large one, nearly all of the paper is taken for ink.
   */
  private static boolean isPaper(Paper cells, int[] closed, int[] opened, int contrast) {
    double dark = inkShare(cells.brightness(), closed, contrast);
    double light = inkShare(cells.brightness(), opened, contrast);
    if (dark > 0.5 || light > 0.5) {
      return dark <= light;
    }
    return edges(cells, closed, contrast / 6) <= edges(cells, opened, contrast / 6);
  }

  private static double inkShare(int[] cells, int[] paper, int contrast) {
    double ink = 0;
    for (int c = 0; c < cells.length; c++) {
      ink += Math.abs(paper[c] - cells[c]);
    }
    return ink / contrast / cells.length;
  }

  /** The steps from one cell to the next that are higher than shade makes them, added up. */
  private static long edges(Paper cells, int[] paper, int least) {
    int columns = cells.columns();
    long edges = 0;
    for (int c = 0; c < paper.length; c++) {
      int right = c % columns == 0 ? 0 : Math.abs(paper[c] - paper[c - 1]);
      int down = c < columns ? 0 : Math.abs(paper[c] - paper[c - columns]);
      edges += (right > least ? right : 0) + (down > least ? down : 0);
    }
    return edges;
  }

  /**
   * The middle brightness of the cells around without ink. (A mean would blur the edges of
   * shadows.) Where there are none, the square around grows until it has some.
   */
  private static int[] carriedOn(Picture picture, Paper cells, int[] rough) {
    int columns = cells.columns();
    double most = SAME + 6 * deviation(picture, cells);
    boolean[] ink = new boolean[rough.length];
    for (int c = 0; c < ink.length; c++) {
      ink[c] = Math.abs(rough[c] - cells.brightness()[c]) > most;
    }
    int[] paper = new int[rough.length];
    int[] around = new int[rough.length];
    for (int y = 0; y < cells.rows(); y++) {
      for (int x = 0; x < columns; x++) {
        int count = 0;
        for (int radius = 1; count < 3 && radius < 4 * (columns + cells.rows()); radius *= 2) {
          count = collect(cells, ink, x, y, radius, around);
        }
        Arrays.sort(around, 0, count);
        paper[y * columns + x] = count == 0 ? rough[y * columns + x] : around[count / 2];
      }
    }
    return paper;
  }

  private static int collect(Paper cells, boolean[] ink, int x, int y, int radius, int[] around) {
    int count = 0;
    for (int v = Math.max(0, y - radius); v <= Math.min(cells.rows() - 1, y + radius); v++) {
      for (int u = Math.max(0, x - radius); u <= Math.min(cells.columns() - 1, x + radius); u++) {
        int c = v * cells.columns() + u;
        if (!ink[c]) {
          around[count++] = cells.brightness()[c];
        }
      }
    }
    return count;
  }

  /**
   * Of the cells' noise, by the middle one of the differences of neighbours. Where the cells differ
   * more than twice what the pixels' noise leaves, this is no noise but a pattern, as of squares.
   */
  private static double deviation(Picture picture, Paper cells) {
    int[] differences = new int[cells.brightness().length];
    int count = 0;
    for (int c = 1; c < differences.length; c++) {
      if (c % cells.columns() != 0) {
        differences[count++] = Math.abs(cells.brightness()[c] - cells.brightness()[c - 1]);
      }
    }
    Arrays.sort(differences, 0, count);
    double ofPixels = DEVIATION * Paper.UNIT * medianDifference(picture);
    return Math.min(DEVIATION * differences[count / 2], 2 * ofPixels / cells.cell());
  }

  /** Of pixels beside each other, in levels. */
  private static int medianDifference(Picture picture) {
    int[] counts = new int[256];
    byte[] grey = picture.grey();
    for (int p = 1; p < grey.length; p++) {
      counts[Math.abs((grey[p] & 0xff) - (grey[p - 1] & 0xff))]++;
    }
    int median = 0;
    for (int below = counts[0]; 2 * below < grey.length - 1; below += counts[median]) {
      median++;
    }
    return median;
  }
}
