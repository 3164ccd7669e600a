package handspun.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import handspun.HandspunException;
import handspun.UsageException;
import handspun.files.Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --data A,B}. */
class SeveralSetsTest {
  private static final Path FORMS = Path.of("src/test/resources/handspun/data/forms");

  @TempDir Path folder;

  private static DataSources parse(String text) {
    return DataSources.parse(text, name -> Location.of(Path.of(name)));
  }

  private static TrainingData open(int validation, Path... places) {
    return DatasetReader.open(
        new DataSources(List.of(places).stream().map(Location::of).toList()), validation, false);
  }

  private static List<Integer> labels(Examples examples) {
    return IntStream.range(0, examples.count()).mapToObj(examples::label).toList();
  }

  @Test
  void trainAndTestImagesFollowEachOtherAndTheFirstSetValidates() {
    Dataset idx = DatasetReader.read(FORMS.resolve("idx"), 4);
    Dataset table = DatasetReader.read(FORMS.resolve("mnist-csv"), 0);

    Dataset both =
        open(4, FORMS.resolve("idx"), FORMS.resolve("mnist-csv"), FORMS.resolve("idx-train-only"))
            .inMemory();

    assertThat(both.training().count()).isEqualTo(26 + 30 + 40);
    assertThat(labels(both.training()).subList(0, 26)).isEqualTo(labels(idx.training()));
    assertThat(labels(both.training()).subList(26, 56)).isEqualTo(labels(table.training()));
    assertThat(labels(both.validation())).isEqualTo(labels(idx.validation()));
    // The third one has no images to test.
    assertThat(both.test().count()).isEqualTo(20);
    assertThat(both.training().inputs().pixels(30)).isEqualTo(table.training().inputs().pixels(4));
  }

  @Test
  void theSumsOfAllFilesAreKnown() {
    Dataset both = open(0, FORMS.resolve("idx"), FORMS.resolve("npz/mnist.npz")).inMemory();

    assertThat(both.sha256())
        .containsOnlyKeys(
            "1/train-images-idx3-ubyte",
            "1/train-labels-idx1-ubyte",
            "1/t10k-images-idx3-ubyte",
            "1/t10k-labels-idx1-ubyte",
            "2/mnist.npz");
    assertThat(both.location())
        .isEqualTo(
            FORMS.resolve("idx").toAbsolutePath()
                + ","
                + FORMS.resolve("npz/mnist.npz").toAbsolutePath());
    assertThat(DataSources.absolute(both.location())).isEqualTo(both.location());
  }

  @Test
  void whatIsReadWhereItIsUsedIsTheSame() {
    Dataset expected = open(4, FORMS.resolve("idx"), FORMS.resolve("idx")).inMemory();

    TrainingData stored = open(4, FORMS.resolve("idx-parts"), FORMS.resolve("idx"));

    assertThat(stored).isInstanceOf(StoredDataset.class);
    assertThat(stored.training().count()).isEqualTo(expected.training().count());
    assertThat(DataFormatsTest.sum(stored.inMemory())).isEqualTo(DataFormatsTest.sum(expected));
    assertThat(stored.inMemory().sha256())
        .containsKeys("1/train-images-idx3-ubyte-00000-of-00002", "2/t10k-labels-idx1-ubyte");
    for (int from = 0; from < 56; from += 7) {
      assertThat(labels(stored.training().slice(from, from + 7 > 56 ? 56 : from + 7)))
          .isEqualTo(labels(expected.training()).subList(from, from + 7 > 56 ? 56 : from + 7));
    }
  }

  @Test
  void saysThatATableCannotBeJoinedWithASetThatIsReadWhereItIsUsed() {
    assertThatThrownBy(() -> open(4, FORMS.resolve("csv/train.csv"), FORMS.resolve("idx-parts")))
        .isExactlyInstanceOf(HandspunException.class)
        .hasMessageContainingAll("idx-parts is read where it is used", "train.csv is not");
  }

  @Test
  void imagesMustBeOfOneSize() throws IOException {
    IdxSet.write(folder);
    assertThatThrownBy(() -> open(4, FORMS.resolve("idx"), folder))
        .isExactlyInstanceOf(HandspunException.class)
        .hasMessageContainingAll("images of 4 x 4 pixels", folder + " of 2 x 3", "one size");
  }

  @Test
  void theFirstSetMustHaveEnoughToValidate() throws IOException {
    assertThatThrownBy(() -> open(30, FORMS.resolve("idx"), FORMS.resolve("idx")))
        .isExactlyInstanceOf(UsageException.class)
        .hasMessageContainingAll("validation is 30", "forms/idx holds only 30");
  }

  @Test
  void aCommaMayBelongToAName() throws IOException {
    Path comma = Files.createDirectory(folder.resolve("with,comma"));
    Path plain = Files.createDirectory(folder.resolve("plain"));
    IdxSet.write(comma, "emnist-digits-train-", "emnist-digits-test-", "-idx", true);

    assertThat(parse(comma.toString()).locations()).containsExactly(Location.of(comma));
    assertThat(parse(comma + "," + plain + "," + comma).locations())
        .containsExactly(Location.of(comma), Location.of(plain), Location.of(comma));
    assertThat(parse(plain + "," + comma + "/emnist-digits").locations())
        .containsExactly(Location.of(plain), Location.of(comma.resolve("emnist-digits")));
    assertThat(parse("no/where, else").locations())
        .containsExactly(Location.of(Path.of("no/where")), Location.of(Path.of("else")));
  }

  @Test
  void refusesNothingBesideAComma() {
    for (String text : List.of("data/mnist,", ",data/mnist", "a,,b", "")) {
      assertThatThrownBy(() -> parse(text))
          .isExactlyInstanceOf(UsageException.class)
          .hasMessageContaining("data is \"" + text + "\", but must be a folder or file");
    }
  }
}
