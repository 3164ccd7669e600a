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
    boolean plainBorder = 100 * sum(border, brightness - SAME, brightness + SAME) >= 95 * opaque;
    return of(picture, brightness, plainBorder);
  }

  private static FlatPaper of(Picture picture, int paper, boolean plainBorder) {
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
    int similar = Math.max(SIMILAR, (darkPen ? darkest : lightest) / 10);
    long same = sum(counts, paper - SAME, paper + SAME);
    long near = sum(counts, paper - similar, paper + similar) - same;
    long pixels = picture.grey().length;
    return new FlatPaper(paper, darkPen, plainBorder && 2 * same >= pixels && 50 * near <= pixels);
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
