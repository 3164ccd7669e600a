package handspun.spark;

import static org.assertj.core.api.Assertions.assertThat;

import handspun.data.DataSources;
import handspun.data.Dataset;
import handspun.data.DatasetReader;
import handspun.data.MadeUpExamples;
import handspun.data.StoredDataset;
import handspun.files.Location;
import handspun.files.NewFolder;
import handspun.image.Augmentation;
import handspun.network.Topology;
import handspun.parallel.PartialTraining;
import handspun.parallel.PartitionChoice;
import handspun.train.Plan;
import handspun.train.Trainer;
import handspun.wire.Secret;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever Spark sends executors for us names the data, which are on a file system that Hadoop
 * finds by its settings, and holds none of these, nor the secret of a job.
 */
class TasksWithoutSecretsTest {
  private static final String KEY = "MARKED-SECRET-OF-HADOOP";
  private static final String DATA = "viewfs://secrets/data";
  private static final Plan PLAN = new Plan(new Topology(72, 16, 10), 2, 50, 0.1f, 7, 1);

  @TempDir private Path folder;

  private final Map<String, String> before = new LinkedHashMap<>();

  @BeforeEach
  void tellSpark() {
    set("spark.hadoop.fs.s3a.secret.key", KEY);
    set("spark.hadoop.fs.viewfs.mounttable.secrets.link./data", folder.toUri().toString());
    set("spark.extraListeners", BroadcastBytes.class.getName());
    set("spark.cleaner.referenceTracking", "false");
    BroadcastBytes.take();
  }

  private void set(String name, String value) {
    before.put(name, System.getProperty(name));
    System.setProperty(name, value);
  }

  @AfterEach
  void untellSpark() {
    before.forEach(
        (name, value) -> {
          if (value == null) {
            System.clearProperty(name);
          } else {
            System.setProperty(name, value);
          }
        });
  }

  private static void assertNamesTheDataAndNoSecret(String what) {
    assertThat(BroadcastBytes.take())
        .as(what)
        .contains(DATA)
        .doesNotContain(KEY)
        .doesNotContain(Secret.class.getName());
  }

  /** Spark that has told Hadoop's settings to its executors, and to us. */
  private static TrainingContext spark() {
    TrainingContext spark =
        TrainingContext.start("local[2]", Aggregation.EXCHANGE, Optional.empty(), notice -> {});
    assertThat(HadoopSettings.HERE.get()).containsValue(KEY);
    return spark;
  }

  private static Location data() {
    return Location.of(DATA, HadoopSettings.HERE);
  }

  private static StoredDataset open() {
    return (StoredDataset) DatasetReader.open(DataSources.of(data()), 31, false);
  }

  @Test
  void noTaskThatWeSendHoldsASecret() {
    Dataset small = MadeUpExamples.dataset(30, 0, 9, 8, 10, 5);
    try (TrainingContext spark = spark()) {
      // Hadoop keeps the way to a host that it has found once, and so finds it without Spark too.
      NewFolder.make(data());
      assertThat(spark.master()).isEqualTo("local[2]");
    }
    new Generation(203, Augmentation.parse("shift=1"), 1, 4)
        .run("local[2]", small.training(), small.test(), data(), notice -> {});
    assertNamesTheDataAndNoSecret("generate");

    for (Aggregation aggregation : Aggregation.values()) {
      try (TrainingContext spark = spark()) {
        StoredDataset stored = open();
        spark.withSums(stored);
        train(stored, spark.train(aggregation, PLAN, stored, PartitionChoice.asTold(2)));
      }
      assertNamesTheDataAndNoSecret("train by " + aggregation);
    }
    try (TrainingContext spark = spark()) {
      PartialTraining partial =
          new PartialTraining("one", PLAN, Optional.empty(), () -> new byte[0], 2);
      spark.pool(open(), 1).run(List.of(partial), (training, outcome) -> {});
    }
    assertNamesTheDataAndNoSecret("tune");
  }

  private static void train(StoredDataset stored, SparkTraining training) {
    assertThat(new Trainer(PLAN, stored, training, List.of()).train().epochs()).hasSize(2);
  }
}
