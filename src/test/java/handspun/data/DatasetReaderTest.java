package handspun.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import handspun.HandspunException;
import handspun.UsageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatasetReaderTest {
  private static final List<String> IDX_NAMES =
      List.of(
          "train-images-idx3-ubyte",
          "train-labels-idx1-ubyte",
          "t10k-images-idx3-ubyte",
          "t10k-labels-idx1-ubyte");

  @TempDir Path folder;

  @Test
  void readsTheBundledMnistWithItsKnownSums() {
    Dataset data = DatasetReader.read(Path.of("data/mnist"), 10_000);

    assertThat(data.sha256())
        .isEqualTo(
            Map.of(
                "train-images-idx3-ubyte",
                "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
                "train-labels-idx1-ubyte",
                "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
                "t10k-images-idx3-ubyte",
                "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
                "t10k-labels-idx1-ubyte",
                "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"));
    assertThat(data.training().count()).isEqualTo(50_000);
    assertThat(data.validation().count()).isEqualTo(10_000);
    assertThat(data.test().count()).isEqualTo(10_000);
    assertThat(data.training().rows()).isEqualTo(28);
    assertThat(data.training().columns()).isEqualTo(28);
    assertThat(data.training().label(0)).isEqualTo(5);
    assertThat(data.validation().label(0)).isEqualTo(3);
    assertThat(data.test().label(0)).isEqualTo(7);
    assertThat(data.location()).isEqualTo("data/mnist");
  }

  @Test
  void theLastTrainingExamplesValidate() throws IOException {
    Dataset data = DatasetReader.read(IdxSet.write(folder), 4);

    assertThat(data.training().count()).isEqualTo(8);
    assertThat(data.validation().count()).isEqualTo(4);
    assertThat(data.test().count()).isEqualTo(5);
    for (int i = 0; i < 4; i++) {
      assertThat(data.validation().label(i)).isEqualTo((8 + i) % 10);
      for (int p = 0; p < 6; p++) {
        assertThat(data.training().inputs().pixels(i)[p]).isEqualTo(IdxSet.pixel(i, p));
        assertThat(data.validation().inputs().pixels(i)[p]).isEqualTo(IdxSet.pixel(8 + i, p));
        assertThat(data.test().inputs().pixels(i)[p]).isEqualTo(IdxSet.pixel(i, p));
      }
    }
  }

  @Test
  void noExampleNeedValidate() throws IOException {
    Dataset data = DatasetReader.read(IdxSet.write(folder), 0);

    assertThat(data.training().count()).isEqualTo(12);
    assertThat(data.validation().count()).isZero();
    assertThat(data.validation().inputs().width()).isEqualTo(6);
    assertThat(data.validation().slice(0, 0).count()).isZero();
  }

  @Test
  void oneExampleMustRemainToTrain() throws IOException {
    IdxSet.write(folder);

    assertThat(DatasetReader.read(folder, 11).training().count()).isEqualTo(1);
    assertThatThrownBy(() -> DatasetReader.read(folder, 12))
        .isInstanceOf(UsageException.class)
        .hasMessageContainingAll("validation is 12", "only 12 examples", "at least 1");
  }

  @Test
  void refusesANegativeNumberToValidate() {
    assertThatThrownBy(() -> DatasetReader.read(folder, -1))
        .isInstanceOf(UsageException.class)
        .hasMessage("validation is -1, but must be 0 or more.");
  }

  @ParameterizedTest
  @CsvSource({
    "train-, t10k-, -idx",
    "train-, t10k-, .idx",
    "train-, test-, -idx",
    "letters-train-, letters-test-, -idx",
    "kuzushiji-49-train-, kuzushiji-49-t10k-, .idx"
  })
  void namesMayDifferABit(String train, String test, String idx) throws IOException {
    for (boolean packed : new boolean[] {false, true}) {
      Path set = Files.createDirectory(folder.resolve(packed ? "packed" : "plain"));
      IdxSet.write(set, train, test, idx, packed);

      Dataset data = DatasetReader.read(set, 2);

      assertThat(data.training().count()).isEqualTo(10);
      assertThat(data.test().inputs().pixels(1)[2]).isEqualTo(IdxSet.pixel(1, 2));
      assertThat(data.sha256())
          .containsOnlyKeys(
              train + "images" + idx + "3-ubyte",
              train + "labels" + idx + "1-ubyte",
              test + "images" + idx + "3-ubyte",
              test + "labels" + idx + "1-ubyte");
    }
  }

  @Test
  void packedAndUnpackedFilesHaveTheSameSums() throws IOException {
    Path plain = IdxSet.write(Files.createDirectory(folder.resolve("plain")));
    Path packed = Files.createDirectory(folder.resolve("packed"));
    IdxSet.write(packed, "train-", "t10k-", "-idx", true);

    assertThat(DatasetReader.read(packed, 0).sha256())
        .isEqualTo(DatasetReader.read(plain, 0).sha256());
  }

  @Test
  void prefersTheUnpackedFile() throws IOException {
    IdxSet.write(folder);
    Files.write(folder.resolve("train-labels-idx1-ubyte.gz"), new byte[] {1, 2, 3});

    assertThat(DatasetReader.read(folder, 0).training().count()).isEqualTo(12);
  }

  @Test
  void turnsTheImagesOfEmnist() throws IOException {
    IdxSet.write(folder, "emnist-digits-train-", "emnist-digits-test-", "-idx", true);

    Dataset data = DatasetReader.read(folder, 2);

    assertThat(data.training().rows()).isEqualTo(3);
    assertThat(data.training().columns()).isEqualTo(2);
    // The 2 x 3 pixels of the file are 2 columns of 3 rows.
    byte[] image = data.training().inputs().pixels(1);
    int[] columnByColumn = {0, 3, 1, 4, 2, 5};
    for (int p = 0; p < 6; p++) {
      assertThat(image[p]).isEqualTo(IdxSet.pixel(1, columnByColumn[p]));
    }
  }

  @Test
  void oneOfSeveralSetsIsNamedAfterTheFolder() throws IOException {
    IdxSet.write(folder, "emnist-digits-train-", "emnist-digits-test-", "-idx", true);
    IdxSet.write(folder, "emnist-letters-train-", "emnist-letters-test-", "-idx", true);

    assertThatThrownBy(() -> DatasetReader.read(folder, 2))
        .hasMessageContainingAll(
            "several data sets",
            folder.resolve("emnist-digits").toString(),
            folder.resolve("emnist-letters").toString());
    assertThat(DatasetReader.read(folder.resolve("emnist-digits"), 2).sha256())
        .containsKey("emnist-digits-train-images-idx3-ubyte");
  }

  @Test
  void twoNamesForTheSameAreOneFileIfTheyHoldTheSame() throws IOException {
    IdxSet.write(folder);
    Path other = folder.resolve("test-images-idx3-ubyte");
    Files.copy(folder.resolve("t10k-images-idx3-ubyte"), other);

    assertThat(DatasetReader.read(folder, 2).test().count()).isEqualTo(5);

    Files.write(other, IdxSet.images(6, 2, 3));
    assertThatThrownBy(() -> DatasetReader.read(folder, 2))
        .isInstanceOf(HandspunException.class)
        .hasMessageContainingAll(
            "t10k-images-idx3-ubyte",
            other.toString(),
            "should be the same but differ",
            "remove one");
  }

  @Test
  void findsFilesInFoldersOfTheirOwnNames() throws IOException {
    Path nested = Files.createDirectories(folder.resolve("archive/raw"));
    IdxSet.write(nested);
    Dataset expected = DatasetReader.read(nested, 2);
    for (String name : IDX_NAMES) {
      Path file = Files.move(nested.resolve(name), folder.resolve(name));
      Files.move(file, Files.createDirectory(nested.resolve(name)).resolve(name));
    }
    assertThat(DatasetReader.read(nested, 2).sha256()).isEqualTo(expected.sha256());
    // One folder deeper, and two.
    assertThat(DatasetReader.read(folder, 2).sha256()).isEqualTo(expected.sha256());
    assertThat(DatasetReader.read(nested.getParent(), 2).sha256()).isEqualTo(expected.sha256());
    // Both flavours at once, as in Kaggle's archive.
    for (String name : IDX_NAMES) {
      Files.copy(nested.resolve(name).resolve(name), nested.resolve(name.replace("-idx", ".idx")));
    }
    assertThat(DatasetReader.read(nested, 2).training().count()).isEqualTo(10);
  }

  @Test
  void namesMayBeInCapitals() throws IOException {
    IdxSet.write(folder, "TRAIN-", "T10K-", ".IDX", true);
    assertThat(DatasetReader.read(folder, 2).training().count()).isEqualTo(10);
  }

  @Test
  void asksWhichOfTwoFoldersIsMeant() throws IOException {
    for (String name : List.of("fashion", "digits")) {
      IdxSet.write(Files.createDirectory(folder.resolve(name)));
    }
    assertThatThrownBy(() -> DatasetReader.read(folder, 2))
        .isInstanceOf(HandspunException.class)
        .hasMessageContainingAll(
            "several data sets", folder.resolve("digits") + ", " + folder.resolve("fashion"));
  }

  @Test
  void namesAnArchiveThatIsToBeUnpacked() throws IOException {
    byte[] tar = new byte[512];
    System.arraycopy("ustar".getBytes(StandardCharsets.UTF_8), 0, tar, 257, 5);
    Files.write(folder.resolve("mnist.tar.gz"), IdxSet.packed(tar));
    assertThatThrownBy(() -> DatasetReader.read(folder, 2))
        .isInstanceOf(HandspunException.class)
        .hasMessageContainingAll("mnist.tar.gz is a tar archive", "tar xf");
    Files.delete(folder.resolve("mnist.tar.gz"));
    Files.writeString(folder.resolve("notes.txt"), "hello");
    assertThatThrownBy(() -> DatasetReader.read(folder, 2))
        .hasMessageContainingAll("no other data set, but notes.txt", "train-images-idx3-ubyte");
  }

  @Test
  void namesAZipArchiveOfSeveralFiles() throws IOException {
    Path archive = folder.resolve("digit-recognizer.zip");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
      for (String name : List.of("sample_submission.csv", "test.csv", "train.csv")) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write("a,b,c,d\n1,2,3,4\n".getBytes(StandardCharsets.UTF_8));
      }
    }
    assertThatThrownBy(() -> DatasetReader.read(archive, 2))
        .isInstanceOf(HandspunException.class)
        .hasMessageContainingAll("several files, such as sample_submission.csv", "unzip");
    assertThatThrownBy(() -> DatasetReader.read(folder, 2))
        .isInstanceOf(HandspunException.class)
        .hasMessageContainingAll("digit-recognizer.zip is a zip archive", "unzip");
  }

  @Test
  void asksWhetherATableOrAnArrayIsMeant() throws IOException {
    Path forms = Path.of("src/test/resources/handspun/data/forms");
    Files.copy(forms.resolve("csv/train.csv"), folder.resolve("train.csv"));
    Files.copy(forms.resolve("npz/mnist.npz"), folder.resolve("mnist.npz"));
    assertThatThrownBy(() -> DatasetReader.read(folder, 2))
        .isInstanceOf(HandspunException.class)
        .hasMessageContainingAll(
            "several data sets", folder.resolve("mnist.npz") + ", " + folder.resolve("train.csv"));
  }

  @Test
  void aSetOnlyToTrainGivesItsLastSeventhToTheTest() throws IOException {
    IdxSet.write(folder);
    Files.delete(folder.resolve("t10k-images-idx3-ubyte"));
    Files.delete(folder.resolve("t10k-labels-idx1-ubyte"));

    Dataset data = DatasetReader.read(folder, 4);

    assertThat(data.training().count()).isEqualTo(7);
    assertThat(data.validation().label(0)).isEqualTo(7);
    assertThat(data.test().count()).isEqualTo(1);
    assertThat(data.test().label(0)).isEqualTo(1);
    assertThatThrownBy(() -> DatasetReader.read(folder, 11))
        .isInstanceOf(UsageException.class)
        .hasMessageContainingAll("12 examples, of which 1 are kept for the test");
  }

  @Test
  void saysThatThereIsNoSuchFolder() {
    assertThatThrownBy(() -> DatasetReader.read(folder.resolve("nowhere"), 2))
        .isInstanceOf(HandspunException.class)
        .hasMessageContainingAll("There is no folder", "nowhere", "four IDX files", ".pkl");
    assertThatThrownBy(() -> DatasetReader.read(folder.resolve("no/where"), 2))
        .isInstanceOf(HandspunException.class)
        .hasMessageContaining("There is no folder");
  }

  @Test
  void refusesAFileThatIsNoDataSet() throws IOException {
    Path file = Files.writeString(folder.resolve("notes.txt"), "hello");

    assertThatThrownBy(() -> DatasetReader.read(file, 2))
        .isInstanceOf(HandspunException.class)
        .hasMessageContainingAll("notes.txt is a text file (\"hello\")", "but a folder", ".pkl");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "train-images-idx3-ubyte",
        "train-labels-idx1-ubyte",
        "t10k-images-idx3-ubyte",
        "t10k-labels-idx1-ubyte"
      })
  void namesTheFileThatIsMissing(String name) throws IOException {
    IdxSet.write(folder);
    Files.delete(folder.resolve(name));

    assertThatThrownBy(() -> DatasetReader.read(folder, 2))
        .isInstanceOf(HandspunException.class)
        .hasMessageContainingAll("has no file " + name, name + ".gz", "four files");
  }

  @Test
  void refusesImagesAndLabelsOfDifferentNumber() throws IOException {
    IdxSet.write(folder);
    Files.write(folder.resolve("t10k-labels-idx1-ubyte"), IdxSet.labels(6));

    assertThatThrownBy(() -> DatasetReader.read(folder, 2))
        .isInstanceOf(HandspunException.class)
        .hasMessageContainingAll("5 images", "6 labels", "t10k-labels-idx1-ubyte");
  }

  @Test
  void refusesTestImagesOfAnotherSize() throws IOException {
    IdxSet.write(folder);
    Files.write(folder.resolve("t10k-images-idx3-ubyte"), IdxSet.images(5, 3, 2));

    assertThatThrownBy(() -> DatasetReader.read(folder, 2))
        .isInstanceOf(HandspunException.class)
        .hasMessageContainingAll("2 x 3 pixels", "3 x 2", "same data set");
  }

  @Test
  void refusesImagesThatAreTooLarge() throws IOException {
    IdxSet.write(folder);
    Files.write(folder.resolve("train-images-idx3-ubyte"), IdxSet.images(1, 257, 256));

    assertThatThrownBy(() -> DatasetReader.read(folder, 0))
        .isInstanceOf(HandspunException.class)
        .hasMessageContainingAll("257 x 256", "at most 65536");
  }
}
