package handspun.store;

import static org.assertj.core.api.Assertions.assertThat;

import handspun.files.Location;
import handspun.network.Initializer;
import handspun.network.Network;
import handspun.network.Topology;
import handspun.train.EpochSummary;
import handspun.train.ModelState;
import handspun.train.Plan;
import handspun.train.TrainingState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.util.Progressable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptEpochsWriterTest {
  private static final Plan SMALL = plan(30, 5);

  /** Three in a megabyte. */
  private static final Plan LARGE = plan(784, 100, 10);

  /** One in a megabyte. */
  private static final Plan LARGER = plan(784, 200, 10);

  @TempDir private Path folder;

  private final List<String> warnings = new ArrayList<>();

  private static Plan plan(int... sizes) {
    return new Plan(new Topology(sizes), 500, 10, 3, 1, 1);
  }

  private static Network network(Plan plan, int epoch) {
    return Network.random(plan.topology(), Initializer.NORMAL, epoch);
  }

  private static TrainingState state(Plan plan, int done) {
    Network network = network(plan, done);
    return new TrainingState(
        ModelState.NONE,
        network,
        network,
        Math.min(1, done),
        Collections.nCopies(done, new EpochSummary(1, 0.5, 3, 6, 1, List.of(30))));
  }

  private KeptEpochsWriter writer(String run, Plan plan, int megabytes) {
    return new KeptEpochsWriter(Location.of(folder.resolve(run)), plan, megabytes, warnings::add);
  }

  /** A training, or a part of one, which is told of these states. */
  private void train(String run, Plan plan, int megabytes, int from, int to) {
    KeptEpochsWriter writer = writer(run, plan, megabytes);
    for (int done = from; done <= to; done++) {
      writer.reached(state(plan, done));
    }
    writer.ended();
  }

  private KeptEpochs kept(String run) {
    return new KeptEpochs(Location.of(folder.resolve(run)));
  }

  private Map<String, byte[]> files(String run) {
    try (Stream<Path> files = Files.list(folder.resolve(run).resolve(KeptEpochs.FOLDER))) {
      Map<String, byte[]> contents = new TreeMap<>();
      for (Path file : files.toList()) {
        contents.put(file.getFileName().toString(), Files.readAllBytes(file));
      }
      return contents;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void keepsEveryEpochFromTheUntrainedNetworkOn() {
    train("run", SMALL, 64, 0, 40);
    assertThat(kept("run").epochs()).isEqualTo(IntStream.rangeClosed(0, 40).boxed().toList());
    for (int epoch = 0; epoch <= 40; epoch++) {
      Network network = network(SMALL, epoch);
      assertThat(kept("run").network(epoch, network).sha256()).isEqualTo(network.sha256());
    }
    assertThat(files("run")).as("nothing else").hasSize(41);
    assertThat(warnings).isEmpty();
  }

  @Test
  void theFilesNeverTakeMoreThanTheyMay() {
    KeptEpochsWriter writer = writer("run", LARGE, 1);
    for (int done = 0; done <= 20; done++) {
      writer.reached(state(LARGE, done));
      writer.awaitWritten(done, Long.MAX_VALUE);
      assertThat(files("run").values().stream().mapToInt(file -> file.length).sum())
          .isLessThanOrEqualTo(1_000_000);
      assertThat(kept("run").epochs()).startsWith(0).endsWith(done);
    }
    writer.ended();
    assertThat(kept("run").epochs()).containsExactly(0, 16, 20);
  }

  @Test
  void howFastEpochsEndChangesNothing() {
    train("run", LARGE, 1, 0, 20);
    assertThat(kept("run").epochs()).containsExactly(0, 16, 20);
  }

  @Test
  void aNetworkOfMoreThanHalfOfThatIsKeptAlone() {
    train("run", LARGER, 1, 0, 3);
    assertThat(kept("run").epochs()).containsExactly(3);
  }

  @Test
  void thereAreNeverMoreThanAThousandFiles() throws IOException {
    Path epochs = Files.createDirectories(folder.resolve("run/epochs"));
    for (int epoch = 0; epoch < 1000; epoch++) {
      Files.createFile(epochs.resolve("epoch-%04d.handspun".formatted(epoch)));
    }
    train("run", SMALL, 64, 1000, 1001);
    assertThat(kept("run").epochs()).hasSize(502).startsWith(0, 2, 4).endsWith(998, 1000, 1001);
  }

  @Test
  void aRunThatGoesOnHasKeptTheSameAsOneThatWasNeverStopped() {
    train("undisturbed", SMALL, 64, 0, 9);
    train("resumed", SMALL, 64, 0, 7);
    train("resumed", SMALL, 64, 5, 5);
    assertThat(kept("resumed").epochs()).containsExactly(0, 1, 2, 3, 4, 5);
    train("resumed", SMALL, 64, 5, 9);
    assertThat(files("resumed")).containsExactlyEntriesOf(files("undisturbed"));
  }

  @Test
  void theSameWhereEpochsWereThinnedOut() {
    train("undisturbed", LARGE, 1, 0, 9);
    train("resumed", LARGE, 1, 0, 5);
    train("resumed", LARGE, 1, 2, 9);
    assertThat(files("resumed")).containsExactlyEntriesOf(files("undisturbed"));
  }

  @Test
  void zeroMeansNone() {
    train("run", SMALL, 0, 0, 3);
    assertThat(folder.resolve("run")).doesNotExist();
    assertThat(kept("run").epochs()).isEmpty();
  }

  /** A training of epochs 0 to 4, in which something is in the way of the second and third. */
  private void trainWithSomethingInTheWay(Plan plan, int megabytes) throws IOException {
    KeptEpochsWriter writer = writer("run", plan, megabytes);
    writer.reached(state(plan, 0));
    writer.reached(state(plan, 1));
    writer.awaitWritten(1, Long.MAX_VALUE);
    for (int epoch = 2; epoch <= 3; epoch++) {
      Path inTheWay = folder.resolve("run/epochs/epoch-000%d.handspun".formatted(epoch));
      Files.createDirectory(inTheWay);
      writer.reached(state(plan, epoch));
      writer.awaitWritten(epoch, Long.MAX_VALUE);
      Files.delete(inTheWay);
    }
    writer.reached(state(plan, 4));
    writer.ended();
  }

  @Test
  void whatCannotBeWrittenIsLeftOutAndToldOnce() throws IOException {
    trainWithSomethingInTheWay(SMALL, 64);
    assertThat(warnings)
        .singleElement()
        .asString()
        .contains("Could not write " + folder.resolve("run/epochs/epoch-0002"), "is a folder");
    assertThat(kept("run").epochs()).containsExactly(0, 1, 4);
  }

  @Test
  void whereEpochsCannotBeWrittenThoseBeforeMakeRoom() throws IOException {
    train("undisturbed", LARGE, 4, 0, 4);
    assertThat(kept("undisturbed").epochs()).containsExactly(0, 1, 2, 3, 4);
    trainWithSomethingInTheWay(LARGE, 4);
    assertThat(kept("run").epochs()).containsExactly(0, 4);
  }

  @Test
  void whereTheFolderCannotBeMadeThatIsToldOnce() throws IOException {
    Files.createDirectories(folder.resolve("run"));
    Files.writeString(folder.resolve("run/epochs"), "a file");
    train("run", SMALL, 64, 0, 4);
    assertThat(warnings)
        .singleElement()
        .asString()
        .contains("Could not make the folder " + folder.resolve("run/epochs"));
  }

  /** A disk of this machine on which nothing is written for a while. */
  public static final class Stuck extends RawLocalFileSystem {
    private static volatile CountDownLatch free = new CountDownLatch(0);

    @Override
    public URI getUri() {
      return URI.create("stuck:///");
    }

    @Override
    public FSDataOutputStream create(
        org.apache.hadoop.fs.Path path,
        boolean overwrite,
        int buffer,
        short replication,
        long block,
        Progressable progress)
        throws IOException {
      try {
        free.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      return super.create(path, overwrite, buffer, replication, block, progress);
    }
  }

  @Test
  void epochsAreAwaitedButNotLongerThanIsSaid() throws Exception {
    Stuck.free = new CountDownLatch(1);
    Location run =
        Location.of("stuck://" + folder, () -> Map.of("fs.stuck.impl", Stuck.class.getName()));
    KeptEpochsWriter writer = new KeptEpochsWriter(run, SMALL, 64, warnings::add);
    writer.awaitWritten(0, Long.MAX_VALUE);
    writer.reached(state(SMALL, 0));
    writer.reached(state(SMALL, 1));
    writer.awaitWritten(1, 10);
    assertThat(new KeptEpochs(run).epochs()).isEmpty();
    CompletableFuture<Void> written =
        CompletableFuture.runAsync(() -> writer.awaitWritten(1, Long.MAX_VALUE));
    assertThat(written).isNotDone();
    Stuck.free.countDown();
    written.get(1, TimeUnit.HOURS);
    assertThat(new KeptEpochs(run).epochs()).containsExactly(0, 1);
    writer.ended();
  }
}
