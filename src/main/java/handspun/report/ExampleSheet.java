package handspun.report;

import handspun.files.Location;
import handspun.image.Png;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Optional;

/**
 * Images and what becomes of them, as a sheet of pictures: a row for each example.
 *
 * @param title what the sheet shows
 * @param captions of the columns
 * @param rows of each example, its images, one for each column
 * @param width of each image
 */
public record ExampleSheet(String title, List<String> captions, List<List<Tile>> rows, int width) {
  /**
   * An image.
   *
   * @param pixels row by row, an unsigned byte each
   * @param isOfNone whether it is of no class: then its frame is a red one
   */
  public record Tile(byte[] pixels, boolean isOfNone) {
    /** An image of some class. */
    public Tile(byte[] pixels) {
      this(pixels, false);
    }
  }

  /** Images are enlarged a whole number of times, to about this many pixels. */
  private static final int IMAGE = 84;

  private static final int GAP = SheetParts.GAP;

  /**
   * Draws the sheet as PNG, ink dark on light.
   *
   * @param file created or replaced
   * @return empty, or a warning if the picture could not be drawn or written
   */
  public Optional<String> write(Location file) {
    return Figure.write(file, () -> Png.of(draw()));
  }

  private BufferedImage draw() {
    int height = rows.get(0).get(0).pixels().length / width;
    int times = Math.max(1, IMAGE / Math.max(width, height));
    FontMetrics titleSize = SheetParts.metrics(SheetParts.TITLE);
    FontMetrics captionSize = SheetParts.metrics(SheetParts.CAPTION);
    int tileWidth =
        captions.stream().mapToInt(captionSize::stringWidth).reduce(times * width, Math::max);
    int top = GAP + titleSize.getHeight() + GAP + captionSize.getHeight() + 4;
    BufferedImage sheet =
        new BufferedImage(
            Math.max(captions.size() * (tileWidth + GAP), titleSize.stringWidth(title) + GAP) + GAP,
            top + rows.size() * (times * height + GAP),
            BufferedImage.TYPE_INT_RGB);
    Graphics2D g = SheetParts.pen(sheet);
    g.setFont(SheetParts.TITLE);
    g.drawString(title, GAP, GAP + titleSize.getAscent());
    g.setFont(SheetParts.CAPTION);
    for (int c = 0; c < captions.size(); c++) {
      int x = GAP + c * (tileWidth + GAP);
      String caption = captions.get(c);
      g.drawString(
          caption,
          x + (tileWidth - captionSize.stringWidth(caption)) / 2,
          top - 4 - captionSize.getDescent());
      for (int r = 0; r < rows.size(); r++) {
        int imageX = x + (tileWidth - times * width) / 2;
        int imageY = top + r * (times * height + GAP);
        Tile tile = rows.get(r).get(c);
        SheetParts.draw(g, tile.pixels(), width, times, imageX, imageY);
        if (tile.isOfNone()) {
          SheetParts.mark(g, times * width, times * height, imageX, imageY);
        }
      }
    }
    g.dispose();
    return sheet;
  }
}
