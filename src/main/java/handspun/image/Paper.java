package handspun.image;

/** What a digit is drawn on. */
final class Paper {
  private static final int OPAQUE = 128;
  private static final int MIDDLE_GREY = 128;

  private Paper() {}

  /**
   * The brightness that the middle one of the border's pixels shows. A picture with a transparent
   * border has no paper of its own and gets a white one for dark strokes, a black one for light
   * strokes.
   *
   * @param picture any picture
   * @return 0 black to 255 white
   */
  static int brightness(Picture picture) {
    int width = picture.width();
    int height = picture.height();
    int[] border = new int[256];
    int opaque = 0;
    int pixels = 0;
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
    return 2 * opaque >= pixels ? median(border, opaque) : oppositeOfStrokes(picture);
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
