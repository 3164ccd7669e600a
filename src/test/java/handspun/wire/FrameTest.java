package handspun.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class FrameTest {
  private final Frame frame = new Frame(100, new Crc32c());

  private void fill() {
    frame.clear();
    frame.put(new float[] {9, 1.5f, -2}, 1, 2);
    frame.put(77);
    frame.put(new byte[] {1, 2, 3}, 0, 3);
    frame.seal(5);
  }

  @Test
  void givesBackWhatWasPut() {
    fill();
    assertThat(frame.open(5)).isNull();
    float[] floats = new float[2];
    frame.take(floats, 0, 2);
    assertThat(floats).containsExactly(1.5f, -2);
    assertThat(frame.take()).isEqualTo(77);
    frame.skip(1);
    byte[] bytes = new byte[2];
    frame.take(bytes, 0, 2);
    assertThat(bytes).containsExactly(2, 3);
    assertThat(frame.left()).isZero();
  }

  @Test
  void hasAHeaderOfLengthNumberAndChecksum() {
    fill();
    assertThat(frame.payloadLength()).isEqualTo(15);
    assertThat(frame.bytes().limit()).isEqualTo(Frame.HEADER + 15);
    assertThat(frame.bytes().getInt(4)).isEqualTo(5);
  }

  @Test
  void noticesEveryByteThatWasChanged() {
    for (int at = 4; at < Frame.HEADER + 15; at++) {
      fill();
      frame.bytes().put(at, (byte) (frame.bytes().get(at) ^ 1));
      assertThat(frame.open(5)).as("byte %d", at).isNotNull();
    }
  }

  @Test
  void noticesAFrameThatIsLate() {
    fill();
    assertThat(frame.open(6)).isEqualTo("a frame with the number 5 instead of 6");
  }

  @Test
  void givesNoMoreThanWasPut() {
    fill();
    frame.open(5);
    assertThatThrownBy(() -> frame.take(new float[4], 0, 4))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a frame that ends after 15 bytes, but 16 more are needed");
    assertThatThrownBy(() -> frame.skip(-1)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void canBeFilledAgainWithMore() {
    frame.clear();
    frame.seal(0);
    frame.clear();
    frame.put(new byte[100], 0, 100);
    frame.seal(1);
    assertThat(frame.open(1)).isNull();
    assertThat(frame.left()).isEqualTo(100);
  }

  @Test
  void whatWasPutTravelsAsBytesToo() {
    Frame frame = Frame.onHeap(20);
    frame.put(new float[] {1.5f, -2}, 0, 2);
    frame.put(7);
    Frame copy = Frame.of(frame.payload());
    assertThat(copy.left()).isEqualTo(12);
    float[] floats = new float[2];
    copy.take(floats, 0, 2);
    assertThat(floats).containsExactly(1.5f, -2);
    assertThat(copy.take()).isEqualTo(7);
    assertThatThrownBy(copy::take).isInstanceOf(IllegalStateException.class);
  }
}
