package handspun.report;

import handspun.drawings.Answer;
import handspun.drawings.Cell;
import handspun.drawings.DigitDrawings;
import handspun.drawings.DrawingsMeasure;
import handspun.drawings.NoDigit;
import handspun.drawings.NoDigitDrawings;
import handspun.files.Location;
import handspun.image.Picture;
import handspun.image.Png;
import handspun.read.DigitReader;
import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Some drawings of every cell and kind as the paper shows them, and what a model says of them. */
public final class DrawingsSheet {
  private static final int ACROSS = 12;

  /** Pixels of a picture that become one. */
  private static final int REDUCED = 4;

  private static final int GAP = 10;
  private static final Color WRONG = new Color(0xc62828);

  private final DigitDrawings digits;
  private final NoDigitDrawings others;

  /**
   * @param digits of which the first ones are shown
   * @param others of which the first ones are shown
   */
  public DrawingsSheet(DigitDrawings digits, NoDigitDrawings others) {
    this.digits = digits;
    this.others = others;
  }

  /** A row: what it shows, how the model does on all of these, and the first ones. */
  private record Row(String title, String figures, List<Tile> tiles) {}

  /** A drawing, what was said of it, and whether that is wrong. */
  private record Tile(Picture picture, String said, boolean isWrong) {}

  /**
   * Draws the sheet as PNG.
   *
   * @param file created or replaced
   * @param name of the model
   * @param reader with the model
   * @param measure its figures
   * @return empty, or a warning if the picture could not be drawn or written
   */
  public Optional<String> write(
      Location file, String name, DigitReader reader, DrawingsMeasure measure) {
    return Figure.write(
        file,
        () -> Png.of(draw("Drawings, and what %s says".formatted(name), rows(reader, measure))));
  }

  private List<Row> rows(DigitReader reader, DrawingsMeasure measure) {
    List<Row> rows = new ArrayList<>();
    for (DrawingsMeasure.OfCell of : measure.digits()) {
      rows.add(
          new Row(
              of.cell().title(),
              String.format(Locale.ROOT, "%.1f %% correct", 100 * of.accuracy()),
              tiles(of.count(), i -> digit(of.cell(), i, reader))));
    }
    for (DrawingsMeasure.OfKind of : measure.others()) {
      rows.add(
          new Row(
              of.kind().toString(),
              String.format(Locale.ROOT, "%.1f %% refused", 100 * of.refusedPart()),
              tiles(of.count(), i -> other(of.kind(), i, reader))));
    }
    return rows;
  }

  private static List<Tile> tiles(int count, IntFunction<Tile> tile) {
    return IntStream.range(0, Math.min(ACROSS, count)).mapToObj(tile).toList();
  }

  private Tile digit(Cell cell, int number, DigitReader reader) {
    Picture picture = digits.picture(cell, number);
    Answer answer = Answer.of(reader, picture);
    int label = digits.label(number);
    boolean isWrong = !answer.is(label);
    return new Tile(picture, isWrong ? label + " " + words(answer) : "" + label, isWrong);
  }

  private Tile other(NoDigit kind, int number, DigitReader reader) {
    Picture picture = others.picture(kind, number);
    Answer answer = Answer.of(reader, picture);
    return new Tile(picture, words(answer), !answer.isRefused());
  }

  private static String words(Answer answer) {
    return answer.isRefused() ? "refused" : "as " + answer.digit();
  }

  private static BufferedImage draw(String title, List<Row> rows) {
    FontMetrics titleSize = SheetParts.metrics(SheetParts.TITLE);
    FontMetrics size = SheetParts.metrics(SheetParts.CAPTION);
    int side = reduced(rows.get(0).tiles.get(0).picture).getWidth();
    int titles = rows.stream().mapToInt(row -> size.stringWidth(row.title)).max().orElse(0);
    int left = SheetParts.GAP + titles + SheetParts.GAP;
    int top = SheetParts.GAP + titleSize.getHeight() + SheetParts.GAP;
    int height = side + size.getHeight() + GAP;
    BufferedImage sheet =
        new BufferedImage(
            Math.max(
                left + ACROSS * (side + GAP) + SheetParts.GAP,
                titleSize.stringWidth(title) + 2 * SheetParts.GAP),
            top + rows.size() * height + SheetParts.GAP,
            BufferedImage.TYPE_INT_RGB);
    Graphics2D g = SheetParts.pen(sheet);
    g.setFont(SheetParts.TITLE);
    g.drawString(title, SheetParts.GAP, SheetParts.GAP + titleSize.getAscent());
    g.setFont(SheetParts.CAPTION);
    for (int r = 0; r < rows.size(); r++) {
      Row row = rows.get(r);
      int y = top + r * height;
      int middle = y + side / 2;
      g.drawString(row.title, SheetParts.GAP, middle);
      g.drawString(row.figures, SheetParts.GAP, middle + size.getHeight());
      for (int t = 0; t < row.tiles.size(); t++) {
        Tile tile = row.tiles.get(t);
        int x = left + t * (side + GAP);
        g.drawImage(reduced(tile.picture), x, y, null);
        g.setColor(tile.isWrong ? WRONG : SheetParts.FRAME);
        g.drawRect(x - 1, y - 1, side + 1, side + 1);
        g.setColor(tile.isWrong ? WRONG : SheetParts.INK);
        g.drawString(
            tile.said,
            x + (side - size.stringWidth(tile.said)) / 2,
            y + side + 1 + size.getAscent());
        g.setColor(SheetParts.INK);
      }
    }
    g.dispose();
    return sheet;
  }

  /** Each pixel is the mean of those that it stands for. */
  private static BufferedImage reduced(Picture picture) {
    int width = picture.width() / REDUCED;
    int height = picture.height() / REDUCED;
    BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        int sum = 0;
        for (int p = 0; p < REDUCED * REDUCED; p++) {
          int y = row * REDUCED + p / REDUCED;
          int x = column * REDUCED + p % REDUCED;
          sum += picture.grey()[y * picture.width() + x] & 0xff;
        }
        small.setRGB(column, row, sum / (REDUCED * REDUCED) * 0x010101);
      }
    }
    return small;
  }
}
