package handspun.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import handspun.HandspunException;
import handspun.UsageException;
import handspun.data.DataSources;
import handspun.data.Dataset;
import handspun.data.DatasetReader;
import handspun.data.Examples;
import handspun.data.MadeUpExamples;
import handspun.data.TrainingData;
import handspun.files.Location;
import handspun.files.NewFolder;
import handspun.image.Augmentation;
import handspun.image.Augmenter;
import handspun.math.Kernels;
import handspun.math.RandomStream;
import handspun.network.Topology;
import handspun.parallel.PartitionChoice;
import handspun.train.Plan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Large sets: made in parts, and what can go wrong where they are read. */
class GenerationTest {
  private static final Dataset SMALL = MadeUpExamples.dataset(30, 0, 9, 8, 10, 5);

  private static final Augmentation AUGMENTATION =
      Augmentation.parse("shift=1,rotate=12,elastic=26,thickness=0.3");

  @TempDir private Path folder;

  private Location generate(String name, String master, int images, int parts, long seed) {
    Location out = Location.of(folder.resolve(name));
    NewFolder.make(out);
    new Generation(images, AUGMENTATION, seed, parts)
        .run(master, SMALL.training(), SMALL.test(), out, notice -> {});
    return out;
  }

  @Test
  void anImageDependsOnTheSeedAndItsNumberAlone() throws Exception {
    Location one = generate("one", "local[1]", 203, 1, 7);
    Location many = generate("many", "local[3]", 203, 5, 7);
    assertThat(many.list())
        .hasSize(12)
        .contains(
            "train-images-idx3-ubyte-00004-of-00005", "train-labels-idx1-ubyte-00000-of-00005");

    Dataset data = DatasetReader.read(folder.resolve("many"), 0);
    Examples same = DatasetReader.read(folder.resolve("one"), 0).training();
    assertThat(one.list()).hasSize(4);
    assertThat(data.training().labels()).isEqualTo(same.labels());
    assertThat(data.training().count()).isEqualTo(203);
    byte[] expected = new byte[72];
    for (int i = 0; i < 203; i++) {
      new Augmenter(AUGMENTATION, 9, 8, Kernels.fastest())
          .augment(
              SMALL.training().inputs().pixels(i % 30), new RandomStream(3, 7, i), expected, 0);
      assertThat(data.training().inputs().pixels(i)).isEqualTo(expected);
      assertThat(same.inputs().pixels(i)).isEqualTo(expected);
      assertThat(data.training().label(i)).isEqualTo(SMALL.training().label(i % 30));
    }
    assertThat(data.test().labels()).isEqualTo(SMALL.test().labels());
    assertThat(data.test().inputs().pixels(4)).isEqualTo(SMALL.test().inputs().pixels(4));
  }

  @Test
  void saysHowMuchMemoryTheExamplesOfAnExecutorTake() {
    TrainingData stored =
        DatasetReader.open(DataSources.of(generate("large", "local[2]", 203, 4, 1)), 31, false);
    Shards shards = Shards.of(null, new Plan(new Topology(72, 16, 10), 1, 10, 3f, 7, 1), stored, 1);
    shards.requireRoom(0, 1);
    assertThatThrownBy(() -> shards.requireRoom(0, Integer.MAX_VALUE))
        .isInstanceOf(HandspunException.class)
        .hasMessageContainingAll(
            "The examples of 2147483647 partitions in one executor take about ",
            " MB, but there is room for ",
            "--executor-memory");
  }

  @Test
  void doesNotBeginWithExamplesThatFindNoRoom() {
    Location set = generate("roomy", "local[2]", 203, 4, 1);
    Plan plan = new Plan(new Topology(72, 16, 10), 2, 40, 3f, 7, 8);
    System.setProperty("spark.memory.fraction", "0.000001");
    try (TrainingContext spark =
        TrainingContext.start("local[2]", Aggregation.EXCHANGE, Optional.empty(), notice -> {})) {
      TrainingData data = DatasetReader.open(DataSources.of(set), 31, false);
      assertThatThrownBy(() -> spark.train(Aggregation.JOBS, plan, data, PartitionChoice.asTold(2)))
          .isExactlyInstanceOf(HandspunException.class)
          .hasMessageContainingAll("Of the 2 parts", "only 0 fit", "--driver-memory");
    } finally {
      System.clearProperty("spark.memory.fraction");
    }
  }

  @Test
  void tellsWhichPartTheExecutorsCouldNotRead() throws Exception {
    Location set = generate("damaged", "local[2]", 203, 4, 1);
    TrainingData data = DatasetReader.open(DataSources.of(set), 31, false);
    Path part = folder.resolve("damaged/train-images-idx3-ubyte-00002-of-00004");
    Files.delete(part);
    Plan plan = new Plan(new Topology(72, 16, 10), 2, 40, 3f, 7, 8);
    try (TrainingContext spark =
        TrainingContext.start("local[2]", Aggregation.EXCHANGE, Optional.empty(), notice -> {})) {
      assertThatThrownBy(() -> spark.train(Aggregation.JOBS, plan, data, PartitionChoice.asTold(2)))
          .isExactlyInstanceOf(HandspunException.class)
          .hasMessage("There is no file " + part + ": check the name.");
      assertThatThrownBy(() -> spark.withSums(data))
          .isExactlyInstanceOf(HandspunException.class)
          .hasMessageContaining(part.toString());
    }
  }

  @Test
  void refusesNumbersThatCannotBe() {
    assertThatThrownBy(() -> new Generation(0, AUGMENTATION, 1, 1))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("images is 0");
    assertThatThrownBy(() -> new Generation(5, AUGMENTATION, 1, 6))
        .isInstanceOf(UsageException.class)
        .hasMessageContainingAll("parts is 6", "1 to 5");
    assertThatThrownBy(() -> new Generation(1_000_000, AUGMENTATION, 1, 100_000))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("1 to 99999");
  }

  @Test
  void leavesNothingBehindWhenItFails() throws Exception {
    Location out = Location.of(folder.resolve("out"));
    NewFolder.make(out);
    // A folder where a part should be.
    Files.createDirectories(folder.resolve("out/train-images-idx3-ubyte-00001-of-00002/inner"));
    assertThatThrownBy(
            () ->
                new Generation(20, AUGMENTATION, 1, 2)
                    .run("local[1]", SMALL.training(), SMALL.test(), out, notice -> {}))
        .isExactlyInstanceOf(HandspunException.class)
        .hasMessageContainingAll("Could not write", "train-images-idx3-ubyte-00001-of-00002");
    assertThat(out.list()).containsExactly("train-images-idx3-ubyte-00001-of-00002");
  }
}
