package handspun.report;

import handspun.data.Examples;
import handspun.files.Location;
import handspun.train.Evaluation;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** The worst mistakes as a sheet of pictures: the largest wrong activation comes first. */
public final class MistakeSheet {
  /** More mistakes than these are not shown. */
  public static final int MOST = 64;

  private static final int ACROSS = 8;

  /** Images are enlarged a whole number of times, to about this many pixels. */
  private static final int IMAGE = 112;

  private static final int GAP = 16;
  private static final Color INK = new Color(0x333333);
  private static final Color FRAME = new Color(0xd0d0d0);

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
    return Figure.write(file, () -> png(draw(evaluation, examples)));
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

    Font titleFont = new Font(Font.SANS_SERIF, Font.BOLD, 16);
    Font captionFont = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
    int times = Math.max(1, IMAGE / Math.max(examples.rows(), examples.columns()));
    int width = times * examples.columns();
    int height = times * examples.rows();
    FontMetrics titleSize = metrics(titleFont);
    FontMetrics captionSize = metrics(captionFont);
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
    Graphics2D g = sheet.createGraphics();
    g.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    g.setColor(Color.WHITE);
    g.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
    g.setColor(INK);
    g.setFont(titleFont);
    g.drawString(title, GAP, GAP + titleSize.getAscent());
    g.setFont(captionFont);
    for (int t = 0; t < worst.size(); t++) {
      int x = GAP + t % ACROSS * (tileWidth + GAP);
      int y = top + t / ACROSS * (tileHeight + GAP);
      int imageX = x + (tileWidth - width) / 2;
      g.drawImage(image(examples, worst.get(t)), imageX, y, width, height, null);
      g.setColor(FRAME);
      g.drawRect(imageX - 1, y - 1, width + 1, height + 1);
      g.setColor(INK);
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

  private static FontMetrics metrics(Font font) {
    Graphics2D g = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
    FontMetrics metrics = g.getFontMetrics(font);
    g.dispose();
    return metrics;
  }

  private static BufferedImage image(Examples examples, int example) {
    byte[] pixels = examples.inputs().pixels(example);
    BufferedImage image =
        new BufferedImage(examples.columns(), examples.rows(), BufferedImage.TYPE_INT_RGB);
    for (int at = 0; at < pixels.length; at++) {
      int light = 255 - (pixels[at] & 0xff);
      image.setRGB(at % examples.columns(), at / examples.columns(), light * 0x010101);
    }
    return image;
  }

  private static byte[] png(BufferedImage image) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
      if (!ImageIO.write(image, "png", stream)) {
        throw new IOException("this Java cannot write PNG");
      }
    }
    return out.toByteArray();
  }
}
