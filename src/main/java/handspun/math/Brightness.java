package handspun.math;

/** What a pixel's byte means to the network: 0 (background) to 255 (ink) as 0 to 1. */
public final class Brightness {
  private static final float[] OF_BYTE = new float[256];

  static {
    for (int v = 0; v < OF_BYTE.length; v++) {
      OF_BYTE[v] = v / 255f;
    }
  }

  private Brightness() {}

  /** {@return the brightness of an unsigned byte, {@code value / 255f}, in 0..1} */
  public static float of(byte value) {
    return OF_BYTE[value & 0xff];
  }
}
