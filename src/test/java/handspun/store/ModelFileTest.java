package handspun.store;

import static handspun.train.Hyperparameters.ACTIVATION;
import static handspun.train.Hyperparameters.PREPROCESS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.io.Output;
import handspun.HandspunException;
import handspun.files.Location;
import handspun.image.Preprocessing;
import handspun.network.Activation;
import handspun.network.Initializer;
import handspun.network.Network;
import handspun.network.Outputs;
import handspun.network.Topology;
import handspun.network.Units;
import handspun.train.Acceptance;
import handspun.train.LocalSteps;
import handspun.train.Plan;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelFileTest {
  private static final Path FIXTURE =
      Path.of("src/test/resources/handspun/store/format-4.handspun");
  private static final Topology LAYERS = new Topology(3, 2, 2);
  private static final Model MODEL =
      new Model(
          Network.random(LAYERS, Initializer.NORMAL, 1),
          Optional.of(new Plan(LAYERS, 30, 10, 3.0f, -7, 2, 5)),
          new Provenance(
              "data/mnist",
              Map.of("train-images-idx3-ubyte", "ba89", "train-labels-idx1-ubyte", "65a5"),
              "2026-01-02T03:04:05Z",
              Map.of("Handspun", "0.1.0", "Java", "17", "Ärger", "✓"),
              30,
              0.9375,
              Double.NaN),
          Optional.of(new Acceptance(0.625f, 0.3f)));

  @TempDir Path folder;

  @Test
  void readsWhatItWrote() {
    Path file = folder.resolve("model.handspun");

    ModelFile.write(Location.of(file), MODEL);

    assertSame(ModelFile.read(Location.of(file)), MODEL);
  }

  @Test
  void readsAModelWithoutPlanAndKnowledge() {
    Path file = folder.resolve("model.handspun");
    Model model =
        new Model(
            Network.random(new Topology(784, 100, 10), Initializer.NORMAL, 3),
            Optional.empty(),
            new Provenance("", Map.of(), "", Map.of(), 0, Double.NaN, 1));

    ModelFile.write(Location.of(file), model);

    assertSame(ModelFile.read(Location.of(file)), model);
    assertThat(file).hasSize(52 + 1 + 4 + 3 + 4 * 79_510 + 1 + 1 + 1 + 1 + 1 + 1 + 16 + 1);
  }

  @Test
  void keepsEveryBitOfTheParameters() {
    float[] parameters = new float[LAYERS.parameterCount()];
    float[] odd = {-0.0f, Float.MIN_VALUE, -Float.MAX_VALUE, 1 / 3f};
    System.arraycopy(odd, 0, parameters, 0, odd.length);
    Network network = new Network(LAYERS, parameters);
    Path file = folder.resolve("model.handspun");

    ModelFile.write(Location.of(file), new Model(network, Optional.empty(), MODEL.provenance()));

    assertThat(ModelFile.read(Location.of(file)).network().sha256()).isEqualTo(network.sha256());
  }

  /** The promise of every later version; this file and this test stay as they are. */
  @Test
  void readsTheCommittedModelOfFormat1() {
    Model model =
        ModelFile.read(Location.of(Path.of("src/test/resources/handspun/store/format-1.handspun")));

    assertThat(model.network().sha256())
        .isEqualTo("4425b1677fee8611c31a47904061b1b122611c4a23426a37a8741c3623336ebc");
    assertThat(model.network().topology().sizes()).containsExactly(3, 2, 2);
    assertThat(model.network().parameters())
        .isEqualTo(Network.random(LAYERS, Initializer.NORMAL, 1).parameters());
    assertSame(
        model,
        new Model(
            MODEL.network(),
            Optional.of(new Plan(LAYERS, 30, 10, 3.0f, -7, 2, 1)),
            MODEL.provenance()));
  }

  /** The same promise for later formats. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void readsTheCommittedModelsOfFormatsWithoutAnAcceptance(int format) {
    Path file = FIXTURE.resolveSibling("format-%d.handspun".formatted(format));
    assertSame(
        ModelFile.read(Location.of(file)),
        new Model(MODEL.network(), MODEL.plan(), MODEL.provenance()));
  }

  /** The same promise for this format. */
  @Test
  void readsTheCommittedModelOfFormat4() {
    assertSame(ModelFile.read(Location.of(FIXTURE)), MODEL);
  }

  @Test
  void keepsThatLanesAreAveragedOnceAnEpoch() {
    Path file = folder.resolve("model.handspun");
    Plan plan = new Plan(LAYERS, 30, 10, 3.0f, -7, 2, LocalSteps.EPOCH);
    ModelFile.write(
        Location.of(file), new Model(MODEL.network(), Optional.of(plan), MODEL.provenance()));
    assertThat(ModelFile.read(Location.of(file)).plan()).hasValue(plan);
  }

  @Test
  void keepsTheActivationThatTheNetworkIsReadWith() {
    assertThat(ModelFile.read(Location.of(FIXTURE)).network().units()).isEqualTo(Units.SIGMOID);
    Path file = folder.resolve("model.handspun");
    Plan plan = new Plan(LAYERS, 30, 10, 3.0f, -7, 2).with(ACTIVATION, Activation.RELU);
    Network network = MODEL.network().with(new Units(Activation.RELU, Outputs.SIGMOID));
    ModelFile.write(Location.of(file), new Model(network, Optional.of(plan), MODEL.provenance()));
    Model read = ModelFile.read(Location.of(file));
    assertThat(read.network().units()).isEqualTo(network.units());
    assertThat(read.network().sha256()).isEqualTo(network.sha256());
    assertThat(read.plan()).hasValue(plan);
  }

  @Test
  void keepsWhatIsDoneToImages() {
    Path file = folder.resolve("model.handspun");
    Plan plan = new Plan(LAYERS, 30, 10, 3.0f, -7, 2).with(PREPROCESS, Preprocessing.STRAIGHTEN);
    ModelFile.write(
        Location.of(file), new Model(MODEL.network(), Optional.of(plan), MODEL.provenance()));
    assertThat(ModelFile.read(Location.of(file)).preprocessing())
        .isEqualTo(Preprocessing.STRAIGHTEN);
    assertThat(ModelFile.read(Location.of(FIXTURE)).preprocessing()).isEqualTo(Preprocessing.NONE);
    Model imported = new Model(MODEL.network(), Optional.empty(), MODEL.provenance());
    assertThat(imported.preprocessing()).isEqualTo(Preprocessing.NONE);
  }

  @Test
  void aModelIsNotOfAnotherActivationThanItsPlan() {
    Network network = MODEL.network().with(new Units(Activation.RELU, Outputs.SIGMOID));
    for (Optional<Plan> plan : List.of(MODEL.plan(), Optional.<Plan>empty())) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new Model(network, plan, MODEL.provenance()))
          .withMessage(
              "The network has relu units and sigmoid outputs, but its plan says sigmoid units and sigmoid outputs.");
    }
  }

  @Test
  void writesTheSameBytesForTheSameModel() throws IOException {
    Path file = folder.resolve("model.handspun");

    ModelFile.write(Location.of(file), MODEL);

    assertThat(file).hasSameBinaryContentAs(FIXTURE);
  }

  @Test
  void theHeaderIsAsItsDescriptionSays() throws Exception {
    ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(FIXTURE)).order(ByteOrder.LITTLE_ENDIAN);
    byte[] payload = Arrays.copyOfRange(file.array(), 52, file.capacity());

    byte[] magic = new byte[8];
    file.get(magic);
    assertThat(magic).asString(StandardCharsets.US_ASCII).isEqualTo("HANDSPUN");
    assertThat(file.getInt()).isEqualTo(4);
    assertThat(file.getLong()).isEqualTo(payload.length);
    byte[] sum = new byte[32];
    file.get(sum);
    assertThat(sum).isEqualTo(MessageDigest.getInstance("SHA-256").digest(payload));
    assertThat(payload).startsWith(3, 3, 2, 2, 14);
    assertThat(file.position(52 + 5).getFloat())
        .isEqualTo(Network.random(LAYERS, Initializer.NORMAL, 1).weight(1, 0, 0));
  }

  @Test
  void refusesEveryTruncation() throws IOException {
    byte[] whole = Files.readAllBytes(FIXTURE);
    assertRefused(new byte[0]).hasMessageContaining("is empty");
    for (int length = 1; length < whole.length; length++) {
      assertRefused(Arrays.copyOf(whole, length))
          .hasMessageContainingAll("was cut off", "has " + length + " bytes", "copy it again");
    }
  }

  @Test
  void refusesEveryChangeOfAByte() throws IOException {
    byte[] whole = Files.readAllBytes(FIXTURE);
    for (int at = 0; at < whole.length; at++) {
      for (int change : new int[] {0x01, 0x80, 0xff}) {
        byte[] changed = whole.clone();
        changed[at] ^= (byte) change;
        assertRefused(changed)
            // A changed format is noticed only when its plan makes no sense.
            .hasMessageMatching(
                ".*(not a model of Handspun|update|damaged|cut off|not a valid model: it says: lanes).*");
      }
    }
  }

  @Test
  void refusesMoreBytesThanTheHeaderSays() throws IOException {
    byte[] whole = Files.readAllBytes(FIXTURE);
    assertRefused(Arrays.copyOf(whole, whole.length + 1))
        .hasMessageContainingAll("is damaged", "bytes after the header", "header says");
  }

  @Test
  void refusesANewerFormat() throws IOException {
    byte[] newer = Files.readAllBytes(FIXTURE);
    newer[8] = 5;
    assertRefused(newer).hasMessageContainingAll("format 5", "up to 4", "update Handspun");
  }

  @Test
  void refusesFormatsThatNeverWere() throws IOException {
    byte[] odd = Files.readAllBytes(FIXTURE);
    odd[8] = 0;
    assertRefused(odd).hasMessageContainingAll("damaged", "format 0");
    Arrays.fill(odd, 8, 12, (byte) 0xff);
    assertRefused(odd).hasMessageContainingAll("damaged", "format -1");
  }

  @Test
  void refusesAnAbsurdLength() throws IOException {
    byte[] odd = Files.readAllBytes(FIXTURE);
    ByteBuffer.wrap(odd).order(ByteOrder.LITTLE_ENDIAN).putLong(12, Long.MAX_VALUE);
    assertRefused(odd).hasMessageContainingAll("was cut off", "9223372036854775807");
    ByteBuffer.wrap(odd).order(ByteOrder.LITTLE_ENDIAN).putLong(12, -1);
    assertRefused(odd).hasMessageContainingAll("damaged", "header says -1");
  }

  @Test
  void refusesFilesThatAreNoModels() throws IOException {
    assertRefused(
            "PK\3\4 this is an archive of something else, quite long"
                .getBytes(StandardCharsets.UTF_8))
        .hasMessageContainingAll("not a model of Handspun", "HANDSPUN", "import");
    assertThatThrownBy(() -> ModelFile.read(Location.of(folder.resolve("none"))))
        .isExactlyInstanceOf(HandspunException.class)
        .hasMessageContainingAll("There is no model", "none");
    assertThatThrownBy(() -> ModelFile.read(Location.of(folder)))
        .isExactlyInstanceOf(HandspunException.class)
        .hasMessageContainingAll("is a folder", "name the file");
    Files.copy(FIXTURE, folder.resolve(Runs.MODEL));
    assertThatThrownBy(() -> ModelFile.read(Location.of(folder)))
        .hasMessageContainingAll("is a folder", folder.resolve(Runs.MODEL).toString());
  }

  @Test
  void refusesPayloadsThatClaimMoreThanTheyHold() throws IOException {
    assertPayloadRefused(out -> out.writeVarInt(Integer.MAX_VALUE, true))
        .hasMessageContainingAll("claims 2147483647 layers", "only 0 bytes follow");
    assertPayloadRefused(out -> out.writeVarInt(-1, true))
        .hasMessageContainingAll("claims 4294967295 layers");
    assertPayloadRefused(
            out -> {
              layers(out, 20_000, 20_000);
              out.writeVarInt(400_020_000, true);
            })
        .hasMessageContainingAll("claims 400020000 weights and biases", "only 0 bytes");
    assertPayloadRefused(
            out -> {
              layers(out, 3, 2, 2);
              out.writeVarInt(Integer.MIN_VALUE, true);
            })
        .hasMessageContainingAll("claims 2147483648 weights and biases");
    assertPayloadRefused(
            out -> {
              network(out);
              out.writeBoolean(false);
              out.writeVarInt(Integer.MAX_VALUE, true);
            })
        .hasMessageContaining("claims 2147483647 bytes of text");
    assertPayloadRefused(
            out -> {
              network(out);
              out.writeBoolean(false);
              text(out, "");
              out.writeVarInt(1 << 30, true);
            })
        .hasMessageContaining("claims 1073741824 entries");
  }

  @Test
  void refusesPayloadsOfImpossibleNetworks() throws IOException {
    assertPayloadRefused(out -> layers(out, 3)).hasMessageContaining("at least 2 layers");
    assertPayloadRefused(out -> layers(out, 3, 0, 2)).hasMessageContaining("0 units");
    assertPayloadRefused(out -> layers(out, 3, -5, 2)).hasMessageContaining("-5 units");
    assertPayloadRefused(out -> layers(out, Integer.MAX_VALUE, Integer.MAX_VALUE))
        .hasMessageContaining("more than 536870912 weights");
    assertPayloadRefused(
            out -> {
              layers(out, 3, 2, 2);
              out.writeVarInt(13, true);
              out.writeFloats(new float[13], 0, 13);
            })
        .hasMessageContainingAll("has 13 weights and biases", "3-2-2", "need 14");
    for (float value : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
      assertPayloadRefused(
              out -> {
                layers(out, 3, 2, 2);
                out.writeVarInt(14, true);
                float[] parameters = new float[14];
                parameters[13] = value;
                out.writeFloats(parameters, 0, 14);
              })
          .hasMessageContaining("not a finite number");
    }
  }

  @Test
  void refusesPayloadsOfImpossiblePlans() throws IOException {
    assertPayloadRefused(
            out -> {
              network(out);
              out.writeByte(2);
            })
        .hasMessageContaining("where 0 or 1 must tell of a plan, it has 2");
    assertPlanRefused("epochs", "0").hasMessageContaining("epochs is 0");
    assertPlanRefused("batch", "-1").hasMessageContaining("batch is -1");
    assertPlanRefused("rate", "NaN").hasMessageContaining("rate is NaN");
    assertPlanRefused("seed", "").hasMessageContaining("seed is ,");
    assertPlanRefused("lanes", "11").hasMessageContaining("lanes is 11");
    assertPlanRefused("local-steps", "-1").hasMessageContaining("local-steps is -1");
    assertPlanRefused("layers", "3,2").hasMessageContainingAll("3-2,", "3-2-2");
    assertPayloadRefused(out -> plan(out, without("rate"))).hasMessageContaining("not say rate");
  }

  private AbstractThrowableAssert<?, ?> assertPlanRefused(String name, String value)
      throws IOException {
    return assertPayloadRefused(out -> plan(out, with(name, value)));
  }

  private static Map<String, String> with(String name, String value) {
    Map<String, String> texts = new TreeMap<>(MODEL.plan().orElseThrow().chosenTexts());
    texts.put(name, value);
    return texts;
  }

  private static Map<String, String> without(String name) {
    Map<String, String> texts = with(name, "");
    texts.remove(name);
    return texts;
  }

  @Test
  void aPlanMayLackWhatWasAddedLater() throws IOException {
    Path file = write(sealed(out -> whole(out, without("local-steps"))));
    assertThat(ModelFile.read(Location.of(file)).plan())
        .hasValue(new Plan(LAYERS, 30, 10, 3.0f, -7, 2, 1));
  }

  @Test
  void aPlanThatSaysMoreComesFromANewerHandspun() throws IOException {
    assertRefused(sealed(out -> plan(out, with("momentom", "0.9"))))
        .hasMessageEndingWith(
            "was written by a newer Handspun: its plan has momentom, which this one does not know;"
                + " update Handspun.");
  }

  @Test
  void refusesPayloadsOfImpossibleProvenance() throws IOException {
    assertPayloadRefused(
            out -> {
              network(out);
              out.writeBoolean(false);
              out.writeVarInt(1, true);
              out.writeByte(0xff);
            })
        .hasMessageContaining("not UTF-8");
    assertPayloadRefused(out -> provenance(out, -3, 0.5, 0.5)).hasMessageContaining("-3 epochs");
    assertPayloadRefused(out -> provenance(out, 1, 1.5, 0.5)).hasMessageContaining("of 1.5");
    assertPayloadRefused(out -> provenance(out, 1, 0.5, -1)).hasMessageContaining("of -1.0");
  }

  @Test
  void refusesPayloadsOfImpossibleAcceptances() throws IOException {
    assertPayloadRefused(out -> acceptance(out, 2))
        .hasMessageContaining("where 0 or 1 must tell of an acceptance, it has 2");
    assertPayloadRefused(out -> acceptance(out, 1)).hasMessageContaining("ends too early");
    assertPayloadRefused(out -> acceptance(out, 1, 0.5f)).hasMessageContaining("ends too early");
    for (float odd : new float[] {Float.NaN, -0.5f, 1.5f, Float.POSITIVE_INFINITY}) {
      assertPayloadRefused(out -> acceptance(out, 1, odd, 0.5f))
          .hasMessageContaining("its answers need a score of at least " + odd + ", not 0 to 1");
      assertPayloadRefused(out -> acceptance(out, 1, 0.5f, odd))
          .hasMessageContaining("its answers need a margin of at least " + odd + ", not 0 to 1");
    }
    Path file = write(sealed(out -> acceptance(out, 1, 0, 1)));
    assertThat(ModelFile.read(Location.of(file)).acceptance()).contains(new Acceptance(0, 1));
  }

  @Test
  void refusesBytesAfterTheEnd() throws IOException {
    Consumer<Output> right = out -> provenance(out, 1, 0.5, 0.5);
    assertThatCode(() -> ModelFile.read(Location.of(write(sealed(right)))))
        .doesNotThrowAnyException();
    assertPayloadRefused(right.andThen(out -> out.writeByte(0)))
        .hasMessageContaining("1 bytes follow after its end");
  }

  @Test
  void refusesEveryTruncationEvenWithARightChecksum() throws IOException {
    byte[] whole = Files.readAllBytes(FIXTURE);
    for (int length = 0; length < whole.length - 52; length++) {
      byte[] payload = Arrays.copyOfRange(whole, 52, 52 + length);
      assertPayloadRefused(out -> out.writeBytes(payload));
    }
  }

  @Test
  void noByteWithARightChecksumMakesItFailInAnyOtherWay() throws IOException {
    byte[] whole = Files.readAllBytes(FIXTURE);
    int refused = 0;
    for (int at = 52; at < whole.length; at++) {
      for (int bit = 0; bit < 8; bit++) {
        byte[] payload = Arrays.copyOfRange(whole, 52, whole.length);
        payload[at - 52] ^= (byte) (1 << bit);
        try {
          ModelFile.read(Location.of(write(sealed(out -> out.writeBytes(payload)))));
        } catch (HandspunException e) {
          refused++;
        }
      }
    }
    assertThat(refused).isPositive();
  }

  /** What a hostile payload would like to have made. */
  static final class Tripwire {
    static {
      System.setProperty("handspun.test.tripwire", "loaded");
    }

    /** Kryo would need it. */
    Tripwire() {
      System.setProperty("handspun.test.tripwire", "made");
    }
  }

  @Test
  void makesNoObjectOfAClassThatThePayloadNames() throws IOException {
    String name = Tripwire.class.getName();
    Kryo kryo = new Kryo();
    kryo.setRegistrationRequired(false);
    List<Consumer<Output>> payloads =
        List.of(
            out -> {
              // As Kryo names a class that is not registered.
              out.writeVarInt(1, true);
              out.writeVarInt(0, true);
              out.writeString(name);
              out.writeVarInt(1, true);
            },
            out -> kryo.writeClassAndObject(out, new ArrayList<>(List.of(name))),
            out -> kryo.writeClassAndObject(out, new StringWriter().append(name)),
            out -> {
              network(out);
              out.writeVarInt(1, true);
              out.writeVarInt(0, true);
              out.writeString(name);
            });
    for (Consumer<Output> payload : payloads) {
      assertPayloadRefused(payload).hasMessageContaining("not a valid model");
    }
    assertThat(System.getProperty("handspun.test.tripwire")).isNull();
  }

  @Test
  void refusesToWriteWhatItWouldNotRead() throws IOException {
    Path file = folder.resolve("model.handspun");
    ModelFile.write(Location.of(file), MODEL);
    float[] parameters = new float[14];
    parameters[3] = Float.NaN;
    Model broken = new Model(new Network(LAYERS, parameters), Optional.empty(), MODEL.provenance());

    assertThatThrownBy(() -> ModelFile.write(Location.of(file), broken))
        .isExactlyInstanceOf(HandspunException.class)
        .hasMessageContainingAll("Could not write", "not a finite number");
    assertThat(file).hasSameBinaryContentAs(FIXTURE);
    Plan other = new Plan(new Topology(3, 2), 1, 1, 1, 1, 1);
    assertThatThrownBy(
            () ->
                ModelFile.write(
                    Location.of(file),
                    new Model(MODEL.network(), Optional.of(other), MODEL.provenance())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("3-2,", "3-2-2");
    assertThat(file).hasSameBinaryContentAs(FIXTURE);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  private static void layers(Output out, int... sizes) {
    out.writeVarInt(sizes.length, true);
    Arrays.stream(sizes).forEach(size -> out.writeVarInt(size, true));
  }

  private static void network(Output out) {
    layers(out, 3, 2, 2);
    out.writeVarInt(14, true);
    out.writeFloats(new float[14], 0, 14);
  }

  private static void plan(Output out, Map<String, String> texts) {
    network(out);
    out.writeBoolean(true);
    out.writeVarInt(texts.size(), true);
    texts.forEach(
        (name, value) -> {
          text(out, name);
          text(out, value);
        });
  }

  private static void whole(Output out, Map<String, String> texts) {
    plan(out, texts);
    knowledge(out, 1, 0.5, 0.5);
  }

  private static void provenance(Output out, int epochs, double validation, double test) {
    network(out);
    out.writeBoolean(false);
    knowledge(out, epochs, validation, test);
  }

  private static void acceptance(Output out, int flag, float... numbers) {
    network(out);
    out.writeBoolean(false);
    withoutAcceptance(out, 1, 0.5, 0.5);
    out.writeByte(flag);
    out.writeFloats(numbers, 0, numbers.length);
  }

  private static void knowledge(Output out, int epochs, double validation, double test) {
    withoutAcceptance(out, epochs, validation, test);
    out.writeBoolean(false);
  }

  private static void withoutAcceptance(Output out, int epochs, double validation, double test) {
    text(out, "data");
    out.writeVarInt(0, true);
    text(out, "today");
    out.writeVarInt(0, true);
    out.writeVarInt(epochs, true);
    out.writeDouble(validation);
    out.writeDouble(test);
  }

  private static void text(Output out, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeVarInt(bytes.length, true);
    out.writeBytes(bytes);
  }

  /** A file with that payload and a header that is right about it. */
  private static byte[] sealed(Consumer<Output> payload) {
    Output out = new Output(1 << 10, -1);
    payload.accept(out);
    byte[] bytes = out.toBytes();
    try {
      return ByteBuffer.allocate(52 + bytes.length)
          .order(ByteOrder.LITTLE_ENDIAN)
          .put("HANDSPUN".getBytes(StandardCharsets.US_ASCII))
          .putInt(4)
          .putLong(bytes.length)
          .put(MessageDigest.getInstance("SHA-256").digest(bytes))
          .put(bytes)
          .array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private AbstractThrowableAssert<?, ? extends Throwable> assertPayloadRefused(
      Consumer<Output> payload) throws IOException {
    return assertRefused(sealed(payload)).hasMessageContaining("is not a valid model: ");
  }

  private AbstractThrowableAssert<?, ? extends Throwable> assertRefused(byte[] bytes)
      throws IOException {
    Path file = write(bytes);
    return assertThatThrownBy(() -> ModelFile.read(Location.of(file)))
        .isExactlyInstanceOf(HandspunException.class)
        .hasMessageContaining(file.toString());
  }

  private Path write(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("test.handspun"), bytes);
  }

  private static void assertSame(Model found, Model expected) {
    assertThat(found.network().topology()).isEqualTo(expected.network().topology());
    assertThat(found.network().parameters()).isEqualTo(expected.network().parameters());
    assertThat(found.plan()).isEqualTo(expected.plan());
    assertThat(found.provenance()).isEqualTo(expected.provenance());
    assertThat(found.acceptance()).isEqualTo(expected.acceptance());
  }
}
