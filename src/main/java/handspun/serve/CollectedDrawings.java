package handspun.serve;

import handspun.HandspunException;
import handspun.UsageException;
import handspun.data.IdxWriter;
import handspun.image.DigitNormalizer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Drawings and what people say they are, in a folder of their own: two IDX files, which {@code
 * train --data data/mnist,DIR} reads. Nothing that was stored is ever changed.
 *
 * <p>A drawing is written behind the last one, its label likewise, and only then is it counted in
 * both files' headers, that of the images last. Whatever write a process was killed before, it
 * leaves the drawings that were counted, and at most a part of one more, which is cut off when the
 * folder is opened the next time.
 */
final class CollectedDrawings implements DigitServer.Work {
  /** More are not stored: 78 MB, beside MNIST's 60,000 images. */
  static final int MOST = 100_000;

  private static final String IMAGES = "train-images-idx3-ubyte";
  private static final String LABELS = "train-labels-idx1-ubyte";

  /** Is locked by the process that collects, and tells that the folder is for that. */
  private static final String LOCK = ".collect";

  /** Where the number of elements is in the header. */
  private static final int COUNT_AT = 4;

  private final Path folder;
  private final FileChannel lock;
  private final Runnable beforeWrite;
  private int count;

  private CollectedDrawings(Path folder, FileChannel lock, Runnable beforeWrite) {
    this.folder = folder;
    this.lock = lock;
    this.beforeWrite = beforeWrite;
  }

  /**
   * Opens a folder, which is made if there is none.
   *
   * @throws UsageException if it holds something else
   * @throws HandspunException if another process collects there, or it cannot be written to
   */
  static CollectedDrawings open(Path folder) {
    return open(folder, () -> {});
  }

  /** The same; {@code beforeWrite} is run before each write to the two files. */
  static CollectedDrawings open(Path folder, Runnable beforeWrite) {
    try {
      requireOwn(folder);
      CollectedDrawings drawings = new CollectedDrawings(folder, lock(folder), beforeWrite);
      try {
        drawings.count = drawings.recover();
      } catch (IOException | RuntimeException e) {
        drawings.close();
        throw e;
      }
      return drawings;
    } catch (IOException e) {
      throw HandspunException.couldNot("open the folder %s for drawings".formatted(folder), e);
    }
  }

  /** A folder that has data of another kind would not be the same data any more. */
  private static void requireOwn(Path folder) throws IOException {
    Files.createDirectories(folder);
    try (Stream<Path> entries = Files.list(folder)) {
      List<String> names = entries.map(entry -> entry.getFileName().toString()).toList();
      if (!names.isEmpty()
          && !(names.contains(LOCK) && Set.of(LOCK, IMAGES, LABELS).containsAll(names))) {
        throw new UsageException(
            "The folder %s holds other things than collected drawings, such as %s: name a new one after --collect."
                .formatted(
                    folder,
                    names.stream().filter(name -> !name.equals(LOCK)).sorted().toList().get(0)));
      }
    }
  }

  private static FileChannel lock(Path folder) throws IOException {
    FileChannel channel =
        FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      // By this process.
    }
    channel.close();
    throw new HandspunException(
        "Another server collects drawings in %s: stop it, or name another folder after --collect."
            .formatted(folder));
  }

  /** One of the two files, as it was found. */
  private record Stored(String name, int[] shape, long bytes, int counted) {
    static Stored images(Path folder) throws IOException {
      return of(folder, IMAGES, 0, DigitNormalizer.SIZE, DigitNormalizer.SIZE);
    }

    static Stored labels(Path folder) throws IOException {
      return of(folder, LABELS, 0);
    }

    private static Stored of(Path folder, String name, int... shape) throws IOException {
      Path file = folder.resolve(name);
      byte[] header = header(shape);
      if (!Files.exists(file) || Files.size(file) < header.length) {
        return new Stored(name, shape, header.length, 0);
      }
      byte[] found = new byte[header.length];
      try (RandomAccessFile opened = new RandomAccessFile(file.toFile(), "r")) {
        opened.readFully(found);
      }
      int counted = ByteBuffer.wrap(found).getInt(COUNT_AT);
      ByteBuffer.wrap(found).putInt(COUNT_AT, 0);
      if (!Arrays.equals(found, header)) {
        throw new UsageException(
            "%s does not begin as serve --collect writes it: name another folder after --collect."
                .formatted(file));
      }
      return new Stored(name, shape, Files.size(file), counted);
    }

    /** Those that are wholly there. */
    long whole() {
      return (bytes - header(shape).length) / itemBytes();
    }

    int itemBytes() {
      int bytes = 1;
      for (int d = 1; d < shape.length; d++) {
        bytes *= shape[d];
      }
      return bytes;
    }

    long end(long items) {
      return header(shape).length + items * itemBytes();
    }
  }

  /** Cuts off what is not counted, and returns how many are. */
  private int recover() throws IOException {
    Stored images = Stored.images(folder);
    Stored labels = Stored.labels(folder);
    long stored =
        Stream.of(images.counted(), labels.counted(), images.whole(), labels.whole())
            .mapToLong(Number::longValue)
            .min()
            .getAsLong();
    boolean isOneAtMost =
        Stream.of(images, labels)
            .allMatch(file -> file.counted() <= stored + 1 && file.bytes() <= file.end(stored + 1));
    if (stored < 0 || !isOneAtMost) {
      throw new HandspunException(
          "The drawings in %s do not belong together: %s has %d of which %d are there, and %s has %d of which %d are there; bring both files back, or name another folder after --collect."
              .formatted(
                  folder,
                  IMAGES,
                  images.counted(),
                  images.whole(),
                  LABELS,
                  labels.counted(),
                  labels.whole()));
    }
    if (stored == 0) {
      // Files of nothing are refused by whoever reads data.
      Files.deleteIfExists(folder.resolve(IMAGES));
      Files.deleteIfExists(folder.resolve(LABELS));
    } else {
      restore(images, stored);
      restore(labels, stored);
    }
    return Math.toIntExact(stored);
  }

  private void restore(Stored file, long items) throws IOException {
    if (file.counted() == items && file.bytes() == file.end(items)) {
      return;
    }
    try (RandomAccessFile opened = open(file.name())) {
      opened.setLength(file.end(items));
      writeCount(opened, (int) items);
    }
  }

  /**
   * Stores a drawing.
   *
   * @param pixels 28 x 28 unsigned bytes, as MNIST has them
   * @return how many there are now
   * @throws RefusedRequest if there are too many
   * @throws HandspunException if it cannot be stored
   */
  synchronized int add(byte[] pixels, int label) {
    if (count >= MOST) {
      throw new RefusedRequest(
          507,
          "%d drawings have been collected in %s, and more are not: start the server with another folder after --collect."
              .formatted(count, folder));
    }
    try (RandomAccessFile images = open(IMAGES);
        RandomAccessFile labels = open(LABELS)) {
      byte[] imagesHeader = header(0, DigitNormalizer.SIZE, DigitNormalizer.SIZE);
      byte[] labelsHeader = header(0);
      if (count == 0) {
        write(images, 0, imagesHeader);
        write(labels, 0, labelsHeader);
      }
      write(images, imagesHeader.length + (long) count * pixels.length, pixels);
      write(labels, labelsHeader.length + count, new byte[] {(byte) label});
      images.getFD().sync();
      labels.getFD().sync();
      writeCount(labels, count + 1);
      writeCount(images, count + 1);
      count++;
      return count;
    } catch (IOException e) {
      throw notStored(e);
    }
  }

  /** What was written of a drawing is taken back, so that the others can be read. */
  private HandspunException notStored(IOException e) {
    try {
      recover();
    } catch (IOException | HandspunException again) {
      e.addSuppressed(again);
    }
    return HandspunException.couldNot("store the drawing in %s".formatted(folder), e);
  }

  private RandomAccessFile open(String name) throws IOException {
    // A channel would be closed when its thread is interrupted.
    return new RandomAccessFile(folder.resolve(name).toFile(), "rw");
  }

  private void writeCount(RandomAccessFile file, int items) throws IOException {
    write(file, COUNT_AT, ByteBuffer.allocate(Integer.BYTES).putInt(items).array());
  }

  private void write(RandomAccessFile file, long at, byte[] bytes) throws IOException {
    beforeWrite.run();
    file.seek(at);
    file.write(bytes);
  }

  private static byte[] header(int... shape) {
    ByteArrayOutputStream header = new ByteArrayOutputStream();
    try {
      new IdxWriter(header, shape);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return header.toByteArray();
  }

  /** {@return how many drawings there are} */
  synchronized int count() {
    return count;
  }

  /** Lets others collect there. */
  @Override
  public synchronized void close() {
    try {
      lock.close();
    } catch (IOException e) {
      // The system lets go of it all the same.
    }
  }
}
