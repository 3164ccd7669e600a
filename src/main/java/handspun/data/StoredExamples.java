package handspun.data;

import handspun.HandspunException;
import handspun.files.Location;
import handspun.network.Inputs;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Examples that stay in their IDX files until they are read where they are used: unpacked files by
 * ranges, packed ones from their beginning. What is known of them here are their number, the size
 * of the images and how often each label occurs.
 */
public final class StoredExamples implements ExampleSet, Serializable {
  private static final long serialVersionUID = 1L;

  private static final int BYTES_AT_A_TIME = 1 << 20;

  /**
   * A file of images and the one of their labels.
   *
   * @param images an IDX file
   * @param labels an IDX file
   * @param start of these examples among all
   * @param count how many they are
   */
  private record Part(Location images, Location labels, int start, int count)
      implements Serializable {}

  @FunctionalInterface
  private interface Items {
    void take(byte[] bytes, int count);
  }

  private final ArrayList<Part> parts;
  private final int height;
  private final int width;
  private final boolean byColumns;
  private final int first;
  private final int count;
  private transient LabelCounts labelCounts;

  private StoredExamples(
      List<Part> parts, int height, int width, boolean byColumns, int first, int count) {
    this.parts = new ArrayList<>(parts);
    this.height = height;
    this.width = width;
    this.byColumns = byColumns;
    this.first = first;
    this.count = count;
  }

  /**
   * Looks at the headers.
   *
   * @param images IDX files of images
   * @param labels IDX files of their labels, of as many examples each
   * @param byColumns whether every image is stored column by column
   * @return all of these examples
   * @throws HandspunException if they do not belong together
   */
  static StoredExamples of(List<Location> images, List<Location> labels, boolean byColumns) {
    if (images.size() != labels.size()) {
      throw new HandspunException(
          "There are "
              + images.size()
              + " files of images such as "
              + images.get(0)
              + ", but "
              + labels.size()
              + " of labels such as "
              + labels.get(0)
              + ": every file of images needs one of labels.");
    }
    List<Part> parts = new ArrayList<>();
    IdxHeader size = null;
    long count = 0;
    for (int p = 0; p < images.size(); p++) {
      IdxHeader header = header(images.get(p), 3);
      IdxImages.requireSmallImages(header);
      size = size == null ? header : size;
      requireSameSize(size, header);
      IdxHeader labelHeader = header(labels.get(p), 1);
      IdxImages.requireAsMany(header, labelHeader);
      parts.add(
          new Part(
              images.get(p).absolute(), labels.get(p).absolute(), (int) count, header.count()));
      count += header.count();
      if (count > Integer.MAX_VALUE) {
        throw new HandspunException(
            "Up to "
                + images.get(p)
                + " there are "
                + count
                + " images, but Handspun counts to "
                + Integer.MAX_VALUE
                + ": leave some out.");
      }
    }
    return new StoredExamples(parts, size.shape()[1], size.shape()[2], byColumns, 0, (int) count);
  }

  private static IdxHeader header(Location location, int dimensions) {
    PackedFile file = new PackedFile(location);
    IdxHeader header = IdxHeader.read(file, dimensions);
    if (!PackedFile.isPacked(location) && file.mostBytes() > header.fileBytes()) {
      throw header.tooLong();
    }
    return header;
  }

  private static void requireSameSize(IdxHeader one, IdxHeader other) {
    if (one.shape()[1] != other.shape()[1] || one.shape()[2] != other.shape()[2]) {
      throw new HandspunException(
          one.path()
              + " holds images of "
              + one.shape()[1]
              + " x "
              + one.shape()[2]
              + " pixels, but "
              + other.path()
              + " of "
              + other.shape()[1]
              + " x "
              + other.shape()[2]
              + ": take both from the same data set.");
    }
  }

  /**
   * @param from first example
   * @param to one past the last
   * @return those examples, still where they are
   */
  StoredExamples part(int from, int to) {
    return new StoredExamples(parts, height, width, byColumns, first + from, to - from);
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public int rows() {
    return byColumns ? width : height;
  }

  @Override
  public int columns() {
    return byColumns ? height : width;
  }

  /** Reads the labels, when they are asked for the first time, and keeps none. */
  @Override
  public LabelCounts labelCounts() {
    if (labelCounts == null) {
      LabelCounts counts = new LabelCounts();
      for (Part part : parts) {
        read(part, part.labels(), 1, first, first + count, (bytes, n) -> counts.add(bytes, 0, n));
      }
      labelCounts = counts;
    }
    return labelCounts;
  }

  @Override
  public Examples slice(int from, int to) {
    Inputs.Builder inputs = new Inputs.Builder(height * width, to - from);
    byte[] labels = new byte[to - from];
    int[] labelled = {0};
    for (Part part : parts) {
      read(
          part,
          part.images(),
          3,
          first + from,
          first + to,
          (bytes, n) ->
              inputs.add(byColumns ? IdxImages.upright(bytes, height, width) : bytes, 0, n));
      read(
          part,
          part.labels(),
          1,
          first + from,
          first + to,
          (bytes, n) -> {
            System.arraycopy(bytes, 0, labels, labelled[0], n);
            labelled[0] += n;
          });
    }
    return new Examples(rows(), columns(), inputs.build(), labels);
  }

  /** Reads the examples {@code from..to} among all, as far as they are in one part. */
  private void read(Part part, Location location, int dimensions, int from, int to, Items items) {
    int start = Math.max(from - part.start(), 0);
    int end = Math.min(to - part.start(), part.count());
    if (start >= end) {
      return;
    }
    PackedFile file = new PackedFile(location);
    try (InputStream in = file.open()) {
      IdxHeader header = IdxHeader.read(file, in, dimensions);
      int size = header.itemBytes();
      if (header.count() != part.count() || (dimensions == 3 && size != height * width)) {
        throw new HandspunException(
            location
                + " holds "
                + header.name()
                + " bytes now, but was of another size when this run began: leave the data alone"
                + " while they are read.");
      }
      in.skipNBytes((long) start * size);
      int most = Math.max(1, Math.min(end - start, BYTES_AT_A_TIME / size));
      byte[] bytes = new byte[most * size];
      for (int done = start; done < end; ) {
        int now = Math.min(most, end - done);
        int read = in.readNBytes(bytes, 0, now * size);
        if (read < now * size) {
          throw header.tooShort(
              "has only " + (header.bytes().length + (long) done * size + read) + " bytes");
        }
        items.take(bytes, now);
        done += now;
      }
      if (end == part.count() && in.read() >= 0) {
        throw header.tooLong();
      }
    } catch (IOException e) {
      throw file.unreadable(e);
    }
  }
}
