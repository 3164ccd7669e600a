package handspun.store;

import static org.assertj.core.api.Assertions.assertThat;

import handspun.data.DatasetReader;
import handspun.data.Examples;
import handspun.files.Location;
import handspun.math.Kernels;
import handspun.train.Evaluation;
import handspun.train.ImagePreparation;
import handspun.train.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The model that comes with Handspun, and its card. */
class BundledModelTest {
  private static final Path FOLDER = Path.of("data", "models");
  private static final Path FILE = FOLDER.resolve("drawn.handspun");

  private final Model model = ModelFile.read(Location.of(FILE));
  private final Plan plan = model.plan().orElseThrow();

  private static String card() throws IOException {
    return Files.readString(FOLDER.resolve("README.md"));
  }

  @Test
  void isSmallEnoughToComeWithTheProgram() throws IOException {
    assertThat(Files.size(FILE)).isLessThanOrEqualTo(3_000_000);
  }

  @Test
  void hasTheBitsThatItsCardTells() throws IOException {
    assertThat(card())
        .contains(model.network().sha256())
        .contains("bin/handspun train --preset drawn");
  }

  @Test
  void readsAsManyTestImagesAsItsCardTells() throws IOException {
    Examples test = DatasetReader.read(Path.of("data", "mnist"), 10_000).test();
    Evaluation evaluation =
        Evaluation.of(
            model.network(), model.cost(), ImagePreparation.of(plan).read(test), Kernels.fastest());
    assertThat(evaluation.accuracy()).isEqualTo(model.provenance().testAccuracy());
    assertThat(card()).contains(String.format(Locale.ROOT, "%.2f %%", 100 * evaluation.accuracy()));
  }

  @Test
  void knowsWhatIsNoDigit() throws IOException {
    assertThat(card())
        .contains(
            String.format(Locale.ROOT, "%.4f", model.acceptance().orElseThrow().leastScore()));
  }
}
