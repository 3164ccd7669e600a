package handspun.drawings;

import handspun.image.Strokes;
import java.util.Locale;

/** Where on the paper a drawing lies. */
public enum Place {
  /** The middles of ink and paper are one. */
  MIDDLE(0, 0),
  /** As the others, up to a margin of 8 pixels. */
  TOP_LEFT(-1, -1),
  /** In this corner. */
  TOP_RIGHT(1, -1),
  /** In this corner. */
  BOTTOM_LEFT(-1, 1),
  /** In this corner. */
  BOTTOM_RIGHT(1, 1);

  /** Pixels between the ink and the paper's edges in a corner. */
  private static final double MARGIN = 8;

  private final int right;
  private final int down;

  Place(int right, int down) {
    this.right = right;
    this.down = down;
  }

  /**
   * @param drawing in pixels, centred
   * @param pen its width
   * @return the same at its place on the paper
   */
  Strokes on(Strokes drawing, double pen) {
    Strokes.Box box = drawing.box();
    double roomX = Canvas.SIDE / 2.0 - MARGIN - (box.width() + pen) / 2;
    double roomY = Canvas.SIDE / 2.0 - MARGIN - (box.height() + pen) / 2;
    return drawing.moved(Canvas.SIDE / 2.0 + right * roomX, Canvas.SIDE / 2.0 + down * roomY);
  }

  /** {@return its name in small letters} */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
