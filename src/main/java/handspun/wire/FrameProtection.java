package handspun.wire;

import java.nio.ByteBuffer;

/**
 * What is done to the frames that go one way over one connection, so that it is noticed when they
 * are changed on the way. Chosen once for a connection, by {@link Protection}.
 */
sealed interface FrameProtection permits Crc32c, AesGcm {
  /** Bytes of the header before the checksum: the payload's length and the frame's number. */
  int NUMBERS = 8;

  /** {@return bytes that it puts behind the payload} */
  int trailer();

  /**
   * Protects the next frame, in place.
   *
   * @param frame with length and number in its header; its position and limit are of no account,
   *     and are changed
   * @param end of the payload; there is room for the trailer behind it
   */
  void seal(ByteBuffer frame, int end);

  /**
   * Opens the next frame, in place.
   *
   * @param end of the payload
   * @return what is wrong, as the object of "sent"; null if nothing is
   */
  String open(ByteBuffer frame, int end);
}
