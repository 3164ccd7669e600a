package handspun.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import handspun.UsageException;
import handspun.bench.SequentialTrainer;
import handspun.data.Dataset;
import handspun.data.MadeUpExamples;
import handspun.math.KernelOptions;
import handspun.network.Topology;
import handspun.parallel.PartitionChoice;
import handspun.train.EpochRunner;
import handspun.train.Plan;
import handspun.train.Trainer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.serializer.SerializerInstance;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/** What the user has told Spark counts, or is refused. */
class UsersSettingsTest {
  private static final String SERIALIZER = "spark.serializer";
  private static final String REGISTRATOR = "spark.kryo.registrator";
  private static final String OURS = "handspun.spark.KryoRegistration";
  private static final Plan PLAN = new Plan(new Topology(30, 12, 5), 2, 10, 3f, 1, 1);
  private static final Dataset DATA = MadeUpExamples.dataset(60, 20, 5, 6, 5, 1);

  private final List<String> told = new ArrayList<>();

  private void tell(String setting, String value) {
    System.setProperty(setting, value);
    told.add(setting);
  }

  @AfterEach
  void forget() {
    told.forEach(System::clearProperty);
  }

  private static String train(EpochRunner runner) {
    return new Trainer(PLAN, DATA, runner, List.of()).train().network().sha256();
  }

  private static String expected() {
    return train(new SequentialTrainer(PLAN, DATA));
  }

  private static void trainBothWays() {
    try (TrainingContext spark = start()) {
      for (Aggregation aggregation : Aggregation.values()) {
        assertThat(train(spark.train(aggregation, PLAN, DATA, PartitionChoice.asTold(2))))
            .isEqualTo(expected());
      }
    }
  }

  private static TrainingContext start() {
    return TrainingContext.start("local[2]", Aggregation.EXCHANGE, Optional.empty(), notice -> {});
  }

  @Test
  void aRegistratorOfTheUsersRegistersBesideOurs() {
    tell(REGISTRATOR, UsersRegistrator.class.getName());
    try (TrainingContext spark = start()) {
      assertThat(SparkEnv.get().conf().get(REGISTRATOR))
          .isEqualTo(UsersRegistrator.class.getName() + "," + OURS);
      SerializerInstance serializer = SparkEnv.get().serializer().newInstance();
      ClassTag<StringBuilder> type = ClassTag$.MODULE$.apply(StringBuilder.class);
      StringBuilder mine = new StringBuilder("mine");
      assertThat(serializer.deserialize(serializer.serialize(mine, type), type))
          .hasToString("mine");
      assertThat(train(spark.train(Aggregation.JOBS, PLAN, DATA, PartitionChoice.asTold(2))))
          .isEqualTo(expected());
    }
  }

  @Test
  void whatMustBeRegisteredIsForTheUserToSay() {
    assertThat(SparkStart.configuration("local").get("spark.kryo.registrationRequired"))
        .isEqualTo("true");
    tell("spark.kryo.registrationRequired", "false");
    assertThat(SparkStart.configuration("local").get("spark.kryo.registrationRequired"))
        .isEqualTo("false");
  }

  @Test
  void oursAreNamedOnceAndAfterTheUsers() {
    tell(REGISTRATOR, OURS);
    tell("spark.plugins", "handspun.spark.ExchangePlugin, mine.Plugin");
    SparkConf conf = SparkStart.configuration("spark://far:7077");
    assertThat(conf.get(REGISTRATOR)).isEqualTo(OURS);
    assertThat(conf.get("spark.plugins")).isEqualTo("handspun.spark.ExchangePlugin,mine.Plugin");
  }

  @Test
  void executorsHaveTheUsersOptionsOfJavaAndThoseOfTheKernels() {
    tell("spark.executor.extraJavaOptions", "-Xss2m");
    assertThat(SparkStart.configuration("spark://far:7077").get("spark.executor.extraJavaOptions"))
        .isEqualTo("-Xss2m " + String.join(" ", KernelOptions.ofJava()));
    assertThat(SparkStart.configuration("local").get("spark.executor.extraJavaOptions"))
        .isEqualTo("-Xss2m");
  }

  @ParameterizedTest
  @CsvSource({
    "spark.serializer, org.apache.spark.serializer.JavaSerializer",
    "spark.kryo.unsafe, true",
    "spark.kryo.referenceTracking, false",
    "spark.kryo.pool, false",
    "spark.kryoserializer.buffer.max, 1m",
    "spark.io.encryption.enabled, true",
    "spark.task.reaper.enabled, true",
    "spark.broadcast.blockSize, 4k",
    "spark.cleaner.referenceTracking, false"
  })
  void trainingGoesOnAsEverWith(String setting, String value) {
    tell(setting, value);
    trainBothWays();
  }

  @ParameterizedTest
  @CsvSource({
    "spark.serializer, no.such.Serializer, 'there is no such class'",
    "spark.serializer, java.lang.String, 'is no org.apache.spark.serializer.Serializer'",
    "spark.kryo.registrator, no.such.Registrator, 'there is no such class'",
    "spark.kryo.registrator, java.lang.String, 'is no org.apache.spark.serializer.KryoRegistrator'",
    "spark.kryo.classesToRegister, no.such.Thing, 'there is no such class'",
    "spark.plugins, no.such.Plugin, 'there is no such class'",
    "spark.extraListeners, no.such.Listener, 'there is no such class'"
  })
  void aClassThatIsOfNoUseIsRefusedBeforeSparkStarts(String setting, String name, String reason) {
    if (!setting.equals(SERIALIZER)) {
      // As it is by default where training starts Spark.
      tell(SERIALIZER, "org.apache.spark.serializer.KryoSerializer");
    }
    tell(setting, name);
    assertThatThrownBy(
            () -> TrainingContext.check("local[2]", Aggregation.JOBS, PLAN, OptionalInt.empty()))
        .isInstanceOf(UsageException.class)
        .hasMessageContainingAll(setting + " names " + name, reason, "leave the setting out");
    assertThatThrownBy(UsersSettingsTest::start).isInstanceOf(UsageException.class);
  }

  @Test
  void aBufferThatAPartOfAMiniBatchDoesNotFitIntoIsRefused() {
    tell("spark.kryoserializer.buffer.max", "1m");
    Plan wide = new Plan(new Topology(30, 3000, 5), 1, 10, 3f, 1, 5);
    try (TrainingContext spark = start()) {
      assertThatThrownBy(() -> spark.train(Aggregation.JOBS, wide, DATA, PartitionChoice.asTold(2)))
          .isInstanceOf(UsageException.class)
          .hasMessageContaining("spark.kryoserializer.buffer.max is 1m, but");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"handspun.cli.Main", ""})
  void theNameThatSparkSubmitGivesIsNone(String name) {
    tell("spark.app.name", name);
    assertThat(SparkStart.configuration("local").get("spark.app.name")).isEqualTo("Handspun");
  }

  @Test
  void theUsersNameIsKept() {
    tell("spark.app.name", "mine");
    assertThat(SparkStart.configuration("local").get("spark.app.name")).isEqualTo("mine");
  }
}
