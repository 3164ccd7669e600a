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
  private final boolean darkPen;
  private PenLevel level;
  private int digits = 1;

  /**
   * @param differences are changed
   * @param estimate of the paper
   */
  InkSearch(PenDifferences differences, PaperEstimate estimate) {
    noise = estimate.flat() ? PaperNoise.none(differences) : PaperNoise.of(differences);
    flat = estimate.paper().isUniform() && noise.isNone();
    darkPen = estimate.darkPen();
    width = differences.width();
    height = differences.height();
    values = noise.differences().values();
    dropped = new byte[values.length];
  }

  /** {@return for each pixel 0 or the mark of why it is not the digit's} */
  byte[] dropped() {
    return dropped;
  }

  /** {@return how many digits there are beside each other} */
  int digits() {
    return digits;
  }

  /** {@return what decided in the last turn} */
  InkLevels levels() {
    double unit = noise.differences().unit();
    double threshold = level.threshold() / unit;
    double stroke = level.strokeInk() * level.contrast() / 255.0 / unit;
    return new InkLevels(
        darkPen,
        noise.deviation() / unit,
        2 * noise.radius() + 1,
        threshold,
        flat ? threshold : Math.max(threshold, stroke),
        level.contrast() / unit);
  }

  /** {@return the digit's ink; empty if there is none} */
  Optional<Ink> run() {
    for (int turn = 1; ; turn++) {
      level = flat ? flatLevel() : noise.level();
      if (level.contrast() < Ink.LEAST_CONTRAST * noise.differences().unit()) {
        return Optional.empty();
      }
      byte[] amount = amounts();
      Components components = Components.of(amount, width);
      boolean again = turn < MOST_TURNS;
      if (again && (wipeFrames(components) || wipeRules(amount, components))) {
        continue;
      }
      Dropped[] why = whyDropped(components);
      mark(components, why);
      if (again && hidesOthers(components, why)) {
        continue;
      }
      boolean[] stroke = new boolean[why.length];
      for (int t = 0; t < stroke.length; t++) {
        stroke[t] = why[t] == null;
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
  private byte[] amounts() {
    byte[] ofValue = new byte[256 * noise.differences().unit() + 1];
    for (int value = level.threshold(); value < ofValue.length; value++) {
      ofValue[value] = (byte) level.ink(value);
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
    Dropped[] why = new Dropped[components.things().length];
    boolean any = false;
    Frames frames = new Frames(components, width, height);
    for (int t = 0; t < why.length; t++) {
      why[t] = frames.isFrame(t) ? Dropped.FRAME : null;
      any |= why[t] != null;
    }
    if (any) {
      mark(components, why);
      wipe(components, why);
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
      dropped[pixel] = Dropped.RULE.mark();
      wipe(y, x, x + 1, amount);
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

  /** Null for the digit's strokes. */
  private Dropped[] whyDropped(Components components) {
    Thing[] things = components.things();
    Dropped[] why = new Dropped[things.length];
    if (Math.min(width, height) < LEAST_SIDE) {
      return why;
    }
    boolean[] candidate = new boolean[things.length];
    int least = flat ? 0 : level.strokeInk();
    int square = 2 * noise.radius() + 1;
    int area = flat ? 1 : Math.max(3 * square * square, values.length / 3000);
    int side = Math.max(width, height) / 50;
    boolean any = false;
    for (int t = 0; t < things.length; t++) {
      candidate[t] = things[t].peak >= least;
      why[t] = candidate[t] ? Dropped.SPECK : Dropped.NOISE;
      any |= candidate[t] && things[t].area >= area && things[t].longerSide() >= side;
    }
    if (!flat) {
      boolean[] shadow = DigitGroups.shadows(things, candidate, width, height);
      for (int t = 0; t < things.length; t++) {
        candidate[t] &= !shadow[t];
        why[t] = shadow[t] ? Dropped.SHADOW : why[t];
      }
    }
    if (any) {
      boolean[] stroke = DigitGroups.strokes(things, candidate);
      for (int t = 0; t < things.length; t++) {
        why[t] = stroke[t] ? null : why[t];
      }
    }
    return why;
  }

  private void mark(Components components, Dropped[] why) {
    for (int run = 0; run < components.runs(); run++) {
      Dropped reason = why[components.thing(run)];
      if (reason != null) {
        int row = components.row(run) * width;
        Arrays.fill(dropped, row + components.start(run), row + components.end(run), reason.mark());
      }
    }
  }

  /** Wipes off specks that are darker than the strokes, which are fainter than they could be. */
  private boolean hidesOthers(Components components, Dropped[] why) {
    Thing[] things = components.things();
    int strongest = 0;
    int speck = 0;
    for (int t = 0; t < things.length; t++) {
      if (why[t] == null) {
        strongest = Math.max(strongest, things[t].peak);
      } else {
        speck = Math.max(speck, things[t].peak);
      }
    }
    if (strongest == 0 || speck <= strongest) {
      return false;
    }
    wipe(components, why);
    return true;
  }

  private void wipe(Components components, Dropped[] why) {
    for (int run = 0; run < components.runs(); run++) {
      if (why[components.thing(run)] != null) {
        wipe(components.row(run), components.start(run), components.end(run), null);
      }
    }
  }

  /** With the pixels around, which have too little ink to count, but are not the paper's. */
  private void wipe(int row, int start, int end, byte[] unless) {
    for (int y = Math.max(0, row - 1); y <= Math.min(height - 1, row + 1); y++) {
      for (int x = Math.max(0, start - 1); x < Math.min(width, end + 1); x++) {
        int p = y * width + x;
        boolean isOwn = y == row && x >= start && x < end;
        if (isOwn || unless == null || unless[p] == 0) {
          values[p] = (short) Math.min(values[p], 0);
        }
      }
    }
  }
}
