package handspun.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import handspun.HandspunException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PickleFileTest {
  private static final Path FIXTURES = Path.of("src/test/resources/handspun/data");

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "os-system, posix.system",
    "eval, __builtin__.eval",
    "datetime, datetime.datetime",
    "decimal, decimal.Decimal",
    "set, __builtin__.set",
    "bytearray, __builtin__.bytearray",
    "complex, __builtin__.complex",
    "ordered-dict, collections.OrderedDict",
    "own-class, __main__.Python2Pickler",
    "stack-global, posix.system",
    "inst, os.system",
    "obj, os.system"
  })
  void refusesWhatIsNotNumpyByItsName(String file, String name) {
    assertThatThrownBy(() -> PickleFile.read(FIXTURES.resolve("hostile-" + file + ".pkl")))
        .isExactlyInstanceOf(HandspunException.class)
        .hasMessageContainingAll(file, "names " + name, "not part of numpy's arrays");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "numpy.load",
        "numpy.core.multiarray.fromfile",
        "numpy.ndarray.tofile",
        "builtins.getattr",
        "array.array",
        "array._array_reconstructor",
        "copy_reg._reconstructor",
        "copyreg.__newobj__",
        "operator.attrgetter",
        "pytz._UTC",
        "dateutil.tz.tzfile",
        "datetime.timedelta",
        "java.lang.Runtime",
        "handspun.network.Network"
      })
  void refusesEveryOtherNameToo(String name) throws IOException {
    int dot = name.lastIndexOf('.');
    String pickle = "c" + name.substring(0, dot) + "\n" + name.substring(dot + 1) + "\n)R.";
    assertRefused(pickle).hasMessageContaining("names " + name + ", which is not part of numpy");
  }

  @ParameterizedTest
  @CsvSource({
    "objects, Python objects or O8",
    "structure, V8",
    "half, f2",
  })
  void refusesArraysThatHoldNoPlainNumbers(String file, String phrase) {
    assertThatThrownBy(() -> PickleFile.read(FIXTURES.resolve("hostile-" + file + ".pkl")))
        .isExactlyInstanceOf(HandspunException.class)
        .hasMessageContainingAll(file, "has a numpy array of")
        .hasMessageMatching(".*(" + phrase.replace(" or ", "|") + ").*");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Pabc\n.", // a persistent id
        "K\u0001Q.", // a binary persistent id
        "\u0082\u0001.", // an extension code
        "\u008f.", // a set
        "(\u0091.", // a frozen set
        "\u0097.", // a buffer from elsewhere
        "cnumpy\nndarray\n)\u0081.", // cls.__new__
        "cnumpy\nndarray\n)}\u0092." // cls.__new__ with names
      })
  void refusesInstructionsThatNoArrayNeeds(String pickle) throws IOException {
    assertRefused(pickle).hasMessageContainingAll("it has the instruction 0x", "at byte");
  }

  @Test
  void refusesToCallTheClassOfArrays() throws IOException {
    assertRefused("cnumpy\nndarray\n)R.").hasMessageContaining("calls numpy.ndarray");
    assertRefused("cnumpy.core.multiarray\n_reconstruct\n(NNNtR.")
        .hasMessageContaining("unknown class");
  }

  @Test
  void refusesBytesInAnotherEncoding() throws IOException {
    assertRefused("c_codecs\nencode\n(X\u0001\u0000\u0000\u0000aX\u0003\u0000\u0000\u0000hextR.")
        .hasMessageContainingAll("encoding hex", "not latin1");
    // U+0100 in UTF-8
    String text = "X\u0002\u0000\u0000\u0000\u00c4\u0080";
    assertRefused("c_codecs\nencode\n(" + text + "X\u0006\u0000\u0000\u0000latin1tR.")
        .hasMessageContaining("not latin1");
  }

  @Test
  void takesNoMemoryForAbsurdLengths() throws IOException {
    for (String lengthOf2GB : List.of("T", "B", "X", "\u008b")) {
      assertRefused(lengthOf2GB + "\u00ff\u00ff\u00ff\u007fab.")
          .hasMessageContainingAll("was cut off", "2147483647 bytes", "only 3");
    }
    for (String lengthOf2To63 : List.of("\u008d", "\u008e", "\u0096")) {
      assertRefused(lengthOf2To63 + "\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u007fab.")
          .hasMessageContainingAll("was cut off", "9223372036854775807 bytes", "only 3");
      assertRefused(lengthOf2To63 + "\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ffab.")
          .hasMessageContainingAll("was cut off", "18446744073709551615 bytes", "only 3");
    }
    for (String lengthOf255 : List.of("U", "C", "\u008c", "\u008a")) {
      assertRefused(lengthOf255 + "\u00ffab.").hasMessageContainingAll("255 bytes", "only 3");
    }
  }

  @Test
  void refusesArraysWhoseShapeIsNotWhatTheyHold() throws IOException {
    String start = "cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\n(I0\nt)tR(I1\n(";
    String type = "cnumpy\ndtype\n(U\u0002f4I0\nI1\ntR";
    for (String shape :
        List.of("I3\n", "I-2\n", "I2147483647\nI2147483647\nI4\n", "L99999999999L\n")) {
      assertRefused(start + shape + "t" + type + "I00\nU\u0008abcdefghtb.")
          .hasMessageContainingAll("shape says", "8 bytes of data");
    }
    assertRefused(start + "I2\nt" + type + "I00\n]tb.").hasMessageContaining("Python objects");
    NumpyArray right =
        (NumpyArray) value(start + "I2\nt" + type + "I00\nU\u0008\0\0\0\0\0\0\u0080?tb.");
    assertThat(right.shape()).containsExactly(2);
    assertThat(right.number(1)).isEqualTo(1.0);
  }

  @Test
  void refusesKeysThatCouldTakeForeverToHash() throws IOException {
    for (String dict : List.of("(]I1\nd.", "}(]I1\nu.", "}]I1\ns.")) {
      assertRefused(dict).hasMessageContainingAll("a dict with a key", "neither text nor");
    }
  }

  @Test
  void refusesNumbersOfAbsurdLength() throws IOException {
    for (String kind : List.of("I", "L", "F", "g", "Np")) {
      assertRefused(kind + "1".repeat(500) + "\n.").hasMessageContainingAll("more than 400 digits");
    }
  }

  @Test
  void refusesMoreInstructionsThanAnythingNeeds() throws IOException {
    byte[] noise = new byte[(1 << 24) + 10];
    Arrays.fill(noise, (byte) 'N');
    assertRefused(Files.write(folder.resolve("noise.pkl"), noise))
        .hasMessageContaining("more than 16777216 instructions");
  }

  @Test
  void refusesNonsense() throws IOException {
    for (String pickle :
        List.of(
            ".", "hello", "R.", "b.", "a.", "t.", "S'a.", "I1x\n.", "h\u0005N0.N", "I1\nI2\ns.")) {
      assertRefused(pickle).as(pickle).hasMessageContaining("is not a pickle, or");
    }
    assertRefused("").hasMessageContaining("is empty");
  }

  @Test
  void refusesEveryTruncation() throws IOException {
    for (String name : List.of("digits-protocol4.pkl", "digits-by-255.pkl")) {
      byte[] pickle = Files.readAllBytes(FIXTURES.resolve(name));
      for (int length = 0; length < pickle.length; length += length < 400 ? 1 : 37) {
        assertRefused(Files.write(folder.resolve("cut.pkl"), Arrays.copyOf(pickle, length)))
            .hasMessageMatching(".*(is not a pickle, or|is empty).*");
      }
    }
  }

  @Test
  void noChangedByteMakesItFailInAnyOtherWay() throws IOException {
    byte[] pickle = Files.readAllBytes(FIXTURES.resolve("digits-by-255.pkl"));
    Path file = folder.resolve("changed.pkl");
    int refused = 0;
    for (int at = 0; at < pickle.length; at += at < 400 ? 1 : 11) {
      byte[] changed = pickle.clone();
      changed[at] ^= (byte) (1 << at % 8);
      Files.write(file, changed);
      try {
        DatasetReader.read(file, 10_000);
      } catch (HandspunException e) {
        assertThat(e).hasMessageContaining("changed.pkl");
        refused++;
      }
    }
    assertThat(refused).isPositive();
  }

  @Test
  void refusesAFileThatIsNoPickleAtAll() throws IOException {
    assertRefused("This is a text, not a pickle.")
        .hasMessageContaining("is not a pickle, or one that was cut off");
    assertRefused(Files.write(folder.resolve("plain.pkl.gz"), new byte[] {(byte) 0x80, 2, '.'}))
        .hasMessageContaining("is not a pickle, or");
    assertRefused("<html>")
        .hasMessageContainingAll("is a web page", "but a Python pickle is expected");
    assertRefused(folder.resolve("missing.pkl")).hasMessageContaining("There is no file");
    assertRefused(folder).hasMessageContaining("is a folder");
  }

  @Test
  void readsWhatItWrites() throws IOException {
    Map<String, Object> value =
        Map.of("numbers", List.of(1, 300, -70_000, 1.5, -0.0), "text", "äöü", "none", List.of());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PickleFile.write(value, out);

    PickleFile file = PickleFile.read(Files.write(folder.resolve("own.pkl"), out.toByteArray()));

    assertThat(file.value()).isEqualTo(value);
    assertThat(file.size()).isEqualTo(out.size());
  }

  @Test
  void readsPlainThingsOfOldPickles() throws IOException {
    assertThat(value("(lp0\nI1\naF2.5\naS'a\\'b'\naVx\naL12345678901L\naNaI01\na."))
        .isEqualTo(Arrays.asList(1, 2.5, "a'b", "x", 12345678901L, null, true));
    assertThat(value("(dS'a'\nI1\ns.")).isEqualTo(Map.of("a", 1));
    assertThat((Object[]) value("(I1\nI2\nt.")).containsExactly(1, 2);
  }

  private AbstractThrowableAssert<?, ? extends Throwable> assertRefused(String pickle)
      throws IOException {
    return assertRefused(write(pickle));
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> assertRefused(Path file) {
    return assertThatThrownBy(() -> PickleFile.read(file))
        .isExactlyInstanceOf(HandspunException.class)
        .hasMessageContaining(file.toString());
  }

  private Object value(String pickle) throws IOException {
    return PickleFile.read(write(pickle)).value();
  }

  private Path write(String pickle) throws IOException {
    return Files.write(folder.resolve("test.pkl"), pickle.getBytes(StandardCharsets.ISO_8859_1));
  }
}
