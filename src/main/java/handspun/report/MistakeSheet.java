package handspun.report;

import handspun.data.Examples;
import handspun.files.Location;
import handspun.image.Png;
import handspun.train.Evaluation;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** The worst mistakes as a sheet of pictures: the largest wrong activation comes first. */
public final class MistakeSheet {
  /** More mistakes than these are not shown. */
  public static final int MOST = 64;

  private static final int ACROSS = 8;

  /** Images are enlarged a whole number of times, to about this many pixels. */
  private static final int IMAGE = 112;

  private static final int GAP = SheetParts.GAP;

  private MistakeSheet() {}

  /**
   * Draws the sheet as PNG, ink dark on light.
   *
   * @param file created or replaced
   * @param evaluation how a network did on the examples
   * @param examples what it was evaluated on
   * @return empty, or a warning if the picture could not be drawn or written
   */
  public static Optional<String> write(Location file, Evaluation evaluation, Examples examples) {
    return Figure.write(file, () -> Png.of(draw(evaluation, examples)));
  }

  /**
   * {@return the examples that were read wrongly, the largest activation of a wrong answer first,
   * at most {@value #MOST}}
   */
  static List<Integer> worst(Evaluation evaluation, Examples examples) {
    return IntStream.range(0, examples.count())
        .filter(i -> evaluation.prediction(i) != examples.label(i))
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -activation(evaluation, i)))
        .limit(MOST)
        .toList();
  }

  private static float activation(Evaluation evaluation, int example) {
    return evaluation.output(example, evaluation.prediction(example));
  }

  private static BufferedImage draw(Evaluation evaluation, Examples examples) {
    List<Integer> worst = worst(evaluation, examples);
    int wrong = evaluation.total() - evaluation.correct();
    String title =
        worst.isEmpty()
            ? "No mistakes: all " + evaluation.total() + " images are correct."
            : String.format(
                Locale.ROOT,
                "The %d worst of %d mistakes in %d images",
                worst.size(),
                wrong,
                evaluation.total());
    List<String> captions = worst.stream().map(i -> caption(evaluation, examples, i)).toList();

    int times = Math.max(1, IMAGE / Math.max(examples.rows(), examples.columns()));
    int width = times * examples.columns();
    int height = times * examples.rows();
    FontMetrics titleSize = SheetParts.metrics(SheetParts.TITLE);
    FontMetrics captionSize = SheetParts.metrics(SheetParts.CAPTION);
    int tileWidth = width;
    for (String caption : captions) {
      tileWidth = Math.max(tileWidth, captionSize.stringWidth(caption));
    }
    int tileHeight = height + captionSize.getHeight() + 4;
    int across = Math.min(ACROSS, worst.size());
    int down = (worst.size() + ACROSS - 1) / ACROSS;
    int top = GAP + titleSize.getHeight() + GAP;
    BufferedImage sheet =
        new BufferedImage(
            Math.max(across * (tileWidth + GAP), titleSize.stringWidth(title) + GAP) + GAP,
            top + down * (tileHeight + GAP),
            BufferedImage.TYPE_INT_RGB);
    Graphics2D g = SheetParts.pen(sheet);
    g.setFont(SheetParts.TITLE);
    g.drawString(title, GAP, GAP + titleSize.getAscent());
    g.setFont(SheetParts.CAPTION);
    for (int t = 0; t < worst.size(); t++) {
      int x = GAP + t % ACROSS * (tileWidth + GAP);
      int y = top + t / ACROSS * (tileHeight + GAP);
      int imageX = x + (tileWidth - width) / 2;
      byte[] pixels = examples.inputs().pixels(worst.get(t));
      SheetParts.draw(g, pixels, examples.columns(), times, imageX, y);
      String caption = captions.get(t);
      g.drawString(
          caption,
          x + (tileWidth - captionSize.stringWidth(caption)) / 2,
          y + height + 4 + captionSize.getAscent());
    }
    g.dispose();
    return sheet;
  }

  private static String caption(Evaluation evaluation, Examples examples, int example) {
    return String.format(
        Locale.ROOT,
        "%d read as %d, %.2f",
        examples.label(example),
        evaluation.prediction(example),
        activation(evaluation, example));
  }
}
