package handspun.image;

/**
 * Paper of one brightness: that of the middle one of the border's pixels. A picture with a
 * transparent border has no paper of its own and gets a white one for dark strokes, a black one for
 * light strokes. The pen is on that side of the paper, darker or lighter, to which the picture
 * differs more.
 *
 * @param brightness 0 black to 255 white
 * @param darkPen whether ink is darker
 * @param isPlain whether most of the picture, and nearly all of its border, has this brightness,
 *     and nearly nothing a similar one, as shade and noise have
 */
record FlatPaper(int brightness, boolean darkPen, boolean isPlain) {
  private static final int OPAQUE = 128;
  private static final int MIDDLE_GREY = 128;

  /** Levels that count as one: JPEG files vary by so much. */
  private static final int SAME = 3;

  /** Levels that count as similar, or a tenth of the contrast if that is more. */
  private static final int SIMILAR = 12;

  /** The most pixels of a similar brightness. */
  private static final double MOST_SIMILAR = 0.02;

  /** The most pixels between paper and ink, the edges of strokes, if strokes touch the border. */
  private static final double MOST_BETWEEN = 0.04;

  static FlatPaper of(Picture picture) {
    int[] border = new int[256];
    int pixels = 0;
    int opaque = 0;
    int width = picture.width();
    int height = picture.height();
    for (int y = 0; y < height; y++) {
      int step = y == 0 || y == height - 1 ? 1 : Math.max(width - 1, 1);
      for (int x = 0; x < width; x += step) {
        int p = y * width + x;
        pixels++;
        if (picture.alphaAt(p) >= OPAQUE) {
          opaque++;
          border[picture.greyAt(p)]++;
        }
      }
    }
    int brightness = 2 * opaque >= pixels ? median(border, opaque) : oppositeOfStrokes(picture);
    long plain = sum(border, brightness - SAME, brightness + SAME);
    return of(picture, brightness, (double) plain / Math.max(1, opaque));
  }

  private static FlatPaper of(Picture picture, int paper, double plainBorder) {
    int[] counts = histogram(picture, paper);
    long dark = 0;
    long light = 0;
    int darkest = 0;
    int lightest = 0;
    for (int difference = 1; difference < 256; difference++) {
      int darker = paper - difference < 0 ? 0 : counts[paper - difference];
      int lighter = paper + difference > 255 ? 0 : counts[paper + difference];
      dark += (long) darker * difference * difference;
      light += (long) lighter * difference * difference;
      darkest = darker > 0 ? difference : darkest;
      lightest = lighter > 0 ? difference : lightest;
    }
    boolean darkPen = light <= dark;
    int contrast = darkPen ? darkest : lightest;
    long pixels = picture.grey().length;
    long same = sum(counts, paper - SAME, paper + SAME);
    long similar = around(counts, paper, Math.max(SIMILAR, contrast / 10)) - same;
    long between = around(counts, paper, contrast * 4 / 5) - same;
    boolean plain = plainBorder >= 0.95 || (plainBorder >= 0.6 && between <= MOST_BETWEEN * pixels);
    return new FlatPaper(
        paper, darkPen, plain && 2 * same >= pixels && similar <= MOST_SIMILAR * pixels);
  }

  private static long around(int[] counts, int paper, int difference) {
    return sum(counts, paper - difference, paper + difference);
  }

  /** Of the picture laid on the paper, which shows through where a pixel is transparent. */
  private static int[] histogram(Picture picture, int paper) {
    int[] counts = new int[256];
    if (picture.isOpaque()) {
      for (byte grey : picture.grey()) {
        counts[grey & 0xff]++;
      }
    } else {
      for (int p = 0; p < picture.grey().length; p++) {
        counts[paper + picture.alphaAt(p) * (picture.greyAt(p) - paper) / 255]++;
      }
    }
    return counts;
  }

  private static long sum(int[] histogram, int from, int to) {
    long sum = 0;
    for (int b = Math.max(0, from); b <= Math.min(255, to); b++) {
      sum += histogram[b];
    }
    return sum;
  }

  private static int median(int[] histogram, int count) {
    int brightness = 0;
    for (int below = histogram[0]; 2 * below < count; below += histogram[brightness]) {
      brightness++;
    }
    return brightness;
  }

  private static int oppositeOfStrokes(Picture picture) {
    long opacity = 0;
    long brightness = 0;
    for (int p = 0; p < picture.alpha().length; p++) {
      opacity += picture.alphaAt(p);
      brightness += (long) picture.alphaAt(p) * picture.greyAt(p);
    }
    return brightness < opacity * MIDDLE_GREY ? 255 : 0;
  }
}
