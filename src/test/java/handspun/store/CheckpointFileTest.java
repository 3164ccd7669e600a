package handspun.store;

import static handspun.train.Hyperparameters.ACTIVATION;
import static handspun.train.Hyperparameters.MOMENTUM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import handspun.HandspunException;
import handspun.bench.SequentialTrainer;
import handspun.data.Dataset;
import handspun.data.DatasetReader;
import handspun.files.Location;
import handspun.network.Activation;
import handspun.network.Initializer;
import handspun.network.Network;
import handspun.network.Outputs;
import handspun.network.Topology;
import handspun.network.Units;
import handspun.train.EpochSummary;
import handspun.train.ModelState;
import handspun.train.PartitionWork;
import handspun.train.Plan;
import handspun.train.Trainer;
import handspun.train.TrainingState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointFileTest {
  private static final int HEADER = 52;
  private static final Path FIXTURES = Path.of("src/test/resources/handspun/store");
  private static final Topology LAYERS = new Topology(3, 2, 2);
  private static final Plan PLAN = new Plan(LAYERS, 30, 10, 0.1f, Long.MIN_VALUE, 2, 300);
  private static final Network LAST = Network.random(LAYERS, Initializer.NORMAL, 1);
  private static final Network BEST = Network.random(LAYERS, Initializer.NORMAL, 2);
  private static final EpochSummary FIRST =
      new EpochSummary(
          1,
          0.1,
          50,
          60,
          0.25,
          List.of(7, 0),
          List.of(new PartitionWork(5, 1L << 40, 0), PartitionWork.NONE));
  private static final EpochSummary SECOND = new EpochSummary(2, 0.2, 40, 60, 1e-9, List.of());

  @TempDir Path folder;

  private static Checkpoint checkpoint(TrainingState state) {
    return new Checkpoint(PLAN, "/data/Ärger", Map.of("images", "ba89", "labels", ""), 60, state);
  }

  private static Checkpoint checkpoint(EpochSummary... epochs) {
    return checkpoint(
        new TrainingState(
            new ModelState(LAST.parameters(), List.of()), LAST, BEST, 1, List.of(epochs)));
  }

  @Test
  void readsWhatItWrote() {
    assertSurvives(checkpoint(FIRST, SECOND));
    assertSurvives(
        checkpoint(
            new TrainingState(
                new ModelState(LAST.parameters(), List.of()),
                LAST,
                LAST,
                2,
                List.of(FIRST, SECOND))));
    assertSurvives(checkpoint(TrainingState.initial(PLAN)));
    assertSurvives(
        new Checkpoint(
            PLAN,
            "",
            Map.of(),
            0,
            new TrainingState(
                new ModelState(LAST.parameters(), List.of()), LAST, LAST, 0, List.of())));
  }

  @Test
  void keepsWhatTheOptimizerRemembers() throws IOException {
    float[] memory = {1, -2, 0.5f, 4, 5, 6, 7, 8, 9, 10, 11, -0f, 13, 14};
    assertThat(memory).hasSize(LAYERS.parameterCount());
    for (Network best : List.of(LAST, BEST)) {
      TrainingState state =
          new TrainingState(
              new ModelState(LAST.parameters(), List.of(memory)),
              LAST,
              best,
              1,
              List.of(FIRST, SECOND));
      assertSurvives(new Checkpoint(PLAN.with(MOMENTUM, 0.9f), "", Map.of(), 60, state));
    }
    memory[3] = Float.NaN;
    TrainingState state =
        new TrainingState(
            new ModelState(LAST.parameters(), List.of(memory)), LAST, LAST, 1, List.of(FIRST));
    assertRefused(bytes(new Checkpoint(PLAN.with(MOMENTUM, 0.9f), "", Map.of(), 60, state)))
        .hasMessageContaining("a weight or bias that is not a finite number");
  }

  @Test
  void keepsTheActivationOfBothNetworks() {
    Plan plan = PLAN.with(ACTIVATION, Activation.RELU);
    Network last = LAST.with(new Units(Activation.RELU, Outputs.SIGMOID));
    Network best = BEST.with(new Units(Activation.RELU, Outputs.SIGMOID));
    assertSurvives(
        new Checkpoint(
            plan,
            "",
            Map.of(),
            60,
            new TrainingState(
                new ModelState(last.parameters(), List.of()),
                last,
                best,
                1,
                List.of(FIRST, SECOND))));
  }

  private void assertSurvives(Checkpoint checkpoint) {
    Path file = folder.resolve(CheckpointFile.NAME);
    CheckpointFile.write(Location.of(file), checkpoint);
    assertSame(CheckpointFile.read(Location.of(file)), checkpoint);
  }

  private static void assertSame(Checkpoint found, Checkpoint expected) {
    assertThat(found)
        .usingRecursiveComparison()
        .ignoringFieldsOfTypes(Network.class)
        .isEqualTo(expected);
    assertThat(found.state().network().sha256()).isEqualTo(expected.state().network().sha256());
    assertThat(found.state().best().sha256()).isEqualTo(expected.state().best().sha256());
    assertThat(List.of(found.state().network(), found.state().best()))
        .extracting(Network::units)
        .containsOnly(expected.plan().units());
  }

  /** The promise of every later version; this file and this test stay as they are. */
  @Test
  void readsTheCommittedCheckpointOfFormat1() {
    Location file = Location.of(FIXTURES.resolve("checkpoint-1.handspun"));
    assertSame(CheckpointFile.read(file), checkpoint(FIRST, SECOND));
  }

  /** The same promise for this format. */
  @Test
  void readsAndWritesTheCommittedCheckpointOfFormat2() throws IOException {
    Path file = FIXTURES.resolve("checkpoint-2.handspun");
    assertSame(CheckpointFile.read(Location.of(file)), checkpoint(FIRST, SECOND));
    assertThat(bytes(checkpoint(FIRST, SECOND))).isEqualTo(Files.readAllBytes(file));
  }

  /** The run of the release before format 2: 100 examples, one of three epochs done. */
  @Test
  void aRunOfFormat1GoesOnToTheSameBits() {
    Checkpoint begun =
        CheckpointFile.read(Location.of(FIXTURES.resolve("run-of-format-1/checkpoint.handspun")));
    Model model = ModelFile.read(Location.of(FIXTURES.resolve("run-of-format-1/model.handspun")));
    assertThat(model.plan()).hasValue(begun.plan());
    assertThat(model.network().sha256()).isEqualTo(begun.state().network().sha256());
    Dataset data = DatasetReader.read(Path.of("data/mnist"), begun.validation());
    Plan plan = begun.plan().withEpochs(3);
    Trainer.Result result =
        new Trainer(plan, data, new SequentialTrainer(plan, data), List.of()).train(begun.state());
    assertThat(result.network().sha256())
        .isEqualTo("95d05ec2b66284cc875ba7075e8e852400f11a06b30fc7bcad247d120c305a74");
  }

  @Test
  void refusesEveryTruncationAndEveryChangeOfAByte() throws IOException {
    byte[] whole = bytes(checkpoint(FIRST, SECOND));
    assertRefused(new byte[0]).hasMessageContainingAll("is empty", "plan.conf");
    for (int at = 0; at < whole.length; at++) {
      if (at > 0) {
        assertRefused(Arrays.copyOf(whole, at)).hasMessageContaining("was cut off");
      }
      byte[] changed = whole.clone();
      changed[at] ^= 0x41;
      assertRefused(changed)
          .hasMessageMatching(".*(not a checkpoint of Handspun|update|damaged|cut off).*");
    }
    assertRefused(Arrays.copyOf(whole, whole.length + 1)).hasMessageContaining("is damaged");
  }

  @Test
  void refusesPayloadsThatEndTooEarlyEvenWithARightChecksum() throws Exception {
    byte[] whole = bytes(checkpoint(FIRST, SECOND));
    for (int length = 0; length < whole.length - HEADER; length++) {
      assertPayloadRefused(Arrays.copyOfRange(whole, HEADER, HEADER + length));
    }
    assertPayloadRefused(Arrays.copyOfRange(whole, HEADER, whole.length + 1))
        .hasMessageContaining("1 bytes follow after its end");
  }

  @Test
  void noByteWithARightChecksumMakesItFailInAnyOtherWay() throws Exception {
    byte[] whole = bytes(checkpoint(FIRST, SECOND));
    int refused = 0;
    for (int bit = 0; bit < 8 * (whole.length - HEADER); bit++) {
      byte[] payload = Arrays.copyOfRange(whole, HEADER, whole.length);
      payload[bit / 8] ^= (byte) (1 << bit % 8);
      try {
        CheckpointFile.read(Location.of(write(sealed(payload))));
      } catch (HandspunException e) {
        refused++;
      }
    }
    assertThat(refused).isPositive();
  }

  @Test
  void refusesAModelAndEverythingElse() throws IOException {
    Path model = folder.resolve("model.handspun");
    Provenance provenance = new Provenance("", Map.of(), "", Map.of(), 0, Double.NaN, 1);
    ModelFile.write(Location.of(model), new Model(LAST, Optional.empty(), provenance));
    assertThatThrownBy(() -> CheckpointFile.read(Location.of(model)))
        .isExactlyInstanceOf(HandspunException.class)
        .hasMessageContainingAll(model.toString(), "is a model, but a checkpoint is expected");
    Path file = write(bytes(checkpoint(FIRST)));
    assertThatThrownBy(() -> ModelFile.read(Location.of(file)))
        .hasMessageContainingAll("is a checkpoint, but a model is expected: name a model.handspun");
    assertRefused(
            "PK this is an archive of something else, quite long"
                .getBytes(StandardCharsets.US_ASCII))
        .hasMessageContainingAll("not a checkpoint of Handspun", "HANDSCHK");
    assertThatThrownBy(() -> CheckpointFile.read(Location.of(folder.resolve("none"))))
        .hasMessageContaining("There is no checkpoint");
    assertThatThrownBy(() -> CheckpointFile.read(Location.of(folder)))
        .hasMessageContaining("is a folder, but a checkpoint is a file");
  }

  @Test
  void refusesANewerFormat() throws IOException {
    byte[] newer = bytes(checkpoint(FIRST));
    newer[8] = 3;
    assertRefused(newer).hasMessageContainingAll("format 3", "up to 2", "update Handspun");
  }

  @Test
  void refusesStatesThatCannotBe() throws Exception {
    assertRefused(bytes(checkpoint(new EpochSummary(1, Double.NaN, 5, 60, 1, List.of()))))
        .hasMessageContaining("NaN as the cost of epoch 1");
    assertRefused(bytes(checkpoint(new EpochSummary(1, -1, 5, 60, 1, List.of()))))
        .hasMessageContaining("-1.0 as the cost");
    assertRefused(bytes(checkpoint(new EpochSummary(1, 1, 61, 60, 1, List.of()))))
        .hasMessageContaining("61 of 60 validation examples");
    assertRefused(bytes(checkpoint(new EpochSummary(1, 1, -1, 60, 1, List.of()))))
        .hasMessageContaining("-1 of 60 validation examples");
    assertRefused(bytes(checkpoint(new EpochSummary(1, 1, 1, 60, -2, List.of()))))
        .hasMessageContaining("-2.0 seconds");
    for (PartitionWork work :
        List.of(
            new PartitionWork(-1, 0, 0),
            new PartitionWork(0, -1, 0),
            new PartitionWork(0, 0, -1))) {
      assertRefused(bytes(checkpoint(new EpochSummary(1, 1, 1, 60, 1, List.of(3), List.of(work)))))
          .hasMessageContaining("it has -1 ");
    }
    assertRefused(bytes(checkpoint(new EpochSummary(1, 1, 1, 60, 1, List.of(-3)))))
        .hasMessageContaining("-3.0 examples in a partition");
    EpochSummary[] tooMany = new EpochSummary[31];
    Arrays.fill(tooMany, FIRST);
    assertRefused(bytes(checkpoint(tooMany)))
        .hasMessageContaining("31 epochs done, but 30 planned");
    TrainingState initial = TrainingState.initial(PLAN);
    assertRefused(bytes(new Checkpoint(PLAN, "", Map.of(), -4, initial)))
        .hasMessageContaining("-4.0 validation examples");
  }

  @Test
  void refusesABestEpochThatCannotBe() throws Exception {
    // Without a network of its own behind it, the best epoch is the last byte.
    byte[] last =
        bytes(
            checkpoint(
                new TrainingState(
                    new ModelState(LAST.parameters(), List.of()), LAST, LAST, 1, List.of(FIRST))));
    for (byte best : new byte[] {0, 2}) {
      last[last.length - 1] = best;
      assertPayloadRefused(Arrays.copyOfRange(last, HEADER, last.length))
          .hasMessageContaining("its best epoch is " + best + ", but 1 are done");
    }
  }

  @Test
  void refusesNetworksThatCannotBe() throws IOException {
    float[] parameters = LAST.parameters();
    parameters[5] = Float.NaN;
    Network broken = new Network(LAYERS, parameters);
    assertRefused(
            bytes(
                checkpoint(
                    new TrainingState(
                        new ModelState(broken.parameters(), List.of()),
                        broken,
                        BEST,
                        1,
                        List.of(FIRST, SECOND)))))
        .hasMessageContaining("not a finite number");
    assertRefused(
            bytes(
                checkpoint(
                    new TrainingState(
                        new ModelState(LAST.parameters(), List.of()),
                        LAST,
                        broken,
                        1,
                        List.of(FIRST, SECOND)))))
        .hasMessageContaining("not a finite number");
  }

  private byte[] bytes(Checkpoint checkpoint) throws IOException {
    Path file = folder.resolve("written");
    CheckpointFile.write(Location.of(file), checkpoint);
    return Files.readAllBytes(file);
  }

  /** A file with that payload and a header that is right about it. */
  private static byte[] sealed(byte[] payload) throws Exception {
    return ByteBuffer.allocate(HEADER + payload.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put("HANDSCHK".getBytes(StandardCharsets.US_ASCII))
        .putInt(2)
        .putLong(payload.length)
        .put(MessageDigest.getInstance("SHA-256").digest(payload))
        .put(payload)
        .array();
  }

  private AbstractThrowableAssert<?, ? extends Throwable> assertPayloadRefused(byte[] payload)
      throws Exception {
    return assertRefused(sealed(payload)).hasMessageContaining("is not a valid checkpoint: ");
  }

  private AbstractThrowableAssert<?, ? extends Throwable> assertRefused(byte[] bytes)
      throws IOException {
    Path file = write(bytes);
    return assertThatThrownBy(() -> CheckpointFile.read(Location.of(file)))
        .isExactlyInstanceOf(HandspunException.class)
        .hasMessageContaining(file.toString());
  }

  private Path write(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("test.handspun"), bytes);
  }
}
