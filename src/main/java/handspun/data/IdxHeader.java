package handspun.data;

import handspun.HandspunException;
import handspun.files.FileKind;
import handspun.files.Location;
import handspun.network.Inputs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The beginning of a file in the IDX format of MNIST (LeCun, Cortes, Burges): the bytes 0, 0, the
 * type of the elements and the number of dimensions; then every dimension's size as a big-endian
 * 32-bit number. The elements follow, big-endian, last dimension fastest.
 *
 * @param bytes the header itself; not to be changed
 * @param shape size of every dimension, each at least 1; not to be changed
 */
record IdxHeader(Location path, boolean isPacked, byte[] bytes, IdxType type, int[] shape) {
  private static final int MOST_DIMENSIONS = 4;

  /** QMNIST's labels are rows of eight numbers (Yadav and Bottou, 2019), the first the digit. */
  private static final int QMNIST_COLUMNS = 8;

  /** What a file is for. */
  enum Content {
    IMAGES("an IDX file of images"),
    LABELS("an IDX file of labels");

    private final String words;

    Content(String words) {
      this.words = words;
    }
  }

  /** {@return the header of a file, which must hold such content, and be long enough for it} */
  static IdxHeader read(PackedFile file, Content content) {
    try (InputStream in = file.open()) {
      return read(file, in, content);
    } catch (IOException e) {
      throw file.unreadable(e);
    }
  }

  /** The same, of a file that has just been opened. */
  static IdxHeader read(PackedFile file, InputStream in, Content content) throws IOException {
    byte[] magic = in.readNBytes(4);
    IdxType type = magic.length < 4 || magic[0] != 0 || magic[1] != 0 ? null : IdxType.of(magic[2]);
    if (type == null) {
      ByteArrayOutputStream start = new ByteArrayOutputStream();
      start.write(magic);
      start.write(in.readNBytes(FileKind.BYTES - magic.length));
      throw refusal(file.path(), start.toByteArray(), content);
    }
    int dimensions = magic[3] & 0xff;
    if (dimensions < 1 || dimensions > MOST_DIMENSIONS) {
      throw new HandspunException(
          "%s cannot be right: its header says that it has %d dimensions, but %s has 1 to %d; copy or download it again."
              .formatted(file.path(), dimensions, content.words, MOST_DIMENSIONS));
    }
    byte[] bytes = Arrays.copyOf(magic, 4 + 4 * dimensions);
    int read = in.readNBytes(bytes, 4, 4 * dimensions);
    if (read < 4 * dimensions) {
      throw endsInHeader(file.path(), 4 + read);
    }
    IdxHeader header =
        new IdxHeader(file.path(), file.isPacked(), bytes, type, shape(file.path(), bytes, type));
    if (content == Content.IMAGES) {
      header.requireImages();
    } else {
      header.requireLabels();
    }
    if (header.fileBytes() > file.mostBytes()) {
      throw header.tooShort(
          file.isPacked()
              ? "can hold no more than " + file.mostBytes() + " bytes"
              : "has only " + file.mostBytes() + " bytes");
    }
    return header;
  }

  private static HandspunException refusal(Location path, byte[] start, Content content) {
    FileKind kind = FileKind.of(start);
    return start.length < 4 && kind != FileKind.EMPTY
        ? endsInHeader(path, start.length)
        : UnexpectedFile.refusal(path, start, content.words);
  }

  private static HandspunException endsInHeader(Location path, int length) {
    return new HandspunException(
        "%s is not an IDX file: it holds only %d bytes and ends within the header; copy or download it again."
            .formatted(path, length));
  }

  private static int[] shape(Location path, byte[] header, IdxType type) {
    long[] sizes = new long[header.length / 4 - 1];
    ByteBuffer numbers = ByteBuffer.wrap(header).position(4);
    double bytes = type.bytes();
    for (int d = 0; d < sizes.length; d++) {
      sizes[d] = Integer.toUnsignedLong(numbers.getInt());
      bytes *= sizes[d];
    }
    String name = Arrays.stream(sizes).mapToObj(String::valueOf).collect(Collectors.joining(" x "));
    if (bytes == 0) {
      throw new HandspunException(
          "%s holds nothing: its header says %s, and at least 1 is expected."
              .formatted(path, name));
    }
    if (sizes[0] > Integer.MAX_VALUE || bytes / sizes[0] > Integer.MAX_VALUE) {
      throw new HandspunException(
          "%s cannot be right: its header says %s bytes, which is more than a file of images or labels holds."
              .formatted(path, name));
    }
    return Arrays.stream(sizes).mapToInt(Math::toIntExact).toArray();
  }

  private void requireImages() {
    if (shape.length == 1) {
      throw new HandspunException(
          "%s has 1 dimension, %s, as labels have; images have 3 (images, rows, columns): are images and labels exchanged?"
              .formatted(path, name()));
    }
    if (type != IdxType.UNSIGNED_BYTES) {
      throw new HandspunException(
          "%s holds %s, but the pixels of images must be %s: convert it."
              .formatted(path, type, IdxType.UNSIGNED_BYTES));
    }
    if (shape.length == 4 && shape[3] != 1 && shape[1] != 1) {
      throw new HandspunException(
          "%s has a fourth dimension: %s. Handspun reads images of one channel, %d x rows x columns or %d x rows x columns x 1: convert them to grey."
              .formatted(path, name(), count(), count()));
    }
    if (shape.length == 2 && rows() * columns() != shape[1]) {
      throw new HandspunException(
          "%s has 2 dimensions, %s, and %d pixels are not a square image: give rows and columns in its header."
              .formatted(path, name(), shape[1]));
    }
    if (pixels() > Inputs.MOST_PIXELS) {
      throw new HandspunException(
          "%s holds images of %d x %d pixels, but Handspun reads images of at most %d pixels."
              .formatted(path, rows(), columns(), Inputs.MOST_PIXELS));
    }
  }

  private void requireLabels() {
    if (shape.length > 2) {
      throw new HandspunException(
          "%s has %d dimensions, %s, as images have; labels have 1: are images and labels exchanged?"
              .formatted(path, shape.length, name()));
    }
    if (!type.isInteger()) {
      throw new HandspunException(
          "%s holds %s, but labels must be integers, such as %s: convert it."
              .formatted(path, type, IdxType.UNSIGNED_BYTES));
    }
    if (shape.length == 2
        && shape[1] != 1
        && !(shape[1] == QMNIST_COLUMNS && type == IdxType.INTS)) {
      throw new HandspunException(
          "%s holds %s numbers, but labels are one number an example, or QMNIST's rows of %d 32-bit integers."
              .formatted(path, name(), QMNIST_COLUMNS));
    }
  }

  /** {@return images, or labels} */
  int count() {
    return shape[0];
  }

  /** {@return height of the images as stored} */
  int rows() {
    return switch (shape.length) {
      case 2 -> (int) Math.sqrt(shape[1]);
      case 3 -> shape[1];
      default -> shape[3] == 1 ? shape[1] : shape[2];
    };
  }

  /** {@return width of the images as stored} */
  int columns() {
    return switch (shape.length) {
      case 2 -> rows();
      case 3 -> shape[2];
      default -> shape[3] == 1 ? shape[2] : shape[3];
    };
  }

  private long pixels() {
    return (long) rows() * columns();
  }

  /** {@return bytes of one image, or one label} */
  int itemBytes() {
    int bytes = type.bytes();
    for (int d = 1; d < shape.length; d++) {
      bytes *= shape[d];
    }
    return bytes;
  }

  /** {@return bytes of all elements} */
  long elementBytes() {
    return (long) count() * itemBytes();
  }

  /** {@return bytes of the unpacked file} */
  long fileBytes() {
    return bytes.length + elementBytes();
  }

  /**
   * {@return the labels in some of this file's items, of which {@code first} is the first, an
   * unsigned byte each}
   */
  byte[] labels(byte[] items, int count, int first) {
    if (type == IdxType.UNSIGNED_BYTES && itemBytes() == 1) {
      return items.length == count ? items : Arrays.copyOf(items, count);
    }
    byte[] labels = new byte[count];
    ByteBuffer numbers = ByteBuffer.wrap(items);
    for (int i = 0; i < count; i++) {
      int at = i * itemBytes();
      int label =
          switch (type) {
            case UNSIGNED_BYTES -> items[at] & 0xff;
            case SIGNED_BYTES -> items[at];
            case SHORTS -> numbers.getShort(at);
            default -> numbers.getInt(at);
          };
      if (label < 0 || label >= LabelCounts.LABELS) {
        throw new HandspunException(
            "%s has the label %d at example %d, but labels are 0 to %d."
                .formatted(path, label, first + i, LabelCounts.LABELS - 1));
      }
      labels[i] = (byte) label;
    }
    return labels;
  }

  /** Refuses labels that are not as many as these images. */
  void requireAsMany(IdxHeader labels) {
    if (count() != labels.count()) {
      throw new HandspunException(
          "%s holds %d images, but %s holds %d labels: take both from the same data set."
              .formatted(path, count(), labels.path(), labels.count()));
    }
  }

  /** What to say of a file that ends too early; {@code found} is what it can hold, after "it". */
  HandspunException tooShort(String found) {
    return new HandspunException(
        "%s is shorter than its header says: it %s%s, but %s make a file of %d; copy or download it again."
            .formatted(path, found, isPacked ? " unpacked" : "", name(), fileBytes()));
  }

  /** What to say of a file that goes on behind its last element. */
  HandspunException tooLong() {
    return new HandspunException(
        "%s is longer than its header says: %s make a file of %d bytes, but more follow; copy or download it again."
            .formatted(path, name(), fileBytes()));
  }

  /** The shape, as people write it: 60000 x 28 x 28. */
  String name() {
    return Arrays.stream(shape).mapToObj(String::valueOf).collect(Collectors.joining(" x "));
  }
}
