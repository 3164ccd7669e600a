package handspun.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import handspun.HandspunException;
import handspun.files.Location;
import handspun.network.Initializer;
import handspun.network.Network;
import handspun.network.Topology;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever reads a file while another takes its name gets one of the two, whole. */
class ReplacedFileTest {
  private static final Network OLD = Network.random(new Topology(3, 2, 2), Initializer.NORMAL, 1);
  private static final Network NEW = Network.random(new Topology(3, 4, 2), Initializer.NORMAL, 2);

  @TempDir private java.nio.file.Path folder;

  private Location file;
  private Busy files;

  @BeforeEach
  void writeTheOldOne() throws IOException {
    file =
        Location.of(
            "busy://" + folder + "/" + Runs.MODEL,
            () ->
                Map.of("fs.busy.impl", Busy.class.getName(), "fs.busy.impl.disable.cache", "true"));
    write(OLD);
    files = Busy.newest;
  }

  private void write(Network network) {
    Provenance provenance = new Provenance("", Map.of(), "", Map.of(), 0, Double.NaN, Double.NaN);
    ModelFile.write(file, new Model(network, Optional.empty(), provenance));
  }

  private String read() {
    return ModelFile.read(file).network().sha256();
  }

  /** A disk of this machine, on which something happens whenever a file is read or deleted. */
  public static final class Busy extends RawLocalFileSystem {
    private static volatile Busy newest;

    private volatile Runnable atTheEndOfReading = () -> {};
    private volatile boolean losesWhatIsReplaced;
    private volatile Runnable afterDeleting = () -> {};
    private volatile Runnable whereNothingIs = () -> {};

    /** Made by Hadoop. */
    public Busy() {
      newest = this;
    }

    @Override
    public URI getUri() {
      return URI.create("busy:///");
    }

    @Override
    public FSDataInputStream open(Path path, int buffer) throws IOException {
      return new FSDataInputStream(new Watched(super.open(path, buffer)));
    }

    @Override
    public boolean delete(Path path, boolean recursive) throws IOException {
      boolean deleted = super.delete(path, recursive);
      if (deleted) {
        afterDeleting.run();
      }
      return deleted;
    }

    @Override
    public FileStatus getFileStatus(Path path) throws IOException {
      try {
        return super.getFileStatus(path);
      } catch (FileNotFoundException e) {
        if (path.getName().equals(Runs.MODEL)) {
          whereNothingIs.run();
        }
        throw e;
      }
    }

    /** Reads as the disk does, until the file was read once. */
    private final class Watched extends FSInputStream {
      private final FSDataInputStream in;
      private boolean lost;

      Watched(FSDataInputStream in) {
        this.in = in;
      }

      @Override
      public int read() throws IOException {
        requireThere();
        return watched(in.read());
      }

      @Override
      public int read(byte[] bytes, int from, int length) throws IOException {
        requireThere();
        return watched(in.read(bytes, from, length));
      }

      private void requireThere() throws FileNotFoundException {
        if (lost) {
          throw new FileNotFoundException("its blocks are gone");
        }
      }

      private int watched(int read) {
        if (read < 0) {
          Runnable once = atTheEndOfReading;
          atTheEndOfReading = () -> {};
          once.run();
          lost = losesWhatIsReplaced;
          losesWhatIsReplaced = false;
        }
        return read;
      }

      @Override
      public void seek(long position) throws IOException {
        in.seek(position);
      }

      @Override
      public long getPos() throws IOException {
        return in.getPos();
      }

      @Override
      public boolean seekToNewSource(long position) {
        return false;
      }

      @Override
      public void close() throws IOException {
        in.close();
      }
    }
  }

  @Test
  void theOldOneIsReadToItsEnd() {
    files.atTheEndOfReading = () -> write(NEW);
    assertThat(read()).isEqualTo(OLD.sha256());
    assertThat(read()).isEqualTo(NEW.sha256());
  }

  @Test
  void theNewOneIsReadWhereTheOldOneIsLost() {
    files.atTheEndOfReading = () -> write(NEW);
    files.losesWhatIsReplaced = true;
    assertThat(read()).isEqualTo(NEW.sha256());
  }

  @Test
  void theNewOneIsAwaitedWhereItTakesItsPlaceInTwoSteps() throws Exception {
    CountDownLatch missed = new CountDownLatch(3);
    files.whereNothingIs = missed::countDown;
    files.afterDeleting =
        () -> {
          files.afterDeleting = () -> {};
          CompletableFuture<String> reading = CompletableFuture.supplyAsync(this::read);
          await(missed);
          assertThat(reading).isNotDone();
          found = reading;
        };
    write(NEW);
    assertThat(found.get()).isEqualTo(NEW.sha256());
  }

  private volatile CompletableFuture<String> found;

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void anUnreadableFileIsGivenUp() {
    files.atTheEndOfReading = this::loseAgain;
    files.losesWhatIsReplaced = true;
    assertThatThrownBy(this::read)
        .isInstanceOf(HandspunException.class)
        .hasMessageContainingAll("Could not read the model " + file, "its blocks are gone");
  }

  private void loseAgain() {
    files.losesWhatIsReplaced = true;
    files.atTheEndOfReading = this::loseAgain;
  }

  @Test
  void whatWasWrittenHalfAndNeverCameIsNotThere() throws IOException {
    files.delete(new Path(file.toString()), false);
    assertThatThrownBy(this::read).hasMessageContaining("There is no model " + file);
    // What a writer that was killed has left.
    Files.createFile(folder.resolve("." + Runs.MODEL + ".1.tmp"));
    assertThatThrownBy(this::read).hasMessageContaining("There is no model " + file);
  }

  @Test
  void onThisMachineTheOldOneIsReadToItsEndToo() throws Exception {
    file = Location.of(folder.resolve(Runs.MODEL));
    byte[] old = Files.readAllBytes(folder.resolve(Runs.MODEL));
    byte[] read =
        SealedFile.MODEL.read(
            file,
            (InputStream in, long length, int version) -> {
              write(NEW);
              return in.readAllBytes();
            });
    assertThat(old).endsWith(read);
    assertThat(read()).isEqualTo(NEW.sha256());
  }
}
