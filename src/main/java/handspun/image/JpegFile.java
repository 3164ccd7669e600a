package handspun.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A JPEG file taken apart into its segments (ITU-T T.81, annex B) and put together again with only
 * what its pixels need.
 *
 * <p>Java's reader refuses or misunderstands what every viewer shows: it takes files without a JFIF
 * segment for RGB, reads no ink colours, warns of stray bytes and of a missing end as it warns of
 * lost data, and spends time on colour profiles. Stray bytes between segments, application segments
 * and what follows the end are therefore left out, the end is added, and the colours are said in
 * the one way that it understands. Whatever else is wrong is kept for the reader to find.
 */
final class JpegFile {
  private static final int START = 0xd8;
  private static final int END = 0xd9;
  private static final int SCAN = 0xda;
  private static final int HUFFMAN_TABLES = 0xc4;
  private static final int ARITHMETIC_CONDITIONS = 0xcc;
  private static final int EXTENSION = 0xc8;
  private static final int APPLICATION = 0xe0;
  private static final int COMMENT = 0xfe;

  /** Usual are some ten; a file can have a million of nothing. */
  private static final int MOST_HEADER_SEGMENTS = 1000;

  private static final byte[] EXIF = "Exif\0".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ADOBE = "Adobe".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] JFIF = "JFIF\0".getBytes(StandardCharsets.US_ASCII);
  private static final int ADOBE_BYTES = 12;

  private final ByteBuffer file;
  private final ByteArrayOutputStream body;
  private final List<JpegScan> scans = new ArrayList<>();
  private Optional<JpegFrame> frame = Optional.empty();
  private Optional<Orientation> orientation = Optional.empty();
  private Optional<Integer> adobeTransform = Optional.empty();
  private boolean jfif;
  private boolean ended;

  private JpegFile(byte[] file, int bodyBytes) {
    this.file = ByteBuffer.wrap(file).position(2);
    this.body = new ByteArrayOutputStream(bodyBytes);
  }

  /** {@return what a file consists of that begins as a JPEG file does} */
  static JpegFile of(byte[] bytes) {
    JpegFile jpeg = new JpegFile(bytes, bytes.length);
    while (jpeg.hasNext()) {
      if (jpeg.readSegment() == SCAN) {
        jpeg.copyEntropyCoded();
      }
    }
    return jpeg;
  }

  /** {@return the same up to the first scan's header, or, if that is far, not even that} */
  static JpegFile header(byte[] bytes) {
    JpegFile jpeg = new JpegFile(bytes, 0);
    int segments = 0;
    while (segments < MOST_HEADER_SEGMENTS && jpeg.hasNext() && jpeg.readSegment() != SCAN) {
      segments++;
    }
    return jpeg;
  }

  /** {@return size and components, unless there is no header or a broken one} */
  Optional<JpegFrame> frame() {
    return frame;
  }

  /** {@return how the picture is to be turned} */
  Orientation orientation() {
    return orientation.orElse(Orientation.UPRIGHT);
  }

  /** {@return how many samples a decoder passes over, each as often as there are scans of it} */
  long samplesOfAllScans() {
    return scans.stream().mapToLong(scan -> frame.map(scan::samples).orElse(0L)).sum();
  }

  /** {@return number of scans} */
  int scans() {
    return scans.size();
  }

  /**
   * {@return whether the last segment is there: the end, or else the last scan of every component}
   */
  boolean isWhole() {
    return ended || frame.map(f -> JpegScan.areComplete(scans, f)).orElse(false);
  }

  /** {@return whether the end of the file is there} */
  boolean hasEnd() {
    return ended;
  }

  /** {@return the meaning of the components} */
  JpegColours colours() {
    return JpegColours.of(frame, jfif, adobeTransform);
  }

  /** {@return a file with the same pixels, for Java's reader} */
  byte[] reduced() {
    byte[] colours = colours().segment();
    byte[] bytes = new byte[2 + colours.length + body.size() + 2];
    ByteBuffer reduced = ByteBuffer.wrap(bytes);
    reduced.put((byte) 0xff).put((byte) START).put(colours).put(body.toByteArray());
    reduced.put((byte) 0xff).put((byte) END);
    return bytes;
  }

  private boolean hasNext() {
    return !ended && file.hasRemaining();
  }

  /** {@return the segment's marker, or -1 if there is none more} */
  private int readSegment() {
    int marker = nextMarker();
    if (marker < 0 || isAlone(marker)) {
      return marker;
    }
    if (marker == END) {
      ended = true;
    } else if (marker < 0xc0) {
      // Reserved: the reader is to say so.
      copyMarker(marker);
    } else {
      readContent(marker);
    }
    return marker;
  }

  private void readContent(int marker) {
    int from = file.position();
    ByteBuffer content = content();
    if (marker >= APPLICATION && marker < APPLICATION + 16) {
      readApplication(marker - APPLICATION, content);
    } else if (marker != COMMENT) {
      copyMarker(marker);
      copy(from, file.position());
      if (marker == SCAN) {
        JpegScan.of(content).ifPresent(scans::add);
      } else if (isFrame(marker) && frame.isEmpty()) {
        frame = JpegFrame.of(marker, content);
      }
    }
  }

  /** Passes over whatever is no marker, as viewers do; -1 at the end of the bytes. */
  private int nextMarker() {
    while (file.hasRemaining()) {
      int value = file.get() & 0xff;
      while (value == 0xff && file.hasRemaining()) {
        value = file.get() & 0xff;
        if (value != 0 && value != 0xff) {
          return value;
        }
      }
    }
    return -1;
  }

  /** Of a segment: what its length says, or what there is of it. */
  private ByteBuffer content() {
    int length = file.remaining() < 2 ? file.remaining() : file.getChar() - 2;
    int from = file.position();
    int to = Math.min(file.limit(), from + Math.max(0, length));
    file.position(to);
    return file.duplicate().position(from).limit(to);
  }

  private void readApplication(int number, ByteBuffer content) {
    ByteBuffer data = content.slice();
    if (number == 0 && startsWith(data, JFIF)) {
      jfif = true;
    } else if (number == 1 && startsWith(data, EXIF) && data.limit() > EXIF.length) {
      if (orientation.isEmpty() && scans.isEmpty()) {
        orientation = Exif.orientation(data.position(EXIF.length + 1));
      }
    } else if (number == 14 && startsWith(data, ADOBE) && data.limit() >= ADOBE_BYTES) {
      adobeTransform = Optional.of(data.get(ADOBE_BYTES - 1) & 0xff);
    }
  }

  /** Pixels, up to the next marker that does not belong to them. */
  private void copyEntropyCoded() {
    byte[] bytes = file.array();
    int from = file.position();
    int at = from;
    while (at < bytes.length && !(bytes[at] == (byte) 0xff && isMarkerAfter(at))) {
      at++;
    }
    copy(from, at);
    file.position(at);
  }

  private boolean isMarkerAfter(int at) {
    byte[] bytes = file.array();
    int next = at + 1 < bytes.length ? bytes[at + 1] & 0xff : 0;
    // A byte of 255 is followed by 0; restart marks are part of a scan.
    return next != 0 && next != 0xff && !isAlone(next);
  }

  private static boolean isAlone(int marker) {
    return marker == 1 || (marker >= 0xd0 && marker < 0xd8);
  }

  private static boolean isFrame(int marker) {
    return marker >= 0xc0
        && marker <= 0xcf
        && marker != HUFFMAN_TABLES
        && marker != EXTENSION
        && marker != ARITHMETIC_CONDITIONS;
  }

  private void copyMarker(int marker) {
    body.write(0xff);
    body.write(marker);
  }

  private void copy(int from, int to) {
    body.write(file.array(), from, to - from);
  }

  private static boolean startsWith(ByteBuffer data, byte[] name) {
    return data.limit() >= name.length
        && data.duplicate().limit(name.length).equals(ByteBuffer.wrap(name));
  }
}
