package handspun.serve;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Singles at which arithmetic that is not quite right goes wrong. */
final class HardSingles {
  private static final float[] KINDS = {
    0f,
    1f,
    3f,
    1 / 3f,
    Float.MIN_VALUE,
    Float.MIN_NORMAL,
    Math.nextDown(Float.MIN_NORMAL),
    Float.MAX_VALUE,
    0x1p127f,
    0x1p-75f,
    0x1.000002p0f,
    0x1.fffffep-1f,
    Float.POSITIVE_INFINITY,
    Float.NaN
  };

  /** Where the exponential, or what is made of it, changes. */
  private static final float[] EDGES = {0f, 87.3f, 88f, 43.65f, 44f, 103f, Float.MIN_VALUE};

  private final SplittableRandom random = new SplittableRandom(1);

  /** {@return rows of a, b and c} */
  float[] triples() {
    float[] triples = new float[3 * 500_000];
    int at = 0;
    for (float a : KINDS) {
      for (float b : KINDS) {
        for (float c : KINDS) {
          at = signed(a, b, c, triples, at);
        }
      }
    }
    while (at < triples.length) {
      at =
          switch (random.nextInt(4)) {
            case 0 -> halfway(triples, at);
            case 1 -> nearOverflow(triples, at);
            case 2 -> tiny(triples, at);
            default -> signed(any(30), any(30), any(60), triples, at);
          };
    }
    return triples;
  }

  /** With random signs. */
  private int signed(float a, float b, float c, float[] triples, int at) {
    triples[at] = random.nextBoolean() ? a : -a;
    triples[at + 1] = random.nextBoolean() ? b : -b;
    triples[at + 2] = random.nextBoolean() ? c : -c;
    return at + 3;
  }

  /** The product lies half-way between two singles around c, or a hair beside that. */
  private int halfway(float[] triples, int at) {
    float c = any(30);
    float a = Math.scalb(1 + random.nextInt(3) * 0x1p-23f, random.nextInt(20) - 10);
    float half = (random.nextInt(4) == 0 ? 3 : 1) * Math.ulp(c) / 2 / a;
    return signed(a, half * (1 + (random.nextInt(5) - 2) * 0x1p-23f), c, triples, at);
  }

  private int nearOverflow(float[] triples, int at) {
    float a = Math.scalb(mantissa(), 60 + random.nextInt(20));
    float b = Math.scalb(random.nextBoolean() ? 1 : mantissa(), 10 + random.nextInt(60));
    float c = random.nextBoolean() ? Float.MAX_VALUE : Math.scalb(mantissa(), 127);
    return signed(a, b, c, triples, at);
  }

  private int tiny(float[] triples, int at) {
    float a = Math.scalb(mantissa(), -random.nextInt(149));
    float b = Math.scalb(random.nextBoolean() ? 1 : mantissa(), -random.nextInt(149));
    float c = Float.intBitsToFloat(random.nextInt(1 << random.nextInt(26)));
    return signed(a, b, c, triples, at);
  }

  private float any(int exponents) {
    return Math.scalb(mantissa(), random.nextInt(2 * exponents) - exponents);
  }

  private float mantissa() {
    return 1 + random.nextInt(1 << 23) * 0x1p-23f;
  }

  /** {@return weighted inputs: what lies around edges, usual ones, and singles of any bits} */
  float[] weightedInputs(int count) {
    float[] inputs = new float[count];
    for (int i = 0; i < count; i++) {
      inputs[i] =
          i % 2 == 0
              ? (float) (220 * random.nextDouble() - 110)
              : Float.intBitsToFloat(random.nextInt());
    }
    int[] at = {0};
    IntStream.range(0, EDGES.length)
        .mapToObj(e -> EDGES[e])
        .flatMap(
            edge -> Arrays.asList(edge, -edge, Math.nextUp(edge), Math.nextDown(edge)).stream())
        .forEach(edge -> inputs[at[0]++] = edge);
    inputs[count - 1] = Float.NaN;
    inputs[count - 2] = Float.POSITIVE_INFINITY;
    inputs[count - 3] = Float.NEGATIVE_INFINITY;
    return inputs;
  }
}
