package handspun.report;

import handspun.files.Location;
import handspun.image.DigitNormalizer;
import handspun.image.Dropped;
import handspun.image.DroppedInk;
import handspun.image.InkLevels;
import handspun.image.NormalizedDigit;
import handspun.image.PictureSteps;
import handspun.image.Png;
import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Optional;

/**
 * How a picture became 28 x 28 pixels, side by side: the picture, its paper, the ink that was kept
 * and what was dropped, and the result.
 *
 * @param title what the sheet shows
 * @param steps of the picture
 */
public record StepsSheet(String title, PictureSteps steps) {
  private static final int PANEL = PictureSteps.LONGER_SIDE;
  private static final int GAP = SheetParts.GAP;
  private static final Color BOX = new Color(0x1f77b4);

  /**
   * Draws the sheet as PNG.
   *
   * @param file created or replaced
   * @return empty, or a warning if the picture could not be drawn or written
   */
  public Optional<String> write(Location file) {
    return Figure.write(file, () -> Png.of(draw()));
  }

  private BufferedImage draw() {
    FontMetrics titleSize = SheetParts.metrics(SheetParts.TITLE);
    FontMetrics captionSize = SheetParts.metrics(SheetParts.CAPTION);
    int top = GAP + titleSize.getHeight() + GAP;
    int line = captionSize.getHeight();
    List<String> captions = captions();
    int width = GAP + captions.size() * (PANEL + GAP);
    BufferedImage sheet =
        new BufferedImage(
            Math.max(width, titleSize.stringWidth(title) + 2 * GAP),
            top + PANEL + 4 + 2 * line + GAP,
            BufferedImage.TYPE_INT_RGB);
    Graphics2D g = SheetParts.pen(sheet);
    g.setFont(SheetParts.TITLE);
    g.drawString(title, GAP, GAP + titleSize.getAscent());
    g.setFont(SheetParts.CAPTION);
    int captionY = top + PANEL + 4 + captionSize.getAscent();
    for (int panel = 0; panel < captions.size(); panel++) {
      g.drawString(captions.get(panel), x(panel), captionY);
    }
    drawImage(g, grey(steps.grey()), 0, top);
    drawImage(g, grey(steps.paper()), 1, top);
    drawImage(g, sorted(), 2, top);
    drawBox(g, top);
    drawLegend(g, captionSize, captionY + line);
    drawDigit(g, captionSize, top);
    g.dispose();
    return sheet;
  }

  private List<String> captions() {
    InkLevels levels = steps.levels();
    int darkest = steps.darkestPaper();
    int brightest = steps.brightestPaper();
    String brightness = darkest == brightest ? "%d" : "%d to %d";
    return List.of(
        "picture",
        ("paper: " + brightness + " of 255, noise %3$.1f")
            .formatted(darkest, brightest, levels.noise()),
        "ink: differs by %.0f or more; dropped:".formatted(levels.threshold()),
        "28 x 28 pixels");
  }

  private static int x(int panel) {
    return GAP + panel * (PANEL + GAP);
  }

  /** Small pictures are enlarged a whole number of times. */
  private int times() {
    return Math.max(1, PANEL / Math.max(steps.width(), steps.height()));
  }

  private void drawImage(Graphics2D g, BufferedImage image, int panel, int top) {
    int width = times() * image.getWidth();
    int height = times() * image.getHeight();
    g.drawImage(image, x(panel), top, width, height, null);
    g.setColor(SheetParts.FRAME);
    g.drawRect(x(panel) - 1, top - 1, width + 1, height + 1);
    g.setColor(SheetParts.INK);
  }

  private BufferedImage grey(byte[] brightness) {
    BufferedImage image = image();
    for (int p = 0; p < brightness.length; p++) {
      image.setRGB(p % steps.width(), p / steps.width(), (brightness[p] & 0xff) * 0x010101);
    }
    return image;
  }

  /** Ink dark on white, and what was dropped in colours. */
  private BufferedImage sorted() {
    BufferedImage image = image();
    for (int p = 0; p < steps.ink().length; p++) {
      int colour = (255 - (steps.ink()[p] & 0xff)) * 0x010101;
      for (DroppedInk dropped : steps.dropped()) {
        if (steps.ink()[p] == 0 && dropped.mask()[p] != 0) {
          colour = colour(dropped.why()).getRGB();
        }
      }
      image.setRGB(p % steps.width(), p / steps.width(), colour);
    }
    return image;
  }

  private static Color colour(Dropped why) {
    return switch (why) {
      case NOISE -> new Color(0xb8b8e8);
      case SPECK -> new Color(0xff7f0e);
      case SHADOW -> new Color(0xbcbd22);
      case RULE -> new Color(0x2ca02c);
      case FRAME -> new Color(0xd62728);
    };
  }

  private BufferedImage image() {
    return new BufferedImage(steps.width(), steps.height(), BufferedImage.TYPE_INT_RGB);
  }

  private void drawBox(Graphics2D g, int top) {
    steps
        .box()
        .ifPresent(
            box -> {
              g.setColor(BOX);
              g.drawRect(
                  x(2) + times() * box.left() - 1,
                  top + times() * box.top() - 1,
                  times() * (box.right() - box.left()) + 1,
                  times() * (box.bottom() - box.top()) + 1);
              g.setColor(SheetParts.INK);
            });
  }

  private void drawLegend(Graphics2D g, FontMetrics size, int y) {
    int x = x(2);
    if (steps.dropped().isEmpty()) {
      g.drawString("nothing", x, y);
    }
    for (DroppedInk dropped : steps.dropped()) {
      String name = dropped.why().toString();
      g.setColor(colour(dropped.why()));
      g.fillRect(x, y - 9, 10, 10);
      g.setColor(SheetParts.INK);
      g.drawString(name, x + 14, y);
      x += 14 + size.stringWidth(name) + GAP;
    }
  }

  private void drawDigit(Graphics2D g, FontMetrics size, int top) {
    Optional<NormalizedDigit> digit = steps.digit();
    if (digit.isEmpty()) {
      g.drawString("none: the picture is blank", x(3), top + size.getAscent());
      return;
    }
    int times = PANEL / DigitNormalizer.SIZE;
    SheetParts.draw(g, digit.get().pixels(), DigitNormalizer.SIZE, times, x(3), top);
    if (digit.get().digits() > 1) {
      String several = "%d digits beside each other".formatted(digit.get().digits());
      g.drawString(several, x(3), top + PANEL + 4 + size.getAscent() + size.getHeight());
    }
  }
}
