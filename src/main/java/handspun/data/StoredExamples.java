package handspun.data;

import handspun.HandspunException;
import handspun.data.IdxHeader.Content;
import handspun.files.Location;
import handspun.network.Inputs;
import java.io.ByteArrayOutputStream;
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

  /**
   * The examples {@code from..to} of IDX files of images and labels, which hold {@code fileCount}.
   */
  private record Part(
      Location images, Location labels, boolean byColumns, int fileCount, int from, int to)
      implements Serializable {
    int count() {
      return to - from;
    }

    Part absolute() {
      return new Part(images.absolute(), labels.absolute(), byColumns, fileCount, from, to);
    }

    /** {@return those of this part's examples, counted from its first one} */
    Part slice(int start, int end) {
      return new Part(images, labels, byColumns, fileCount, from + start, from + end);
    }
  }

  /** Opens a file; whoever wants to look at the bytes meanwhile can. */
  @FunctionalInterface
  interface Opener {
    InputStream open(PackedFile file) throws IOException;
  }

  private final ArrayList<Part> parts;
  private final int rows;
  private final int columns;
  private final int count;
  private transient LabelCounts labelCounts;

  private StoredExamples(List<Part> parts, int rows, int columns) {
    this.parts = new ArrayList<>(parts);
    this.rows = rows;
    this.columns = columns;
    count = parts.stream().mapToInt(Part::count).sum();
  }

  /**
   * {@return the examples of as many files of images as of labels, of which the headers are read}
   */
  static StoredExamples of(List<Location> images, List<Location> labels, boolean byColumns) {
    if (images.size() != labels.size()) {
      throw new HandspunException(
          "There are %d files of images such as %s, but %d of labels such as %s: every file of images needs one of labels."
              .formatted(images.size(), images.get(0), labels.size(), labels.get(0)));
    }
    List<StoredExamples> files = new ArrayList<>();
    for (int p = 0; p < images.size(); p++) {
      IdxHeader header = header(images.get(p), Content.IMAGES);
      IdxHeader labelHeader = header(labels.get(p), Content.LABELS);
      header.requireAsMany(labelHeader);
      Part part =
          new Part(images.get(p), labels.get(p), byColumns, header.count(), 0, header.count());
      int height = byColumns ? header.columns() : header.rows();
      int width = byColumns ? header.rows() : header.columns();
      files.add(new StoredExamples(List.of(part), height, width));
    }
    return joined(files);
  }

  private static IdxHeader header(Location location, Content content) {
    PackedFile file = new PackedFile(location);
    IdxHeader header = IdxHeader.read(file, content);
    if (!file.isPacked() && file.mostBytes() > header.fileBytes()) {
      throw header.tooLong();
    }
    return header;
  }

  /** {@return sets with images of one size, one after the other} */
  static StoredExamples joined(List<StoredExamples> sets) {
    StoredExamples first = sets.get(0);
    List<Part> parts = new ArrayList<>();
    long count = 0;
    for (StoredExamples set : sets) {
      ExampleSet.requireSameSize(first.name(), first, set.name(), set);
      count += set.count;
      if (count > Integer.MAX_VALUE) {
        throw new HandspunException(
            "Up to %s there are %d images, but at most %d are read: leave some out."
                .formatted(set.name(), count, Integer.MAX_VALUE));
      }
      parts.addAll(set.parts);
    }
    return new StoredExamples(parts, first.rows, first.columns);
  }

  /** {@return the same, with names that processes in other folders can use} */
  StoredExamples absolute() {
    return new StoredExamples(parts.stream().map(Part::absolute).toList(), rows, columns);
  }

  private String name() {
    return parts.isEmpty() ? "The set" : parts.get(0).images().toString();
  }

  /** {@return the examples {@code from..to}, still where they are} */
  StoredExamples part(int from, int to) {
    List<Part> inside = new ArrayList<>();
    int start = 0;
    for (Part part : parts) {
      int first = Math.max(from - start, 0);
      int end = Math.min(to - start, part.count());
      if (first < end) {
        inside.add(part.slice(first, end));
      }
      start += part.count();
    }
    return new StoredExamples(inside, rows, columns);
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public int columns() {
    return columns;
  }

  /** Reads the labels, when they are asked for the first time, and keeps none. */
  @Override
  public LabelCounts labelCounts() {
    if (labelCounts == null) {
      LabelCounts counts = new LabelCounts();
      parts.forEach(part -> readLabels(part, PackedFile::open, counts::add));
      labelCounts = counts;
    }
    return labelCounts;
  }

  @Override
  public ExampleSet taughtBy(Teacher teacher) {
    return new TaughtExamples(this, teacher);
  }

  @Override
  public Examples slice(int from, int to) {
    return part(from, to).read(PackedFile::open);
  }

  /** Reads all of these examples. */
  Examples read(Opener opener) {
    Inputs.Builder inputs = new Inputs.Builder(rows * columns, count);
    ByteArrayOutputStream labels = new ByteArrayOutputStream(count);
    for (Part part : parts) {
      read(
          part,
          part.images(),
          Content.IMAGES,
          opener,
          (header, bytes, first, n) ->
              inputs.add(
                  part.byColumns()
                      ? IdxFile.upright(bytes, header.rows(), header.columns())
                      : bytes,
                  0,
                  n));
      readLabels(part, opener, labels::write);
    }
    return new Examples(rows, columns, inputs.build(), labels.toByteArray());
  }

  @FunctionalInterface
  private interface Labels {
    void take(byte[] labels, int from, int count);
  }

  private void readLabels(Part part, Opener opener, Labels labels) {
    read(
        part,
        part.labels(),
        Content.LABELS,
        opener,
        (header, bytes, first, n) -> labels.take(header.labels(bytes, n, first), 0, n));
  }

  private void read(
      Part part, Location location, Content content, Opener opener, IdxFile.Items items) {
    PackedFile file = new PackedFile(location);
    try (InputStream in = opener.open(file)) {
      IdxHeader header = IdxHeader.read(file, in, content);
      if (header.count() != part.fileCount()
          || (content == Content.IMAGES && header.itemBytes() != rows * columns)) {
        throw new HandspunException(
            "%s holds %s bytes now, but was of another size when this run began: leave the data alone while they are read."
                .formatted(location, header.name()));
      }
      IdxFile.read(header, in, part.from(), part.to(), items);
    } catch (IOException e) {
      throw file.unreadable(e);
    }
  }
}
