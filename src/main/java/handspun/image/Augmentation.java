package handspun.image;

import handspun.UsageException;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How much images are changed at random before training sees them, so that every epoch shows it
 * what other hands would have written. Each number but the elasticity is the most of a range that
 * reaches as far to the other side; 0 leaves its change out.
 *
 * @param shift pixels to the right or left, and, independently, down or up
 * @param rotate degrees
 * @param scale of width and, independently, of height: 0.1 for up to 10 % more or less
 * @param shear pixels that a row is moved for each row of its distance from the middle
 * @param elastic strength of an elastic distortion, alpha (Simard, Steinkraus, Platt: "Best
 *     Practices for Convolutional Neural Networks applied to Visual Document Analysis", ICDAR 2003,
 *     which has 34 with an elasticity of 4): see {@link ElasticField}
 * @param elasticity its sigma, in pixels; what is nearer to each other moves together
 * @param thickness pixels by which the edges of strokes move outwards or inwards: see {@link
 *     StrokeThickness}
 * @param redraw the part of the images that are drawn anew instead, 0 to 1: see {@link Redrawing}
 * @param negatives the part of the images that become drawings of no digit, of which training wants
 *     no output, 0 to 0.9: see {@link Negatives}
 */
public record Augmentation(
    double shift,
    double rotate,
    double scale,
    double shear,
    double elastic,
    double elasticity,
    double thickness,
    double redraw,
    double negatives)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  private static final double USUAL_ELASTICITY = 4;
  private static final String NOTHING = "none";

  /** No change. */
  public static final Augmentation NONE =
      new Augmentation(0, 0, 0, 0, 0, USUAL_ELASTICITY, 0, 0, 0);

  /** The numbers, in order, and what they may be. */
  private enum Part {
    SHIFT(0, 100, "pixels"),
    ROTATE(0, 180, "degrees"),
    SCALE(0, 0.9, "the difference of a factor from 1"),
    SHEAR(0, 2, "pixels a row"),
    ELASTIC(0, 500, "alpha, in pixels"),
    ELASTICITY(1, 100, "sigma, in pixels"),
    THICKNESS(0, StrokeThickness.MOST, "pixels"),
    REDRAW(0, 1, "a part of the images"),
    NEGATIVES(0, 0.9, "a part of the images");

    private final double least;
    private final double most;
    private final String unit;

    Part(double least, double most, String unit) {
      this.least = least;
      this.most = most;
      this.unit = unit;
    }

    double of(Augmentation augmentation) {
      return switch (this) {
        case SHIFT -> augmentation.shift;
        case ROTATE -> augmentation.rotate;
        case SCALE -> augmentation.scale;
        case SHEAR -> augmentation.shear;
        case ELASTIC -> augmentation.elastic;
        case ELASTICITY -> augmentation.elasticity;
        case THICKNESS -> augmentation.thickness;
        case REDRAW -> augmentation.redraw;
        case NEGATIVES -> augmentation.negatives;
      };
    }

    double require(double value) {
      if (value >= least && value <= most) {
        return value;
      }
      throw impossible(String.valueOf(value));
    }

    double parse(String text) {
      try {
        return require(Double.parseDouble(text));
      } catch (NumberFormatException e) {
        throw impossible(text);
      }
    }

    private UsageException impossible(String found) {
      return new UsageException(
          "augment has %s=%s, but %s must be a number from %s to %s (%s)."
              .formatted(this, found, this, plain(least), plain(most), unit));
    }

    /** {@return the name as people write it} */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * @throws UsageException if a number is impossible
   */
  public Augmentation {
    Part.SHIFT.require(shift);
    Part.ROTATE.require(rotate);
    Part.SCALE.require(scale);
    Part.SHEAR.require(shear);
    Part.ELASTIC.require(elastic);
    Part.ELASTICITY.require(elasticity);
    Part.THICKNESS.require(thickness);
    Part.REDRAW.require(redraw);
    Part.NEGATIVES.require(negatives);
    if (elastic == 0 && elasticity != USUAL_ELASTICITY) {
      throw new UsageException(
          "augment has elasticity=%s without elastic: say how strong the elastic distortion is, as in elastic=34,elasticity=%s."
              .formatted(plain(elasticity), plain(elasticity)));
    }
  }

  /**
   * Reads what {@link #toString} writes.
   *
   * @param text "none", or some of the numbers as {@code NAME=X}, with commas between them
   * @return the augmentation; what is not named is left out
   * @throws UsageException if it says something else
   */
  public static Augmentation parse(String text) {
    Map<Part, Double> values = new EnumMap<>(Part.class);
    if (!text.strip().equalsIgnoreCase(NOTHING)) {
      for (String item : text.split(",", -1)) {
        String[] nameAndValue = item.split("=", -1);
        Part part = part(nameAndValue[0].strip());
        if (nameAndValue.length != 2) {
          throw new UsageException(
              "augment has \"%s\", but each change must be written as NAME=X, as in %s=%s."
                  .formatted(
                      item.strip(), part, plain(part.least + (part.most - part.least) / 10)));
        }
        if (values.put(part, part.parse(nameAndValue[1].strip())) != null) {
          throw new UsageException("augment has %s twice: say it once.".formatted(part));
        }
      }
    }
    Arrays.stream(Part.values()).forEach(part -> values.putIfAbsent(part, part.of(NONE)));
    return new Augmentation(
        values.get(Part.SHIFT),
        values.get(Part.ROTATE),
        values.get(Part.SCALE),
        values.get(Part.SHEAR),
        values.get(Part.ELASTIC),
        values.get(Part.ELASTICITY),
        values.get(Part.THICKNESS),
        values.get(Part.REDRAW),
        values.get(Part.NEGATIVES));
  }

  private static Part part(String name) {
    return Arrays.stream(Part.values())
        .filter(part -> part.toString().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                new UsageException(
                    "augment has \"%s\", but must be none, or some of %s as NAME=X with commas between them."
                        .formatted(
                            name,
                            Arrays.stream(Part.values())
                                .map(String::valueOf)
                                .collect(Collectors.joining(", ")))));
  }

  /** {@return whether there is a change at all} */
  public boolean isNone() {
    return equals(NONE);
  }

  /** {@return whether images are changed pixel by pixel, as far as they are not drawn anew} */
  public boolean changesPixels() {
    return shift != 0 || rotate != 0 || scale != 0 || shear != 0 || elastic != 0 || thickness != 0;
  }

  /** {@return whether strokes are drawn, of digits or others: of 28 x 28 pixels only} */
  public boolean draws() {
    return redraw > 0 || negatives > 0;
  }

  /** {@return "none", or what is not left out, as {@link #parse} reads it} */
  @Override
  public String toString() {
    String items =
        Arrays.stream(Part.values())
            .filter(part -> part.of(this) != part.of(NONE))
            .map(part -> "%s=%s".formatted(part, plain(part.of(this))))
            .collect(Collectors.joining(","));
    return items.isEmpty() ? NOTHING : items;
  }

  private static String plain(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }
}
