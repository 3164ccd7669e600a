package handspun.drawings;

import handspun.image.Strokes;
import java.util.ArrayList;
import java.util.List;

/**
 * A way to draw all digits. Cells differ in one thing from the {@link #PLAIN} one.
 *
 * @param group what it differs in
 * @param name how it differs
 * @param pen width of the pen in pixels
 * @param slant degrees by which the digit is slanted to the right, beside what it is already
 * @param size longer side of the ink, as a part of the paper's
 * @param place where on the paper
 * @param surface what is drawn on
 */
public record Cell(
    String group,
    String name,
    double pen,
    double slant,
    double size,
    Place place,
    Surface surface) {
  private static final double PEN = 18;
  private static final double SIZE = 0.7;
  private static final double SIZE_IN_CORNER = 0.4;

  static final Cell PLAIN =
      new Cell("plain", "", PEN, 0, SIZE, Place.MIDDLE, Surface.DARK_ON_LIGHT);

  /** All, in the order in which they are told. */
  public static final List<Cell> ALL = all();

  private static List<Cell> all() {
    List<Cell> all = new ArrayList<>(List.of(PLAIN));
    for (int pen : new int[] {6, 10, 28, 40}) {
      all.add(PLAIN.as("pen", pen + " px").with(pen, SIZE, Place.MIDDLE));
    }
    for (int slant : new int[] {-30, 30}) {
      all.add(PLAIN.as("slant", "%+d degrees".formatted(slant)).slanted(slant));
    }
    for (int percent : new int[] {15, 30, 60, 100}) {
      double size = percent / 100.0;
      all.add(PLAIN.as("size", percent + " %").with(penFor(size), size, Place.MIDDLE));
    }
    for (Place place : Place.values()) {
      all.add(
          PLAIN
              .as("place, 40 %", place.toString())
              .with(penFor(SIZE_IN_CORNER), SIZE_IN_CORNER, place));
    }
    all.add(PLAIN.as("light on dark", "").on(Surface.LIGHT_ON_DARK));
    for (Flaw flaw : Flaw.values()) {
      all.add(PLAIN.as("photograph", flaw.toString()).on(Surface.photographed(flaw)));
    }
    all.add(PLAIN.as("photograph", "all of these").on(Surface.photographedWithAll()));
    return List.copyOf(all);
  }

  /** In proportion. */
  private static double penFor(double size) {
    return PEN * size / SIZE;
  }

  private Cell as(String newGroup, String newName) {
    return new Cell(newGroup, newName, pen, slant, size, place, surface);
  }

  private Cell with(double newPen, double newSize, Place newPlace) {
    return new Cell(group, name, newPen, slant, newSize, newPlace, surface);
  }

  private Cell slanted(double degrees) {
    return new Cell(group, name, pen, degrees, size, place, surface);
  }

  private Cell on(Surface newSurface) {
    return new Cell(group, name, pen, slant, size, place, newSurface);
  }

  /** {@return group and name} */
  public String title() {
    return name.isEmpty() ? group : group + ", " + name;
  }

  /** {@return what its files are called: small letters, digits and hyphens} */
  public String fileName() {
    return title()
        .replace("%", "percent")
        .replace("+", "plus ")
        .replace(" -", " minus ")
        .replaceAll("[^a-z0-9]+", "-");
  }

  /** {@return a drawing of this kind in pixels of the paper} */
  Strokes arrange(Strokes drawing) {
    double lean = StrictMath.tan(StrictMath.toRadians(slant));
    Strokes slanted = drawing.mapped(1, -lean, 0, 1).ofUnitSize();
    return place.on(slanted.scaled(size * Canvas.SIDE - pen), pen);
  }
}
