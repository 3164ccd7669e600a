package handspun.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * A message between two executors, as a rule in memory outside of Java's heap, where sockets take
 * it from and put it to without a copy.
 *
 * <p>It is a header of {@value #HEADER} bytes, the payload, and what its {@link FrameProtection}
 * puts behind it. The header's numbers are 32-bit and, like all, little-endian: the payload's
 * bytes; how many frames went this way before; a checksum, where the protection has one.
 *
 * <p>Numbers are put and taken one after the other, floats first: they must start at a multiple of
 * four.
 */
public final class Frame {
  static final int HEADER = 12;

  private final ByteBuffer bytes;
  private final FloatBuffer floats;
  private final FrameProtection protection;
  private int at;
  private int end;

  private Frame(ByteBuffer memory, FrameProtection protection) {
    this.protection = protection;
    bytes = memory.order(ByteOrder.LITTLE_ENDIAN);
    floats = bytes.asFloatBuffer();
    clear();
  }

  /** Makes room for a payload of so many bytes, and for what is put behind it. */
  Frame(int mostBytes, FrameProtection protection) {
    this(ByteBuffer.allocateDirect(HEADER + mostBytes + protection.trailer()), protection);
  }

  /** {@return a frame within the heap, for what travels as a {@linkplain #payload payload}} */
  public static Frame onHeap(int mostBytes) {
    return new Frame(ByteBuffer.allocate(HEADER + mostBytes), new Crc32c());
  }

  /** {@return a frame from which can be taken what another frame held} */
  public static Frame of(byte[] payload) {
    Frame frame = onHeap(payload.length);
    frame.put(payload, 0, payload.length);
    frame.end = frame.at;
    frame.at = HEADER;
    return frame;
  }

  /** {@return a copy of what was put} */
  public byte[] payload() {
    byte[] payload = new byte[at - HEADER];
    bytes.get(HEADER, payload);
    return payload;
  }

  /** Forgets the payload. */
  public void clear() {
    bytes.clear();
    at = HEADER;
    end = HEADER;
  }

  /** Puts floats behind what is there. */
  public void put(float[] from, int offset, int count) {
    floats.put(at / Float.BYTES, from, offset, count);
    at += count * Float.BYTES;
  }

  /** Puts bytes behind what is there. */
  public void put(byte[] from, int offset, int count) {
    bytes.put(at, from, offset, count);
    at += count;
  }

  /** Puts a number behind what is there. */
  public void put(int value) {
    bytes.putInt(at, value);
    at += Integer.BYTES;
  }

  /**
   * Takes the next floats; throws an IllegalStateException if there are fewer, as all of these do.
   */
  public void take(float[] to, int offset, int count) {
    require(count * (long) Float.BYTES);
    floats.get(at / Float.BYTES, to, offset, count);
    at += count * Float.BYTES;
  }

  /** Takes the next bytes. */
  public void take(byte[] to, int offset, int count) {
    require(count);
    bytes.get(at, to, offset, count);
    at += count;
  }

  /** Takes the next number. */
  public int take() {
    require(Integer.BYTES);
    int value = bytes.getInt(at);
    at += Integer.BYTES;
    return value;
  }

  /** Passes over the next bytes. */
  public void skip(int count) {
    require(count);
    at += count;
  }

  /** {@return payload bytes that have not been taken yet} */
  public int left() {
    return end - at;
  }

  private void require(long count) {
    if (count < 0 || count > end - at) {
      throw new IllegalStateException(
          "a frame that ends after %d bytes, but %d more are needed"
              .formatted(end - HEADER, count));
    }
  }

  /** Writes the header of what was put, and protects it; then the frame can be sent. */
  void seal(int number) {
    end = at;
    bytes.putInt(0, end - HEADER);
    bytes.putInt(4, number);
    protection.seal(bytes, end);
    bytes.limit(end + protection.trailer()).position(0);
  }

  /** What a socket takes from and puts to. */
  ByteBuffer bytes() {
    return bytes;
  }

  /** Most bytes of a payload. */
  int room() {
    return bytes.capacity() - HEADER - protection.trailer();
  }

  /** The number of payload bytes that the header tells. */
  int payloadLength() {
    return bytes.getInt(0);
  }

  /** Bytes of all that has come in with the frame that the header tells of. */
  int length() {
    return HEADER + payloadLength() + protection.trailer();
  }

  /** {@return what is wrong with the frame of that number that has come in; null if nothing is} */
  String open(int number) {
    end = HEADER + payloadLength();
    if (bytes.getInt(4) != number) {
      return "a frame with the number " + bytes.getInt(4) + " instead of " + number;
    }
    at = HEADER;
    return protection.open(bytes, end);
  }
}
