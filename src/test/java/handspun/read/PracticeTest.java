package handspun.read;

import static org.assertj.core.api.Assertions.assertThat;

import handspun.files.Location;
import handspun.image.PictureDecoder;
import handspun.math.Kernels;
import handspun.store.ModelFile;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PracticeTest {
  @Test
  void readsAPhotographThatShowsADigit() {
    DigitReader reader =
        DigitReader.of(
            ModelFile.read(Location.of(Path.of("data/models/drawn.handspun"))), Kernels.fastest());
    Practice.read(reader);
    assertThat(reader.read(new PictureDecoder(1 << 20).decode(Practice.photograph())))
        .hasValueSatisfying(reading -> assertThat(reading.digit()).isEqualTo(1));
  }
}
