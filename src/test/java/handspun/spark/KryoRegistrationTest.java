package handspun.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import handspun.data.Examples;
import handspun.data.MadeUpExamples;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.serializer.SerializerInstance;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

class KryoRegistrationTest {
  private static TrainingContext spark;

  @BeforeAll
  static void start() {
    spark = TrainingContext.start("local[1]", Aggregation.EXCHANGE, Optional.empty(), notice -> {});
  }

  @AfterAll
  static void stop() {
    spark.close();
  }

  @Test
  void sparksSerializerIsKryoWithRegistrationRequired() {
    SparkConf conf = SparkEnv.get().conf();
    assertThat(conf.get("spark.serializer")).endsWith("KryoSerializer");
    assertThat(conf.get("spark.kryo.registrationRequired")).isEqualTo("true");
  }

  @Test
  void examplesTravelWhole() {
    Examples examples = MadeUpExamples.of(20, 5, 6, 5, 4);
    SerializerInstance serializer = SparkEnv.get().serializer().newInstance();
    ClassTag<Examples> type = ClassTag$.MODULE$.apply(Examples.class);
    Examples copy = serializer.deserialize(serializer.serialize(examples, type), type);
    assertThat(copy.labels()).isEqualTo(examples.labels());
    for (int i = 0; i < examples.count(); i++) {
      assertThat(copy.inputs().pixels(i)).isEqualTo(examples.inputs().pixels(i));
    }
  }

  /** As when a task runs where its block is not. */
  @Test
  void blocksTravelWhole() {
    Examples examples = MadeUpExamples.of(20, 5, 6, 5, 4);
    Block block = new Block(7, 3, examples, examples.slice(0, 2));
    SerializerInstance serializer = SparkEnv.get().serializer().newInstance();
    ClassTag<Block> type = ClassTag$.MODULE$.apply(Block.class);
    Block copy = serializer.deserialize(serializer.serialize(block, type), type);
    assertThat(copy.partition()).isEqualTo(7);
    assertThat(copy.stage()).isEqualTo(3);
    assertThat(copy.training().labels()).isEqualTo(examples.labels());
    assertThat(copy.validation().count()).isEqualTo(2);
  }

  @Test
  void aClassThatIsNotRegisteredIsRefused() {
    SerializerInstance serializer = SparkEnv.get().serializer().newInstance();
    ClassTag<StringBuilder> type = ClassTag$.MODULE$.apply(StringBuilder.class);
    assertThatThrownBy(() -> serializer.serialize(new StringBuilder("stranger"), type))
        .hasMessageContaining("not registered")
        .hasMessageContaining("StringBuilder");
  }
}
