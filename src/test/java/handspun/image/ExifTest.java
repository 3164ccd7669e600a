package handspun.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExifTest {
  private static Optional<Orientation> read(byte[] tiff) {
    return Exif.orientation(ByteBuffer.wrap(tiff));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void readsTheOrientationInBothByteOrders(int value) {
    for (ByteOrder order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
      assertThat(read(ExifData.oriented(order, value))).contains(Orientation.of(value));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 9, 255, 0x600})
  void takesOnlyTheEightThatThereAre(int value) {
    assertThat(read(ExifData.oriented(ByteOrder.BIG_ENDIAN, value))).isEmpty();
  }

  @Test
  void takesOnlyASingleNumber() {
    assertThat(read(ExifData.oriented(ByteOrder.BIG_ENDIAN, 6, 3, 2))).isEmpty();
    assertThat(read(ExifData.oriented(ByteOrder.LITTLE_ENDIAN, 6, 2, 1))).isEmpty();
  }

  @Test
  void saysNothingOfDataThatIsBrokenOff() {
    byte[] tiff = ExifData.oriented(ByteOrder.LITTLE_ENDIAN, 6);
    for (int length = 0; length < tiff.length; length++) {
      Optional<Orientation> read = read(Arrays.copyOf(tiff, length));
      // The tag of the orientation ends here.
      assertThat(read.isPresent()).as("%d bytes", length).isEqualTo(length >= 52);
    }
  }

  @Test
  void throwsNothingWhateverTheBytesAre() {
    Random random = new Random(1);
    for (int round = 0; round < 20_000; round++) {
      byte[] tiff = ExifData.oriented(ByteOrder.BIG_ENDIAN, 6);
      for (int changes = random.nextInt(8); changes >= 0; changes--) {
        tiff[random.nextInt(round % 2 == 0 ? tiff.length : 60)] = (byte) random.nextInt();
      }
      read(tiff);
      random.nextBytes(tiff);
      read(tiff);
    }
  }
}
