package handspun.image;

import handspun.image.Components.Thing;
import java.util.Arrays;
import java.util.Optional;

/**
 * Finds the ink of a digit among what differs from the paper. What is no digit's ink (frames,
 * rules, then specks) is wiped off, and then the rest is looked at again, since it may be fainter
 * than what was wiped off.
 */
final class InkSearch {
  private static final int MOST_TURNS = 6;

  /** In smaller pictures a pixel or two can be a stroke. */
  private static final int LEAST_SIDE = 48;

  private final PaperNoise noise;

  /** Whether the paper is the same everywhere: then it needs no threshold. */
  private final boolean flat;

  private final int width;
  private final int height;
  private final short[] values;
  private final byte[] dropped;
  private int digits = 1;

  /**
   * @param differences are changed
   * @param estimate of the paper
   */
  InkSearch(PenDifferences differences, PaperEstimate estimate) {
    noise = estimate.flat() ? PaperNoise.none(differences) : PaperNoise.of(differences);
    flat = estimate.paper().isUniform() && noise.isNone();
    width = differences.width();
    height = differences.height();
    values = noise.differences().values();
    dropped = new byte[values.length];
  }

  /** {@return for each pixel 0 or why it is not the digit's} */
  byte[] dropped() {
    return dropped;
  }

  /** {@return how many digits there are beside each other} */
  int digits() {
    return digits;
  }

  /** {@return the digit's ink; empty if there is none} */
  Optional<Ink> run() {
    for (int turn = 1; ; turn++) {
      PenLevel level = flat ? flatLevel() : noise.level();
      if (level.contrast() < Ink.LEAST_CONTRAST * noise.differences().unit()) {
        return Optional.empty();
      }
      byte[] amount = amounts(level);
      Components components = Components.of(amount, width);
      boolean again = turn < MOST_TURNS;
      if (again && (wipeFrames(components) || wipeRules(amount, components))) {
        continue;
      }
      boolean[] stroke = strokes(components, level);
      if (again && hidesOthers(components, stroke)) {
        continue;
      }
      digits = DigitGroups.count(components, stroke);
      return Ink.of(components, stroke, amount, width, height);
    }
  }

  private PenLevel flatLevel() {
    int contrast = 0;
    for (short value : values) {
      contrast = Math.max(contrast, value);
    }
    return new PenLevel(contrast, 1, 0);
  }

  /** Ink of each pixel: 0 none, 255 full. */
  private byte[] amounts(PenLevel level) {
    byte[] ofValue = new byte[256 * noise.differences().unit() + 1];
    for (int value = level.least(); value < ofValue.length; value++) {
      int ink = Math.min(255, Math.round(255f * value / level.contrast()));
      ofValue[value] = ink > Ink.NOISE ? (byte) ink : 0;
    }
    byte[] amount = new byte[values.length];
    for (int p = 0; p < amount.length; p++) {
      int value = values[p];
      if (value > 0) {
        amount[p] = ofValue[value];
      }
    }
    return amount;
  }

  private boolean wipeFrames(Components components) {
    if (components.things().length < 2) {
      return false;
    }
    boolean[] frame = new boolean[components.things().length];
    boolean any = false;
    Frames frames = new Frames(components, width, height);
    for (int t = 0; t < frame.length; t++) {
      frame[t] = frames.isFrame(t);
      any |= frame[t];
    }
    if (any) {
      wipe(components, frame, Sheet.LINE);
    }
    return any;
  }

  private boolean wipeRules(byte[] amount, Components components) {
    if (!mayHaveRules(components)) {
      return false;
    }
    int[] pixels = Rules.pixels(amount, width);
    for (int pixel : pixels) {
      int x = pixel % width;
      int y = pixel / width;
      wipe(y, x, x + 1, Sheet.LINE, amount);
    }
    return pixels.length > 0;
  }

  /** Whether something is as long as the picture, or several things are long and thin. */
  private boolean mayHaveRules(Components components) {
    int thin = 0;
    for (Thing thing : components.things()) {
      if (thing.width() >= 0.9 * width || thing.height() >= 0.9 * height) {
        return true;
      }
      thin +=
          thing.longerSide() > 8 * Math.min(thing.width(), thing.height())
                  && thing.longerSide() > 0.1 * Math.min(width, height)
              ? 1
              : 0;
    }
    return thin >= 3;
  }

  private boolean[] strokes(Components components, PenLevel level) {
    Thing[] things = components.things();
    boolean[] candidate = new boolean[things.length];
    boolean[] faint = new boolean[things.length];
    int least = flat ? 0 : Math.max(128, (int) (255L * level.peak() / level.contrast()));
    int square = 2 * noise.radius() + 1;
    int area = flat ? 1 : Math.max(3 * square * square, values.length / 3000);
    int side = Math.max(width, height) / 50;
    boolean any = false;
    if (Math.min(width, height) < LEAST_SIDE) {
      Arrays.fill(candidate, true);
      return candidate;
    }
    for (int t = 0; t < things.length; t++) {
      faint[t] = things[t].peak < Math.min(least, 255);
      candidate[t] = !faint[t];
      any |= candidate[t] && things[t].area >= area && things[t].longerSide() >= side;
    }
    if (!flat) {
      DigitGroups.dropShadows(things, candidate, width, height);
    }
    boolean[] stroke = any ? DigitGroups.strokes(things, candidate) : new boolean[things.length];
    mark(components, stroke, faint);
    return stroke;
  }

  private void mark(Components components, boolean[] stroke, boolean[] faint) {
    for (int run = 0; run < components.runs(); run++) {
      int thing = components.thing(run);
      if (!stroke[thing]) {
        int row = components.row(run) * width;
        Arrays.fill(
            dropped,
            row + components.start(run),
            row + components.end(run),
            faint[thing] ? Sheet.NOISE : Sheet.SPECK);
      }
    }
  }

  /** Wipes off specks that are darker than the strokes, which are fainter than they could be. */
  private boolean hidesOthers(Components components, boolean[] stroke) {
    Thing[] things = components.things();
    int strongest = 0;
    int speck = 0;
    boolean[] wiped = new boolean[things.length];
    for (int t = 0; t < things.length; t++) {
      if (stroke[t]) {
        strongest = Math.max(strongest, things[t].peak);
      } else {
        speck = Math.max(speck, things[t].peak);
        wiped[t] = true;
      }
    }
    if (strongest == 0 || speck <= strongest) {
      return false;
    }
    wipe(components, wiped, Sheet.SPECK);
    return true;
  }

  private void wipe(Components components, boolean[] wiped, byte why) {
    for (int run = 0; run < components.runs(); run++) {
      if (wiped[components.thing(run)]) {
        wipe(components.row(run), components.start(run), components.end(run), why, null);
      }
    }
  }

  /** With the pixels around, which have too little ink to count, but are not the paper's. */
  private void wipe(int row, int start, int end, byte why, byte[] unless) {
    for (int y = Math.max(0, row - 1); y <= Math.min(height - 1, row + 1); y++) {
      for (int x = Math.max(0, start - 1); x < Math.min(width, end + 1); x++) {
        int p = y * width + x;
        boolean isOwn = y == row && x >= start && x < end;
        if (isOwn) {
          dropped[p] = why;
        }
        if (isOwn || unless == null || unless[p] == 0) {
          values[p] = (short) Math.min(values[p], 0);
        }
      }
    }
  }
}
