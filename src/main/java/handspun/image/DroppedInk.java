package handspun.image;

import handspun.image.Components.Thing;
import handspun.image.PictureSteps.Box;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * All that was dropped for one reason.
 *
 * @param why the reason
 * @param parts how many there are that do not touch each other
 * @param boxes around the largest of them, at most {@value #MOST_BOXES}, the largest first
 * @param mask 255 for each pixel of {@link PictureSteps} in which there is some, else 0; not copied
 */
public record DroppedInk(Dropped why, int parts, List<Box> boxes, byte[] mask) {
  /** More are a texture. */
  public static final int MOST_BOXES = 100;

  /**
   * {@return what was dropped, by reasons, without those that have nothing}
   *
   * @param marks of a picture of this width
   * @param times pixels on a side of the squares that become one
   */
  static List<DroppedInk> of(byte[] marks, int width, int times) {
    List<DroppedInk> all = new ArrayList<>();
    for (Dropped why : Dropped.values()) {
      byte[] own = new byte[marks.length];
      for (int p = 0; p < own.length; p++) {
        own[p] = (byte) (marks[p] == why.mark() ? 255 : 0);
      }
      Thing[] parts = Components.of(own, width).things();
      if (parts.length > 0) {
        all.add(new DroppedInk(why, parts.length, boxes(parts, times), mask(own, width, times)));
      }
    }
    return all;
  }

  private static List<Box> boxes(Thing[] parts, int times) {
    return Arrays.stream(parts)
        .sorted(Comparator.comparingInt((Thing part) -> -part.area))
        .limit(MOST_BOXES)
        .map(part -> Box.reduced(part.left, part.top, part.right, part.bottom, times))
        .toList();
  }

  /** Of the largest values, so that thin lines and small specks are still to be seen. */
  private static byte[] mask(byte[] values, int width, int times) {
    int columns = Reduction.reduced(width, times);
    byte[] mask = new byte[columns * Reduction.reduced(values.length / width, times)];
    for (int p = 0; p < values.length; p++) {
      mask[p / width / times * columns + p % width / times] |= values[p];
    }
    return mask;
  }
}
