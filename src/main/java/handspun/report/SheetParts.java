package handspun.report;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

/** What sheets of images are made of. */
final class SheetParts {
  static final int GAP = 16;
  static final Color INK = new Color(0x333333);
  static final Color FRAME = new Color(0xd0d0d0);
  static final Color MARK = new Color(0xc62828);
  static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 16);
  static final Font CAPTION = new Font(Font.SANS_SERIF, Font.PLAIN, 12);

  private SheetParts() {}

  /** Measures texts. */
  static FontMetrics metrics(Font font) {
    Graphics2D g = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
    FontMetrics metrics = g.getFontMetrics(font);
    g.dispose();
    return metrics;
  }

  /** Begins to draw on a white sheet. */
  static Graphics2D pen(BufferedImage sheet) {
    Graphics2D g = sheet.createGraphics();
    g.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    g.setColor(Color.WHITE);
    g.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
    g.setColor(INK);
    return g;
  }

  /** Draws an image, ink dark on light, enlarged so many times, with a frame around it. */
  static void draw(Graphics2D g, byte[] pixels, int columns, int times, int x, int y) {
    int rows = pixels.length / columns;
    BufferedImage image = new BufferedImage(columns, rows, BufferedImage.TYPE_INT_RGB);
    for (int at = 0; at < pixels.length; at++) {
      int light = 255 - (pixels[at] & 0xff);
      image.setRGB(at % columns, at / columns, light * 0x010101);
    }
    g.drawImage(image, x, y, times * columns, times * rows, null);
    g.setColor(FRAME);
    g.drawRect(x - 1, y - 1, times * columns + 1, times * rows + 1);
    g.setColor(INK);
  }

  /** Draws a frame that is seen at once around an image of that size. */
  static void mark(Graphics2D g, int width, int height, int x, int y) {
    g.setColor(MARK);
    g.drawRect(x - 2, y - 2, width + 3, height + 3);
    g.drawRect(x - 3, y - 3, width + 5, height + 5);
    g.setColor(INK);
  }
}
