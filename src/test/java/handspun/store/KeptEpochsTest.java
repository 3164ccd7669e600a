package handspun.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import handspun.HandspunException;
import handspun.files.Location;
import handspun.network.Activation;
import handspun.network.Initializer;
import handspun.network.Network;
import handspun.network.Outputs;
import handspun.network.Topology;
import handspun.network.Units;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptEpochsTest {
  private static final Network NETWORK =
      Network.random(new Topology(3, 2, 2), Initializer.NORMAL, 1)
          .with(new Units(Activation.RELU, Outputs.SOFTMAX));
  private static final int HEADER = 52;

  @TempDir private Path run;

  private KeptEpochs kept() {
    return new KeptEpochs(Location.of(run));
  }

  private Path file(int epoch) {
    return run.resolve("epochs/epoch-%04d.handspun".formatted(epoch));
  }

  private void write(int... epochs) {
    kept().makeFolder();
    for (int epoch : epochs) {
      kept().write(epoch, NETWORK);
    }
  }

  @Test
  void readsTheNetworkThatWasKept() {
    write(12);
    Network other = Network.random(NETWORK.topology(), Initializer.NORMAL, 2).with(NETWORK.units());
    Network read = kept().network(12, other);
    assertThat(read.sha256()).isEqualTo(NETWORK.sha256());
    assertThat(read.topology()).isEqualTo(NETWORK.topology());
    assertThat(read.units()).isEqualTo(NETWORK.units());
  }

  /** Another program needs no more than this to read it. */
  @Test
  void theFileIsAHeaderAndTheParameters() throws IOException {
    write(0);
    byte[] bytes = Files.readAllBytes(file(0));
    ByteBuffer expected =
        ByteBuffer.allocate(HEADER + 4 * NETWORK.topology().parameterCount())
            .order(ByteOrder.LITTLE_ENDIAN)
            .put("HANDSPAR".getBytes(StandardCharsets.US_ASCII))
            .putInt(1)
            .putLong(4L * NETWORK.topology().parameterCount())
            .put(HexFormat.of().parseHex(NETWORK.sha256()));
    for (float parameter : NETWORK.parameters()) {
      expected.putFloat(parameter);
    }
    assertThat(bytes).isEqualTo(expected.array());
    assertThat((long) bytes.length).isEqualTo(KeptEpochs.size(NETWORK.topology()));
  }

  @Test
  void epochsAreInTheirOrderAndOtherFilesAreNone() throws IOException {
    write(10_000, 0, 2, 9_999, 100_000);
    Files.writeString(run.resolve("epochs/.epoch-0003.handspun.1234.tmp"), "half");
    Files.writeString(run.resolve("epochs/epoch-00003.handspun"), "mine");
    assertThat(kept().epochs()).containsExactly(0, 2, 9_999, 10_000, 100_000);
    assertThat(kept().network(100_000, NETWORK).sha256()).isEqualTo(NETWORK.sha256());
  }

  @Test
  void aRunThatHasKeptNoneSaysSo() {
    assertThat(kept().epochs()).isEmpty();
    assertRefused(0).hasMessage("The run %s has kept the parameters of no epoch.", run);
  }

  private AbstractThrowableAssert<?, ?> assertRefused(int epoch) {
    return assertThatThrownBy(() -> kept().network(epoch, NETWORK))
        .isExactlyInstanceOf(HandspunException.class);
  }

  @Test
  void anEpochThatIsNotKeptIsNamedWithThoseThatAre() {
    write(0, 2, 4);
    for (int epoch : new int[] {3, -1}) {
      assertRefused(epoch)
          .hasMessage(
              "The run %s has not kept the parameters of epoch %d, but of 3 others from 0 to 4.",
              run, epoch);
    }
  }

  @Test
  void everyDamageIsNoticed() throws IOException {
    write(1);
    byte[] whole = Files.readAllBytes(file(1));
    for (int at = 0; at < whole.length; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 1;
      Files.write(file(1), damaged);
      assertRefused(1).hasMessageContaining(file(1).toString());
      Files.write(file(1), Arrays.copyOf(whole, at));
      assertRefused(1).hasMessageContaining(file(1).toString());
    }
    damaged(whole);
  }

  private void damaged(byte[] whole) throws IOException {
    byte[] changed = whole.clone();
    changed[HEADER + 1] ^= 1;
    Files.write(file(1), changed);
    assertRefused(1)
        .hasMessage(
            "%s is damaged: its checksum is wrong, so some byte was changed; copy it again, or train anew with the run's plan.conf.",
            file(1));
  }

  @Test
  void anEpochOfAnotherTopologyIsRefused() {
    write(1);
    Network wider = Network.random(new Topology(3, 3, 2), Initializer.NORMAL, 1);
    assertThatThrownBy(() -> kept().network(1, wider))
        .isExactlyInstanceOf(HandspunException.class)
        .hasMessage(
            "%s is not a valid kept epoch: it has 56 bytes of weights and biases, but the layers 3-3-2 need 80.",
            file(1));
  }

  @Test
  void aNetworkThatHasDivergedIsRefused() {
    float[] parameters = NETWORK.parameters();
    parameters[3] = Float.NaN;
    kept().makeFolder();
    kept().write(1, new Network(NETWORK.topology(), parameters));
    assertRefused(1).hasMessageContaining("a weight or bias that is not a finite number");
  }

  @Test
  void aFileOfAnotherKindIsNamed() throws IOException {
    write(1);
    Files.writeString(file(1), "HANDSPUN");
    assertRefused(1).hasMessageContaining("is a model, but a kept epoch is expected");
  }
}
