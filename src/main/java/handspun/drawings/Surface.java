package handspun.drawings;

import java.util.EnumSet;
import java.util.Set;

/**
 * What is drawn on, and with what.
 *
 * @param paper its brightness, 0 black to 255 white
 * @param ink that of the pen's line
 * @param flaws what a photograph adds
 */
public record Surface(int paper, int ink, Set<Flaw> flaws) {
  /** As the page sends what is drawn on it. */
  static final Surface DARK_ON_LIGHT = new Surface(255, 0, Set.of());

  static final Surface LIGHT_ON_DARK = new Surface(0, 255, Set.of());

  private static final int PHOTOGRAPHED_PAPER = 235;
  private static final int PHOTOGRAPHED_INK = 70;

  static Surface photographed(Flaw one) {
    return new Surface(PHOTOGRAPHED_PAPER, PHOTOGRAPHED_INK, Set.of(one));
  }

  static Surface photographedWithAll() {
    return new Surface(PHOTOGRAPHED_PAPER, PHOTOGRAPHED_INK, Set.copyOf(EnumSet.allOf(Flaw.class)));
  }
}
