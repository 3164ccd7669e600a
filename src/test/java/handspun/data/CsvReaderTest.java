package handspun.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import handspun.HandspunException;
import handspun.files.Location;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvReaderTest {
  @TempDir Path folder;

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("train.csv"), text);
  }

  private Examples read(String text) throws IOException {
    return CsvReader.read(Location.of(write(text)), false).examples().orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "7,1,2,3,255\n0,0,0,0,0\n",
        "7,1,2,3,255\r\n0,0,0,0,0",
        "7,1,2,3,255\r0,0,0,0,0\r",
        "\ufefflabel,a,b,c,d\n7,1,2,3,255\n\n  \n0,0,0,0,0\n\n",
        "\"label\",\"a\",\"b\",\"c\",\"d\"\n\"7\",\"1\",\"2\",\"3\",\"255\"\n0,0,0,0,0",
        "7 , 1, 2.0,3.00, 255\n0,0,0,0,0",
        "7;1;2;3;255\n0;0;0;0;0",
        "7\t1\t2\t3\t255\n0\t0\t0\t0\t0",
        "a,b,c,d,Label\n1,2,3,255,7\n0,0,0,0,0",
        "id,class,a,b,c,d\nimage 1,7,1,2,3,255\nimage 2,0,0,0,0,0",
        "5,0,0.1,0.2,0.3x\n7,1,2,3,255\n0,0,0,0,0"
      })
  void readsLabelsAndPixels(String text) throws IOException {
    Examples examples = read(text);

    assertThat(examples.count()).isEqualTo(2);
    assertThat(examples.label(0)).isEqualTo(7);
    assertThat(examples.rows()).isEqualTo(2);
    assertThat(examples.inputs().pixels(0)).containsExactly(1, 2, 3, (byte) 255);
    assertThat(examples.inputs().pixels(1)).containsOnly(0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "7,1,2,3,4;7,1,2,256,4 | \"256\" in line 2 as value 4, pixel 2, but a whole number from 0 to 255 is expected",
        "7,1,2,3,4;7,1,2,-3,4 | \"-3\" in line 2 as value 4",
        "7,1,2,3,4;7,1,2,0.5,4 | \"0.5\" in line 2 as value 4",
        "7,1,2,3,4;7,1,,3,4 | \"\" in line 2 as value 3",
        "label,a,b,c,d;x,1,2,3,4 | \"x\" in line 2 as value 1, the column label",
        "label,a,b,c,d;7,1,2,3,1e2 | \"1e2\" in line 2 as value 5, the column d",
        "7,1,2,3,4;999,1,2,3,4 | \"999\" in line 2 as value 1, the label",
        "7,1,2,3,4;7,1,2,3 | has 4 values in line 2, but its first line has 5",
        "label,a,b,c,d;;7,1,2,3,4,5,6 | has 7 values in line 3, but its header names 5",
        "7,1,2,3,4;7,1,2,3,4, | has 6 values in line 2",
        "7,1,2,3,4;7 | has 1 values in line 2",
        "7,1,2,3,4;NULL | \"NULL\" in line 2 as value 1, the label",
        "label,a,b,c | has 4 columns, of which 3 are pixels",
        "ImageId,Label;1,7 | has 2 columns, of which 0 are pixels",
        "label,a,b,c,d | has no rows below its header"
      })
  void tellsEveryMalformedRow(String lines, String words) throws IOException {
    assertRefused(lines.replace(';', '\n') + "\n").hasMessageContaining(words);
  }

  @Test
  void saysThatATableHasNoLabels() throws IOException {
    for (String text : new String[] {"pixel0,pixel1,pixel2,pixel3\n1,2,3,4\n", "1,2,3,4\n"}) {
      assertRefused(text).hasMessageContainingAll("no column of labels", "Kaggle's test.csv");
    }
  }

  @Test
  void refusesALineWithoutAnEnd() throws IOException {
    assertRefused("1,2,3,4,5\n" + "1,".repeat(600_000))
        .hasMessageContainingAll("a line of more than 1048576 bytes, line 2");
  }

  @Test
  void saysWhatAFileIsThatIsNoTable() throws IOException {
    assertRefused("<html>Sign in to Kaggle</html>")
        .hasMessageContainingAll("is a web page", "but a table of images in CSV is expected");
    assertRefused("").hasMessageContaining("is empty");
    Files.write(
        folder.resolve("train.csv"), "\ufeff1,2,3,4,5\n".getBytes(StandardCharsets.UTF_16LE));
    assertThatThrownBy(() -> DatasetReader.read(folder, 0))
        .hasMessageContainingAll("is a text file in UTF-16", "save it as UTF-8");
  }

  @Test
  void readsMoreRowsThanItHoldsAtATime() throws IOException {
    StringBuilder text = new StringBuilder("label,a,b,c,d\n");
    for (int i = 0; i < 10_000; i++) {
      text.append(i % 10).append(",0,").append(i % 256).append(",0,").append(i / 256).append('\n');
    }
    Examples examples = read(text.toString());

    assertThat(examples.count()).isEqualTo(10_000);
    for (int i = 0; i < 10_000; i++) {
      assertThat(examples.label(i)).isEqualTo(i % 10);
      assertThat(examples.inputs().pixels(i)).containsExactly(0, (byte) i, 0, i / 256);
    }
  }

  private AbstractThrowableAssert<?, ? extends Throwable> assertRefused(String text)
      throws IOException {
    Path file = write(text);
    return assertThatThrownBy(() -> DatasetReader.read(file, 0))
        .isExactlyInstanceOf(HandspunException.class)
        .hasMessageContaining(file.toString());
  }
}
