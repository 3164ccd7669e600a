package handspun.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import handspun.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every file is read in three ways: by its path, a {@code file:} URI, and one of Hadoop's. */
class ConfigFileTest {
  @TempDir private static Path root;

  private Path folder;
  private String elsewhere;

  /** {@code viewfs:} is Hadoop's own, which keeps one file system for all tests. */
  @BeforeEach
  void makeAFolder() throws IOException {
    folder = Files.createTempDirectory(root, "test");
    elsewhere = "viewfs://config/there/" + folder.getFileName() + "/";
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private Config read(String name) {
    return ConfigFile.named(
        name, () -> Map.of("fs.viewfs.mounttable.config.link./there", root.toUri().toString()));
  }

  private List<String> allNamesOf(String file) {
    return List.of(
        folder.resolve(file).toString(), folder.resolve(file).toUri().toString(), elsewhere + file);
  }

  private AbstractThrowableAssert<?, ?> assertRefused(String name) {
    return assertThatThrownBy(() -> read(name))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("The configuration file " + name);
  }

  @Test
  void aFileMayIncludeOthersBesideItAndBelow() throws IOException {
    write("own.conf", "include \"common\"\ninclude required(\"more/deep.conf\")\nrate = 2.5");
    write("common.conf", "epochs = 7, rate = 1.5");
    write("more/deep.conf", "include \"deeper.json\"\nseed = 5");
    write("more/deeper.json", "{\"batch\": 20}");
    for (String name : allNamesOf("own.conf")) {
      Config config = read(name);
      assertThat(config.getInt("epochs")).isEqualTo(7);
      assertThat(config.getDouble("rate")).isEqualTo(2.5);
      assertThat(config.getInt("seed")).isEqualTo(5);
      assertThat(config.getInt("batch")).isEqualTo(20);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"../secret.conf\"",
        "\"sub/../../secret.conf\"",
        "\"..\"",
        "\".\"",
        "\"./secret.conf\"",
        "\"\"",
        "\"/etc/hostname\"",
        "\"//etc/hostname\"",
        "\"sub//secret.conf\"",
        "\"sub\\\\secret.conf\"",
        "\"C:secret.conf\"",
        "\"http://127.0.0.1:1/secret.conf\"",
        "\"file:/etc/hostname\"",
        "url(\"http://127.0.0.1:1/secret.conf\")",
        "url(\"file:/etc/hostname\")",
        "file(\"/etc/hostname\")",
        "file(\"secret.conf\")",
        "classpath(\"handspun.conf\")",
        "required(\"../secret.conf\")",
        "required(url(\"http://127.0.0.1:1/secret.conf\"))",
        "required(file(\"/etc/hostname\"))",
        "required(classpath(\"handspun.conf\"))"
      })
  void aFileMayIncludeNothingElse(String what) throws IOException {
    write("secret.conf", "epochs = 7");
    write("below/own.conf", "epochs = 1\ninclude " + what);
    write("outer.conf", "include \"below/own.conf\"");
    for (String file : List.of("below/own.conf", "outer.conf")) {
      for (String name : allNamesOf(file)) {
        assertRefused(name)
            .hasMessageContainingAll("own.conf includes ", "only include files beside it");
      }
    }
  }

  @Test
  void anIncludedFileThatIsMissingIsNamed() throws IOException {
    write("own.conf", "include \"missing\"");
    for (String name : allNamesOf("own.conf")) {
      assertRefused(name).hasMessageContainingAll("missing.conf, which cannot be read: ");
    }
  }

  @Test
  void filesThatIncludeEachOtherAreNamed() throws IOException {
    write("a.conf", "include \"b\"");
    write("b.conf", "include \"a\"");
    for (String name : allNamesOf("a.conf")) {
      assertRefused(name)
          .hasMessageContainingAll("b.conf includes ", "a.conf, which is being read already");
    }
  }

  @Test
  void filesThatIncludeMoreAndMoreOthersAreRefused() throws IOException {
    for (int i = 0; i < 10; i++) {
      write(i + ".conf", ("include \"" + (i + 1) + "\"\n").repeat(10));
    }
    write("10.conf", "epochs = 1");
    for (String name : allNamesOf("0.conf")) {
      assertRefused(name).hasMessageContaining("more than 100 files");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {30_000, 100_000, 10_000_000})
  void bracketsWithinBracketsEndInASentence(int count) throws IOException {
    write("own.conf", "layers = " + "[".repeat(count));
    for (String name : allNamesOf("own.conf")) {
      assertRefused(name)
          .hasMessageContaining(count < 1 << 16 ? "nest too deeply" : "larger than 64 kB");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"layers = [[1], 2]", "epochs { a = 1 }", "rate.x = 1", "data = [{a: 1}]"})
  void valuesWithinValuesAreRefused(String text) throws IOException {
    write("own.conf", text);
    for (String name : allNamesOf("own.conf")) {
      assertRefused(name)
          .hasMessageContainingAll(text.split("[ .]")[0], "a number, text or a plain list");
    }
  }

  @Test
  void onlyAFileOfThisMachineMayReferToTheEnvironment() throws IOException {
    write("own.conf", "run = ${PATH}\"/here\"");
    write("outer.conf", "include \"own\"");
    for (String file : List.of("own.conf", "outer.conf")) {
      assertThat(read(folder.resolve(file).toString()).getString("run"))
          .isEqualTo(System.getenv("PATH") + "/here");
      assertRefused(elsewhere + file).hasMessageContaining("only files on this machine");
    }
  }

  @Test
  void unknownNamesAreRefusedBeforeTheyGrow() throws IOException {
    StringBuilder text = new StringBuilder("a0 = x\n");
    for (int i = 1; i <= 40; i++) {
      text.append("a%d = ${a%d}${a%d}\n".formatted(i, i - 1, i - 1));
    }
    write("own.conf", text.toString());
    for (String name : allNamesOf("own.conf")) {
      assertRefused(name).hasMessageContaining("sets a0, which is not known");
    }
  }

  @Test
  void aFolderIsNoFile() throws IOException {
    Files.createDirectory(folder.resolve("wide"));
    assertRefused(folder.resolve("wide").toUri().toString()).hasMessageContaining("cannot be read");
  }
}
